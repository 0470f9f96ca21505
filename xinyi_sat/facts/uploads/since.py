"""What became of records since a sheet of them was downloaded: an older sheet does not undo what others have done.

A sheet says of every cell what its record had at the download, and of a few what somebody has typed since. So a cell that is
as it was then is nobody's word against what others have saved in between; one that is not, is, and is refused. Of a record
that was added after the download, "then" is what it was added with: by this very sheet, it may be. Nor is a cell as the
record was at any moment since: the sheet was uploaded before, and others have gone on. Who goes on in his own sheet
contradicts nobody.

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
    """One record that was changed after the download: what it had then, or was added with since, and what it had later."""

    then: dict[str, Any]
    later: list[dict[str, Any]]
    by: str  # who changed it last
    is_added: bool
    is_own: bool  # nobody has changed it but whoever uploads

    def had(self, name: str, value: Any) -> bool:
        """Whether a cell has what the record had at the download, or later until others or the same sheet changed it."""
        return any(one[name] == value for one in (self.then, *self.later))

    def is_touched(self, name: str, value: Any) -> bool:
        """Whether a column of the record was given the value it has now after the download."""
        return self.is_added or self.then[name] != value


def last_change(kind: type[Fact]) -> int:
    """The number of the last change of any record of a kind."""
    return kind.history.aggregate(last=Max("history_id"))["last"] or 0


def changed_since(
    change: int, period: Period, kind: type[Fact], columns: list[Column], user: int | None
) -> dict[int, Since]:
    """The facts of a kind and a period that were changed or deleted after a change, by their keys; `user` uploads."""
    states = kind.history.filter(id__in=kind.history.filter(period=period).order_by().values("id"))
    referred = ["passage__document", *(one.name for one in kind._meta.fields if one.related_model is Organisation)]
    after, until_then = states.filter(history_id__gt=change), states.filter(history_id__lte=change)
    later: dict[int, list[Change]] = {}
    for state in after.select_related(*referred, "history_user").order_by("history_id"):
        later.setdefault(state.id, []).append(state)
    before = last_of_each(until_then.filter(id__in=after.order_by().values("id")).select_related(*referred))
    living = [one for of_record in later.values() for one in of_record if one.history_type != "-"]
    known = [*before.values(), *living]
    values = dict(zip((one.pk for one in known), values_then(known, columns), strict=True))
    return {
        key: Since(
            then=values[before.get(key, of_record[0]).pk],
            later=[values[one.pk] for one in of_record if one.pk in values],
            by=author_of(of_record[-1]),
            is_added=key not in before,
            is_own=user is not None and all(one.history_user_id == user for one in of_record),
        )
        for key, of_record in later.items()
    }


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
