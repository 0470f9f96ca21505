"""Issued editions and their files as a rule of the database: nobody changes, removes or replaces them, whoever writes.

SQLite drops the triggers of a table that a migration alters: such a migration says `keeps_editions` again.
"""

from typing import Any

from django.db.migrations import RunPython

# Of each table, which rows stay, and which of them a new row would take the place of.
RULES = {
    "report_edition": ("issued_at IS NOT NULL", "id = NEW.id OR (period_id = NEW.period_id AND number = NEW.number)"),
    "report_editionfile": ("id IS NOT NULL", "id = NEW.id OR (edition_id = NEW.edition_id AND ending = NEW.ending)"),
}
# OR REPLACE removes rows without asking a trigger for DELETE.
SQLITE = {
    "never_changes": "BEFORE UPDATE ON {table} WHEN OLD.{stays}",
    "stays": "BEFORE DELETE ON {table} WHEN OLD.{stays}",
    "is_not_replaced": "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {stays} AND ({replaced}))",
    "is_not_taken_over": "BEFORE UPDATE ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE {stays} AND id <> OLD.id AND ({replaced}))",
}
SQLITE_TRIGGER = "CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{name}'); END"
# TRUNCATE, which empties a table, asks no trigger for DELETE; it is refused where a row stays.
POSTGRESQL = {
    "never_changes": ("BEFORE UPDATE ON {table} FOR EACH ROW WHEN (OLD.{stays})", "TRUE"),
    "stays": ("BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.{stays})", "TRUE"),
    "stays_whole": ("BEFORE TRUNCATE ON {table}", "EXISTS (SELECT 1 FROM {table} WHERE {stays})"),
}
POSTGRESQL_TRIGGER = """
CREATE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()
"""


def keeps_editions() -> RunPython:
    """For a migration: an issued edition and the files of any stay as they are."""
    return RunPython(create_triggers, drop_triggers)


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Make the triggers; older ones of the same name go."""
    drop_triggers(apps, schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table, (stays, replaced) in RULES.items():
        words = {"table": table, "stays": stays, "replaced": replaced}
        for rule, asked in (POSTGRESQL if is_postgresql else SQLITE).items():
            name = f"{table}_{rule}"
            if is_postgresql:
                when, condition = (one.format(**words) for one in asked)
                schema_editor.execute(POSTGRESQL_TRIGGER.format(name=name, when=when, condition=condition))
            else:
                schema_editor.execute(SQLITE_TRIGGER.format(name=name, when=asked.format(**words)))


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in RULES:
        for rule in POSTGRESQL if is_postgresql else SQLITE:
            name = f"{table}_{rule}"
            schema_editor.execute(
                f"DROP FUNCTION IF EXISTS {name}() CASCADE" if is_postgresql else f"DROP TRIGGER IF EXISTS {name}"
            )
