"""What a change changed, in the words of those who read it: field by field, old and new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db import models
from django.db.models import Max
from simple_history.models import ModelChange

from xinyi_sat.facts.choices import EXPLAINED, FactState
from xinyi_sat.facts.dumping import tracked_models
from xinyi_sat.facts.models import Fact, Tracked
from xinyi_sat.facts.models.history import Change

NOTHING = "（空）"


@dataclass(frozen=True)
class Difference:
    """One field of a record before and after a change, as readers see it."""

    name: str
    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}：{self.old} → {self.new}"


def with_differences(changes: Iterable[Change]) -> list[Change]:
    """The changes of one record, newest first, each with the `differences` it made; none for the first of all."""
    changes = list(changes)
    before = changes[-1].prev_record if changes else None
    for newer, older in zip(changes, [*changes[1:], before], strict=False):
        newer.differences = differences(older, newer) if older else []
    return changes


def explained_changes(
    facts: models.QuerySet, after: datetime | None = None, until: datetime | None = None
) -> list[Change]:
    """The corrections and revisions of these facts in a span of time, oldest first, each with its `differences`."""
    changes = facts.model.history.filter(change_kind__in=EXPLAINED, id__in=facts.order_by().values("pk"))
    changes = changes.filter(history_date__gt=after) if after else changes
    changes = changes.filter(history_date__lte=until) if until else changes
    found = list(changes.order_by("history_date", "history_id"))
    for change in found:
        change.differences = differences(change.prev_record, change)
    return found


def withdrawal_of(fact: Fact) -> Change:
    """The change by which a fact came to be withdrawn, as it is now; corrections since then don't count."""
    return list(takewhile(lambda change: change.state == FactState.WITHDRAWN, fact.history.all()))[-1]


def latest_change(record: Tracked) -> Change | None:
    """The change that made a record what it is; none before it is first saved."""
    return record.history.first() if record.pk else None


def differences(older: Change, newer: Change) -> list[Difference]:
    """The fields that differ between two states of a record, in the order of the model."""
    changed = {one.field: one for one in newer.diff_against(older, foreign_keys_are_objs=True).changes}
    model = newer.instance_type
    return [
        Difference(field.name, field.verbose_name, *in_words(field, changed[field.name]))
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.name in changed
    ]


def in_words(field: models.Field, change: ModelChange) -> Iterator[str]:
    """The old and the new value of a field as readers see them."""
    for value in (change.old, change.new):
        if field.many_to_many:
            value = "、".join(sorted(str(row[field.m2m_reverse_field_name()]) for row in value))
        elif field.choices:
            value = dict(field.flatchoices).get(value, value)
        elif isinstance(value, bool):
            value = "是" if value else "否"
        yield NOTHING if value in (None, "") else str(value)


def data_revision() -> int:
    """A number that every change of any record raises, deletions and drafts too; one question to the database."""
    newest = [model.history.order_by().values(newest=Max("history_id")) for model in tracked_models()]
    return sum(row["newest"] or 0 for row in newest[0].union(*newest[1:], all=True))
