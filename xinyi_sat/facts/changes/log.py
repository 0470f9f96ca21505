"""The public log: every correction and revision of every record, a row each, asked of the database as one query.

Only for the rows that are read, the changes themselves and what they changed are fetched. Who made them is not told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from django.apps import apps
from django.db.models import QuerySet, Value
from django.db.models.query import ValuesIterable
from django.urls import reverse
from django.utils.timezone import localtime

from xinyi_sat.facts.changes.differences import Difference, period_of, told_changes, with_told_differences
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.figures import united
from xinyi_sat.facts.fixtures.dumping import tracked_models
from xinyi_sat.facts.models import Fact, Passage, Period, Tracked
from xinyi_sat.facts.models.history import Change

AT_ONCE = 200  # rows whose changes are fetched together
CORRECTION_COLUMNS = [
    *("date", "change", "kind", "slug", "title", "period", "field", "label", "old", "new", "reason", "url")
]


@dataclass(frozen=True)
class Correction:
    """One correction or revision of a record, as readers are told of it."""

    record: Tracked
    change: Change

    @property
    def at(self) -> datetime:
        """When it was made."""
        return localtime(self.change.history_date)

    @property
    def kind(self) -> ChangeKind:
        """Whether it corrects an error or is a planned revision."""
        return ChangeKind(self.change.change_kind)

    @property
    def reason(self) -> str:
        """Why it was made."""
        return self.change.history_change_reason

    @property
    def differences(self) -> list[Difference]:
        """What it changed, field by field."""
        return self.change.differences

    @property
    def record_kind(self) -> str:
        """The noun of the record in files: `training`, `period`."""
        return self.record.kind() if isinstance(self.record, Fact) else self.record._meta.model_name

    @property
    def period(self) -> Period | None:
        """The period the record belongs to; none for an organisation."""
        if isinstance(self.record, Period):
            return self.record
        of = self.record.document if isinstance(self.record, Passage) else self.record
        return getattr(of, "period", None)

    @property
    def url(self) -> str:
        """The page of the record; empty where it has none, as a period, or has none any more, as a withdrawn fact."""
        is_withdrawn = isinstance(self.record, Fact) and self.record.state != FactState.CONFIRMED
        return "" if is_withdrawn or isinstance(self.record, Period) else self.record.get_absolute_url()

    @property
    def guid(self) -> str:
        """Its name for feeds: the same in every database that has the record and its history."""
        known = (self.record._meta.label_lower, *self.record.natural_key(), self.change.history_date.isoformat())
        return uuid5(NAMESPACE_URL, "/".join(map(str, known))).urn


class CorrectionRows(ValuesIterable):
    """Rows of a union as Corrections, the changes themselves fetched for many at once."""

    def __iter__(self) -> Iterator[Correction]:
        rows = super().__iter__()
        while some := list(islice(rows, AT_ONCE)):
            found = {
                label: fetched(label, [row["pk"] for row in some if row["model"] == label]) for label in models_in(some)
            }
            yield from (found[row["model"]][row["pk"]] for row in some)


def models_in(rows: list[dict]) -> set[str]:
    """The labels of the models that rows are changes of."""
    return {row["model"] for row in rows}


def fetched(label: str, pks: list[int]) -> dict[int, Correction]:
    """Changes of one model by their key, each with its record and its differences."""
    model = apps.get_model(label)
    changes = with_told_differences(model.history.filter(pk__in=pks))
    records = model.objects.select_related().in_bulk({change.id for change in changes})
    return {change.pk: Correction(records[change.id], change) for change in changes}


def all_corrections(period: Period | None = None, kind: str = "") -> QuerySet:
    """A Correction for each correction and revision readers are told of, newest first; of a period, of a kind."""
    models = [model for model in tracked_models() if not period or period_of(model)]
    parts = [asked(model, period, kind) for model in models]
    return united(parts, CorrectionRows).order_by("-history_date", "model", "-pk")


def asked(model: type[Tracked], period: Period | None, kind: str) -> QuerySet:
    """A row for each of the changes of a model that readers are told of."""
    told = told_changes(model).order_by()
    told = told.filter(**{period_of(model): period.pk}) if period else told
    told = told.filter(change_kind=kind) if kind else told
    return told.values("pk", "history_date", model=Value(model._meta.label_lower))


def correction_cells(correction: Correction, absolute: Callable[[str], str]) -> Iterator[list]:
    """The cells of a correction, in the order of CORRECTION_COLUMNS; a row for each field it changed."""
    record, period = correction.record, correction.period
    first = [correction.at.date(), correction.kind.value, correction.record_kind, getattr(record, "slug", "")]
    about = [*first, str(record), period.slug if period else ""]
    last = [correction.reason, absolute(correction.url or reverse("corrections"))]
    for one in correction.differences:
        yield [*about, one.name, one.label, one.old, one.new, *last]
