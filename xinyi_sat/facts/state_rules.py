"""The states of a fact as a rule of the database: what was confirmed never becomes a draft again, whoever writes.

A CHECK sees one row as it is, so this takes a trigger. SQLite drops the triggers of a table that a migration alters:
such a migration says `keeps_its_states` again, and a test tells who forgot it.
"""

from typing import Any

from django.db.migrations import RunPython

from xinyi_sat.facts.choices import FactState

WRONG_STEPS = [(old, new) for old in FactState for new in FactState if new not in (old, old.next)]
RULE = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in WRONG_STEPS)
NAME = "{table}_keeps_to_its_states"

SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE UPDATE OF state ON {{table}} WHEN {RULE}
BEGIN SELECT RAISE(ABORT, '{NAME}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION {NAME}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {NAME} BEFORE UPDATE OF state ON {{table}} FOR EACH ROW WHEN ({RULE}) EXECUTE FUNCTION {NAME}()
"""


def keeps_its_states(*labels: str) -> RunPython:
    """For a migration: let the facts of kinds such as `outreach.training` go from state to state as they may only."""

    def keep(apps: Any, schema_editor: Any) -> None:
        words = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
        forget(apps, schema_editor)
        for table in tables(apps, labels):
            schema_editor.execute(words.format(table=table))

    def forget(apps: Any, schema_editor: Any) -> None:
        for table in tables(apps, labels):
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}() CASCADE".format(table=table))
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}".format(table=table))

    return RunPython(keep, forget)


def tables(apps: Any, labels: tuple[str, ...]) -> list[str]:
    """The tables of these kinds."""
    return [apps.get_model(label)._meta.db_table for label in labels]
