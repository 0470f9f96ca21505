"""The states of facts and periods as a rule of the database: what was public never becomes a draft again, whoever writes.

A CHECK sees one row as it is, so this takes a trigger. SQLite drops the triggers of a table that a migration alters:
such a migration says `keeps_its_states` again, and a test tells who forgot it.
"""

from typing import Any

from django.db.migrations import RunPython

from xinyi_sat.facts.choices import FactState

NAME = "{table}_keeps_to_its_states"

SQLITE = """
CREATE TRIGGER {name} BEFORE UPDATE OF state ON {table} WHEN {rule}
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER {name} BEFORE UPDATE OF state ON {table} FOR EACH ROW WHEN ({rule}) EXECUTE FUNCTION {name}()
"""


def keeps_its_states(*labels: str, states: type = FactState) -> RunPython:
    """For a migration: let the records of models such as `outreach.training` go from state to state as they may only."""
    wrong = [(old, new) for old in states for new in states if new not in (old, old.next)]
    rule = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in wrong)

    def keep(apps: Any, schema_editor: Any) -> None:
        words = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
        forget(apps, schema_editor)
        for table in tables(apps, labels):
            schema_editor.execute(words.format(name=NAME.format(table=table), table=table, rule=rule))

    def forget(apps: Any, schema_editor: Any) -> None:
        for table in tables(apps, labels):
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}() CASCADE".format(table=table))
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}".format(table=table))

    return RunPython(keep, forget)


def tables(apps: Any, labels: tuple[str, ...]) -> list[str]:
    """The tables of these models."""
    return [apps.get_model(label)._meta.db_table for label in labels]
