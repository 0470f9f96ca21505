"""A period keeps to its states, whoever writes to the database; and none is called as addresses call all of them."""

from django.db import migrations, models

NAME = "facts_period_keeps_to_its_states"
RULE = """
(OLD.state = 'draft' AND NEW.state = 'archived') OR (OLD.state IN ('published', 'archived') AND NEW.state = 'draft')
"""
SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE UPDATE OF state ON facts_period WHEN {RULE}
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION {NAME}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {NAME} BEFORE UPDATE OF state ON facts_period FOR EACH ROW WHEN ({RULE}) EXECUTE FUNCTION {NAME}()
"""


def keep_states(apps, schema_editor):
    """A migration that alters the table on SQLite makes it anew, and has to call this again."""
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_any_state(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {NAME}() CASCADE")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME}")


class Migration(migrations.Migration):
    dependencies = [("facts", "0004_drafts")]

    operations = [
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "all"), _negated=True),
                name="facts_period_is_not_called_all",
                violation_error_message="标识不能是“all”：网址用它表示全部时期。",
            ),
        ),
        migrations.RunPython(keep_states, allow_any_state),
    ]
