"""Saving what an upload says: all of it or nothing, each record a change of its own history."""

from django.db import transaction

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.editing.drafting import settle_drafts
from xinyi_sat.facts.models import Fact, Passage, Period, StoredUpload, one_change
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.facts.uploads.checking import check
from xinyi_sat.facts.uploads.comparing import Row

MOST_NAMED = 5


@transaction.atomic
def save_upload(upload: StoredUpload, kinds: list[type[Fact]], why: dict) -> str:
    """Save what the clerk saw in the preview; why nothing was saved, empty where all is. `why` is that of a SaveForm.

    A second click finds the upload saved. Where the records are no longer as they were, the preview is made anew.
    """
    upload = StoredUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.is_saved:
        return ""
    upload.period = Period.objects.select_for_update().get(pk=upload.period_id)
    for kind in kinds:
        list(kind.objects.select_for_update().filter(period=upload.period).order_by().values_list("pk"))
    checked, seen = check(upload, kinds), upload.preview
    upload.preview = checked.preview()
    if upload.preview != seen:
        upload.save()
        return changed_meanwhile(seen["lines"], upload.preview["lines"])
    for row in checked.saved:
        save_row(row, upload, why)
    settle(upload.period, {row.fact.passage_id for row in checked.saved})
    upload.is_saved, upload.sheets = True, []
    upload.save()
    return ""


def save_row(row: Row, upload: StoredUpload, why: dict) -> None:
    """Save the record of a row with what it names, as one change."""
    if row.existing is None and not upload.period.is_draft and not why["publishes"]:
        row.fact.state = FactState.DRAFT
    kind = why["kind"] if row.is_public else ChangeKind.ENTERED
    with one_change(row.fact, kind, why["reason"], user=upload.user):
        row.fact.save()
        for name, organisations in row.named.items():
            getattr(row.fact, name).set(organisations)


def changed_meanwhile(seen: list[dict], now: list[dict]) -> str:
    """That somebody saved records after they were looked at: which rows are no longer as they were shown."""
    others = [line for line in now if line not in seen]
    names = "、".join(
        f"{quoted(one['title'])}（{one['called']}，第 {one['number']} 行）" for one in others[:MOST_NAMED]
    )
    all_of_them = f"等 {len(others)} 条记录" if len(others) > MOST_NAMED else ""
    return f"您核对之后，别人改动过{names or '有关的记录'}{all_of_them}，没有保存任何内容。下面已重新核对，请看别人改了什么，再保存。"


def settle(period: Period, passages: set[int]) -> None:
    """Drop the drafts whose quantities are all recorded now."""
    for passage in Passage.objects.filter(draftfact__period=period, pk__in=passages).distinct():
        settle_drafts(passage)
