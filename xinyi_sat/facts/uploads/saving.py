"""Saving what an upload says: all of it or nothing, each record a change of its own history."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, transaction

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.editing.drafting import settle_drafts
from xinyi_sat.facts.models import Passage, Period, UnexplainedChange
from xinyi_sat.facts.models.many import save_many
from xinyi_sat.facts.progress import Heard, further, unheard
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.facts.uploads.checking import Checked
from xinyi_sat.facts.uploads.comparing import Row
from xinyi_sat.facts.uploads.known import latest_changes

MOST_NAMED = 5


class NotSaved(ValueError):  # noqa: N818 (it says what became of the upload)
    """Nothing of the upload was saved, and why, for the admin."""


@dataclass(frozen=True)
class Why:
    """What an admin says of an upload, and who it is."""

    user: AbstractBaseUser
    reason: str
    kind: ChangeKind = ChangeKind.ENTERED  # of changes of what readers have seen; all else is entered
    publishes: bool = False  # whether new facts of a published period are shown at once


def refuse_unseen(checked: Checked, seen: dict[str, list]) -> None:
    """What is saved is what the admin saw, to the letter; NotSaved names what is not so any longer."""
    now = checked.fingerprints()
    if now != seen:
        raise NotSaved(by_others([row for row in checked.rows if seen.get(row.place) != now[row.place]]))


def by_others(rows: list[Row]) -> str:
    """That somebody saved these records meanwhile."""
    names = "、".join(
        f"{quoted(row.title)}（{row.kind._meta.verbose_name}，第 {row.number} 行）" for row in rows[:MOST_NAMED]
    )
    all_of_them = f"等 {len(rows)} 条记录" if len(rows) > MOST_NAMED else ""
    return (
        f"您核对之后，别人改动过{names or '有关的记录'}{all_of_them}，没有保存任何内容。请重新核对，看看别人改了什么。"
    )


def save_rows(rows: list[Row], period: Period, why: Why, progress: Heard = unheard) -> None:
    """Save the rows that add or change something; NotSaved where others have changed a record since it was compared.

    `progress` hears how many are written, and of how many.
    """
    asked = [row for row in rows if row.is_saved]
    saved = 0
    try:
        with transaction.atomic():
            period = Period.objects.select_for_update().get(pk=period.pk)
            refuse_over_others(asked, period)
            for kind, alike in saved_alike(asked, period, why):
                facts, named = [row.fact for row in alike], [row.named for row in alike]
                told = further(progress, saved, len(asked))
                save_many(facts, named, kind, why.reason, user=why.user, heard=told)
                saved += len(alike)
            settle(period, {row.fact.passage_id for row in asked})
    except (UnexplainedChange, Period.DoesNotExist) as error:
        raise NotSaved(f"核对之后，时期“{period}”的状态变了，没有保存任何内容。请重新核对。") from error
    except DatabaseError as error:
        raise NotSaved("数据库没有接受这次保存，没有保存任何内容。可能有别人正在保存，请稍后重新核对再试。") from error


def refuse_over_others(rows: list[Row], period: Period) -> None:
    """Nobody's change is lost: a record must be as it was when it was compared, and a new one must still be new."""
    changed = []
    for kind, of_kind in groupby(rows, lambda row: row.kind):
        facts = kind.objects.select_for_update().in_period(period).order_by()
        there = dict(facts.values_list("slug", "pk"))
        latest = latest_changes(period, kind)
        changed += [row for row in of_kind if latest.get(there.get(row.slug), 0) != row.seen]
    if changed:
        raise NotSaved(by_others(changed))


def saved_alike(rows: list[Row], period: Period, why: Why) -> Iterator[tuple[ChangeKind, list[Row]]]:
    """The rows by what is saved alike, each time with the kind of the changes."""
    for row in rows:
        row.fact.period = period
        if row.is_new:
            shown = period.is_draft or why.publishes
            row.fact.state = FactState.CONFIRMED if shown else FactState.DRAFT
    alike = sorted(rows, key=lambda row: (row.kind._meta.label, row.is_new, row.is_public))
    for (_, _, is_public), group in groupby(alike, key=lambda row: (row.kind, row.is_new, row.is_public)):
        yield why.kind if is_public else ChangeKind.ENTERED, list(group)


def settle(period: Period, passages: set[int]) -> None:
    """Drop the drafts whose quantities are all recorded now."""
    for passage in Passage.objects.filter(draftfact__period=period).distinct():
        if passage.pk in passages:
            settle_drafts(passage)
