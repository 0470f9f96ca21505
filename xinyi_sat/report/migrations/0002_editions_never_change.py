"""An issued edition and its files stay as they are, whoever writes to the database."""

from django.db import migrations

RULES = {
    "report_edition": "OLD.issued_at IS NOT NULL",
    "report_editionfile": "TRUE",
}
SQLITE = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} WHEN {rule}
BEGIN SELECT RAISE(ABORT, '{table}_never_changes'); END
"""
POSTGRESQL = """
CREATE FUNCTION {table}_never_changes() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table}_never_changes' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({rule})
EXECUTE FUNCTION {table}_never_changes()
"""


def forbid_changes(apps, schema_editor):
    """A migration that alters these tables on SQLite makes them anew, and has to call this again."""
    words = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for table, rule in RULES.items():
        schema_editor.execute(words.format(table=table, rule=rule))


def allow_changes(apps, schema_editor):
    for table in RULES:
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes{on_table}")
        if on_table:
            schema_editor.execute(f"DROP FUNCTION {table}_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("report", "0001_editions")]

    operations = [migrations.RunPython(forbid_changes, allow_changes)]
