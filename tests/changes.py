"""Changes as an admin makes them: with their kind and their reason."""

from typing import Any

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Fact, Tracked

REASON = "核对原文后更正"


def corrected(record: Tracked, **fields: Any) -> Tracked:
    """The record with these fields corrected, and saved."""
    for name, value in fields.items():
        setattr(record, name, value)
    record.save_as(ChangeKind.CORRECTION, REASON)
    return record


def deleted(fact: Fact) -> None:
    """Take a fact away for good, which only a draft allows."""
    corrected(fact, state=FactState.DRAFT)
    fact.delete()
