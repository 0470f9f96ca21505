"""The database itself refuses to make a draft of a fact or period that was public.

It takes a trigger, since a CHECK doesn't know the row as it was. SQLite drops the triggers of a table that a migration
alters: such a migration repeats `keeps_its_states`, and a test fails where it doesn't.
"""

from typing import Any

from django.db.migrations import RunPython

from xinyi_sat.facts.choices import FactState, PeriodState

STATES = {"facts.fact": FactState, "facts.period": PeriodState}
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


def keeps_its_states() -> RunPython:
    """The operation of a migration: states follow one another as `FactState.next` and `PeriodState.next` say."""
    return RunPython(create_triggers, drop_triggers)


def create_triggers(apps: Any, schema_editor: Any) -> None:
    """Create the triggers in place of older ones."""
    drop_triggers(apps, schema_editor)
    words = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for label, states in STATES.items():
        table = apps.get_model(label)._meta.db_table
        wrong = [(old, new) for old in states for new in states if new not in (old, old.next)]
        rule = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in wrong)
        schema_editor.execute(words.format(name=NAME.format(table=table), table=table, rule=rule))


def drop_triggers(apps: Any, schema_editor: Any) -> None:
    """Drop the triggers."""
    for label in STATES:
        name = NAME.format(table=apps.get_model(label)._meta.db_table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
