"""Changes as an admin makes them: with their kind and their reason."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection

from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.models import Fact, Period, Tracked

REASON = "核对原文后更正"
# Already the 6th in China, still the 5th in Greenwich.
AFTER_MIDNIGHT = datetime(2099, 3, 5, 16, 30, tzinfo=UTC)


def corrected(record: Tracked, *, at: datetime | None = None, **fields: Any) -> Tracked:
    """The record with these fields corrected, and saved; now, or as if at another moment."""
    for name, value in fields.items():
        setattr(record, name, value)
    record.save_as(ChangeKind.CORRECTION, REASON, at=at)
    return record


def deleted(fact: Fact) -> None:
    """Take a published fact away past the history, as only who holds the database can."""
    type(fact).objects.filter(pk=fact.pk)._raw_delete("default")


def drafted(fact: Fact, **fields: Any) -> Fact:
    """A draft beside a fact, like it but for its slug and these fields."""
    draft = type(fact).objects.get(pk=fact.pk)
    draft.pk, draft._state.adding = None, True
    for name, value in ({"slug": f"{fact.slug}-draft", "state": FactState.DRAFT} | fields).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def made_a_draft(period: Period) -> Period:
    """A period as if it had never been published, which the database refuses to go back to."""
    break_rule("facts_period", "keeps_to_its_states")
    return corrected(period, state=PeriodState.DRAFT)


def break_rule(table: str, rule: str) -> None:
    """Take a rule away that a trigger keeps, as only who holds the database can."""
    with connection.cursor() as cursor:
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_{rule}{of_table}")
