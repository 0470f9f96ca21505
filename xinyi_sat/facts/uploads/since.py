"""What became of records since a sheet of them was downloaded, so that an old sheet undoes nothing that others have done.

The moment of the download is told by the number of the last change there was: a time would not do, since a change bears the
time at which it was begun, and may be seen by others only later.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from django.db.models import Max

from xinyi_sat.facts.changes.differences import author_of
from xinyi_sat.facts.models import Fact, Organisation, Period
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.uploads.columns import Column, Texts, row_of


@dataclass
class Past:
    """One record that was changed after the download."""

    rows: list[Texts]  # what a sheet showed of it at the download, or when it was added since, and after each change
    is_added: bool  # since the download
    is_own: bool  # nobody has changed it but whoever uploads
    by: str  # who changed it last

    def has_touched(self, name: str, now: str) -> bool:
        """Whether a column was given its present text after the download."""
        return self.is_added or self.rows[0][name] != now

    def had(self, name: str, text: str) -> bool:
        """Whether a cell is as the record was: then nobody has typed it against what others have saved."""
        return any(row[name] == text for row in self.rows)

    @classmethod
    def of(cls, before: Change | None, after: list[Change], columns: list[Column], user_id: int) -> Self:
        """The past of a record from the last change before the download on."""
        states = [before] if before else []
        states += [one for one in after if one.history_type != "-"]
        is_own = all(one.history_user_id == user_id for one in after)
        return cls([row_of(one, columns) for one in states], before is None, is_own, author_of(after[-1]))


def last_change(kind: type[Fact]) -> int:
    """The number of the last change of any record of a kind."""
    return kind.history.aggregate(last=Max("history_id"))["last"] or 0


def changed_since(
    change: int, period: Period, kind: type[Fact], columns: list[Column], user_id: int
) -> dict[int, Past]:
    """The facts of a kind and a period that were changed or deleted after a change, by their keys; `user_id` uploads."""
    referred = ["passage__document", *(one.name for one in kind._meta.fields if one.related_model is Organisation)]
    in_period = kind.history.filter(period=period).order_by().values("id")
    states = kind.history.filter(id__in=in_period).select_related(*referred, "history_user").order_by("history_id")
    after: dict[int, list[Change]] = defaultdict(list)
    for state in states.filter(history_id__gt=change):
        after[state.id].append(state)
    before = {state.id: state for state in states.filter(history_id__lte=change, id__in=after)}
    return {key: Past.of(before.get(key), later, columns, user_id) for key, later in after.items()}
