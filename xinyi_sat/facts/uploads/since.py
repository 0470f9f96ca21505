"""What became of records since a sheet of them was downloaded: an older sheet does not undo what others have done.

A sheet says of every cell what its record had at the download, and of a few what somebody has typed since. So a cell that is
as it was then is nobody's word against what others have saved in between; one that is not, is, and is refused. Of a record
that was added after the download, "then" is what it was added with: by this very sheet, it may be.

The moment of the download is told by the number of the last change there was: a time would not do, since a change bears the
time at which it was begun, and may be seen by others only later.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from xinyi_sat.facts.changes.differences import author_of, values_of
from xinyi_sat.facts.models import Fact, Organisation, Period
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.reference_columns import OrganisationsColumn, in_order


@dataclass(frozen=True)
class Since:
    """One record that was changed after the download: what it had then, or was added with since, and who changed it last."""

    then: dict[str, Any]
    by: str
    is_added: bool

    def is_as_then(self, name: str, value: Any) -> bool:
        """Whether a cell has what it had at the download."""
        return self.then[name] == value

    def is_touched(self, name: str, value: Any) -> bool:
        """Whether others have given a column of the record the value it has now."""
        return self.is_added or self.then[name] != value


def last_change(kind: type[Fact]) -> int:
    """The number of the last change of any record of a kind."""
    return kind.history.aggregate(last=Max("history_id"))["last"] or 0


def changed_since(change: int, period: Period, kind: type[Fact], columns: list[Column]) -> dict[int, Since]:
    """The facts of a kind and a period that were changed or deleted after a change, by their keys."""
    states = kind.history.filter(id__in=kind.history.filter(period=period).order_by().values("id"))
    after, until_then = states.filter(history_id__gt=change), states.filter(history_id__lte=change)
    referred = ["passage__document", *(one.name for one in kind._meta.fields if one.related_model is Organisation)]
    before = last_of_each(until_then.filter(id__in=after.order_by().values("id")).select_related(*referred))
    only_after = after.exclude(id__in=until_then.order_by().values("id"))
    added = first_of_each(only_after.select_related(*referred))
    known = before | added
    then = dict(zip(known, values_then(list(known.values()), columns), strict=True))
    latest = last_of_each(after.select_related("history_user"))
    return {key: Since(then[key], author_of(state), key in added) for key, state in latest.items()}


def first_of_each(states: QuerySet) -> dict[int, Change]:
    """The first of these states of each record, by its key."""
    return {state.id: state for state in states.order_by("-history_id")}


def last_of_each(states: QuerySet) -> dict[int, Change]:
    """The last of these states of each record, by its key."""
    return {state.id: state for state in states.order_by("history_id")}


def values_then(states: list[Change], columns: list[Column]) -> list[dict[str, Any]]:
    """What the columns had in each of these states."""
    values: list[dict[str, Any]] = [{} for _ in states]
    for column in columns:
        is_several = isinstance(column, OrganisationsColumn)
        found = organisations_then(column, states) if is_several else [column.of(state) for state in states]
        for one, value in zip(values, found, strict=True):
            one[column.name] = value
    return values


def organisations_then(column: OrganisationsColumn, states: list[Change]) -> list[tuple[Organisation, ...]]:
    """The organisations that a column had in each of these states."""
    keys = values_of(column.field, states)
    known = Organisation.objects.in_bulk(set().union(*keys.values()))
    return [in_order([known[key] for key in keys[state.pk] if key in known]) for state in states]
