"""Saving what an upload says: all of it or nothing, each record as a change of its own."""

from typing import Any

from django.db.models import QuerySet

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.drafting import settle_drafts
from xinyi_sat.facts.entry import save_figures
from xinyi_sat.facts.models import Change, Fact, Period, record_change
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.office.models import StoredUpload
from xinyi_sat.office.uploads.checking import Check
from xinyi_sat.office.uploads.comparing import Row

MAX_NAMED = 5


def locked(uploads: QuerySet) -> StoredUpload | None:
    """The upload that is to be saved, which nobody else saves meanwhile, nor changes facts of its period."""
    upload = uploads.select_for_update().first()
    if upload:
        upload.period = Period.objects.select_for_update().get(pk=upload.period_id)
        list(Fact.objects.select_for_update().filter(period=upload.period).order_by().values_list("pk"))
    return upload


def changed_meanwhile(upload: StoredUpload, seen: int) -> list[str]:
    """The records of the period that others saved since the preview, which knew the change of this number."""
    later = Change.objects.filter(period=upload.period, pk__gt=seen).values_list("title", flat=True)
    titles = list(dict.fromkeys(map(quoted, later)))
    return [*titles[:MAX_NAMED], f"等 {len(titles)} 条记录"] if len(titles) > MAX_NAMED else titles


def save_upload(upload: StoredUpload, found: Check, answers: dict[str, Any]) -> None:
    """Save what the clerk saw in the preview; `answers` are those of a SaveForm."""
    for row in found.changes:
        save_row(row, upload, answers)
    for passage in {row.fact.passage for row in found.changes}:
        settle_drafts(passage)
    upload.saved = found.counts | {"kinds": sorted({row.fact.kind for row in found.changes})}
    upload.sheets = []
    upload.save()


def save_row(row: Row, upload: StoredUpload, answers: dict[str, Any]) -> None:
    """Save the record of a row with its figures and what it names, as one change."""
    if row.existing is None and not upload.period.is_draft and not answers["publishes"]:
        row.fact.state = FactState.DRAFT
    kind = ChangeKind(answers["change_kind"]) if row.is_public else ChangeKind.ENTERED
    with record_change(row.fact, kind, answers["change_reason"], user=upload.user):
        row.fact.save()
        for field in row.fact._meta.many_to_many:
            getattr(row.fact, field.name).set(row.values[field.name])
        save_figures(row.fact, row.figures)
