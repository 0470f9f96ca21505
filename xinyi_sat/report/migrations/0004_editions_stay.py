"""An issued edition and its files stay in the database, whoever would take them out of it or put others in their place."""

from django.db import migrations

# Which rows of a table stay, and which of them a new row would be put in the place of.
RULES = {
    "report_edition": ("issued_at IS NOT NULL", "id = NEW.id OR (period_id = NEW.period_id AND number = NEW.number)"),
    "report_editionfile": ("id IS NOT NULL", "id = NEW.id OR (edition_id = NEW.edition_id AND ending = NEW.ending)"),
}
# OR REPLACE takes rows out without asking a trigger for DELETE.
SQLITE = (
    """
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} WHEN OLD.{stays}
BEGIN SELECT RAISE(ABORT, '{table}_stays'); END
""",
    """
CREATE TRIGGER {table}_is_not_replaced BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {stays} AND ({replaced}))
BEGIN SELECT RAISE(ABORT, '{table}_stays'); END
""",
    """
CREATE TRIGGER {table}_is_not_taken_over BEFORE UPDATE ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {stays} AND id <> OLD.id AND ({replaced}))
BEGIN SELECT RAISE(ABORT, '{table}_stays'); END
""",
)
# TRUNCATE, which empties a database, asks no trigger for DELETE either.
POSTGRESQL = (
    """
CREATE FUNCTION {table}_stays() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'DELETE' OR EXISTS (SELECT 1 FROM {table} WHERE {stays}) THEN
    RAISE EXCEPTION '{table}_stays' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$ LANGUAGE plpgsql
""",
    """
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.{stays})
EXECUTE FUNCTION {table}_stays()
""",
    """
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_stays()
""",
)


def forbid_removal(apps, schema_editor):
    """A migration that alters these tables on SQLite makes them anew, and has to call this again."""
    triggers = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for table, (stays, replaced) in RULES.items():
        for words in triggers:
            schema_editor.execute(words.format(table=table, stays=stays, replaced=replaced))


def allow_removal(apps, schema_editor):
    for table in RULES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_stays() CASCADE")
        else:
            for rule in ("stays", "is_not_replaced", "is_not_taken_over"):
                schema_editor.execute(f"DROP TRIGGER {table}_{rule}")


class Migration(migrations.Migration):
    dependencies = [("report", "0003_roles")]

    operations = [migrations.RunPython(forbid_removal, allow_removal)]
