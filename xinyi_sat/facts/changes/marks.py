"""Which figures were corrected since they were published: each carries a mark wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Subquery, Value
from django.utils.timezone import localtime

from xinyi_sat.facts.changes.differences import earlier, told_changes
from xinyi_sat.facts.choices import EXPLAINED, ChangeKind
from xinyi_sat.facts.kinds import kind_named
from xinyi_sat.facts.models import Fact

Key = tuple[str, int, str]  # kind, primary key and measure: one figure


@dataclass(frozen=True)
class Mark:
    """The last change of the wording of a published figure: whether a correction or a revision, when and why."""

    kind: ChangeKind
    at: datetime
    reason: str

    @property
    def sign(self) -> str:
        """The mark in one character: 更 or 修."""
        return self.kind.sign

    @property
    def day(self) -> date:
        """The day of the change."""
        return localtime(self.at).date()

    def __str__(self) -> str:
        return f"{self.day.year}年{self.day.month}月{self.day.day}日{self.kind.label}"


def marks_of(fact: Fact) -> dict[str, Mark]:
    """The marks of the figures of a fact by measure; asked for once for all the facts that were fetched with it."""
    if "_marks" not in fact.__dict__:
        together = fact.__dict__.get("_fetched_together", [fact])
        found = marks(key for one in together for key in figure_keys(one))
        for one in together:
            one._marks = {key[-1]: found[key] for key in figure_keys(one) if key in found}
    return fact._marks


def asked_together(facts: list[Fact]) -> list[Fact]:
    """Facts of several kinds, whose marks are from here on asked for at once."""
    for fact in facts:
        fact._fetched_together = facts
    return facts


def figure_keys(fact: Fact) -> list[Key]:
    """The figures of a fact."""
    return [(fact.kind(), fact.pk, name) for name in fact.figure_names() if getattr(fact, name)]


def marks(figures: Iterable[Key]) -> dict[Key, Mark]:
    """The marks of those of these figures that have one.

    Two questions to the database; one where none of the facts was ever corrected, none where there is no figure.
    """
    figures = list(figures)
    explained = ever_explained(figures)
    asked: dict[tuple[str, str], set[int]] = {}
    for kind, pk, measure in figures:
        if (kind, pk) in explained:
            asked.setdefault((kind, measure), set()).add(pk)
    parts = [corrected(kind_named(kind), measure, pks) for (kind, measure), pks in asked.items()]
    rows = parts[0].union(*parts[1:], all=True).order_by("history_date", "history_id") if parts else ()
    return {
        (row["fact_kind"], row["id"], row["measure"]): Mark(
            ChangeKind(row["change_kind"]), row["history_date"], row["history_change_reason"]
        )
        for row in rows  # of one figure the last change comes last, and stays
        if row["wording"] != row["wording_before"]
    }


def ever_explained(figures: list[Key]) -> set[tuple[str, int]]:
    """Of the facts of these figures, as kind and primary key, those that were ever corrected or revised.

    They are few, and what readers are told of each change is a long question, asked of these alone.
    """
    asked: dict[str, set[int]] = {}
    for kind, pk, _ in figures:
        asked.setdefault(kind, set()).add(pk)
    parts = [
        kind_named(kind).history.order_by().filter(id__in=pks, change_kind__in=EXPLAINED).values_list(Value(kind), "id")
        for kind, pks in asked.items()
    ]
    return set(parts[0].union(*parts[1:])) if parts else set()


def corrected(kind: type[Fact], measure: str, pks: set[int]) -> QuerySet:
    """The changes of these facts that readers are told of, each with the wording of a measure after it and before."""
    before = Subquery(earlier(kind).values(measure)[:1])
    return (
        told_changes(kind)
        .filter(id__in=pks)
        .order_by()
        .values(
            *("id", "history_id", "history_date", "change_kind", "history_change_reason"),
            fact_kind=Value(kind.kind()),
            measure=Value(measure),
            wording=F(measure),
            wording_before=before,
        )
    )
