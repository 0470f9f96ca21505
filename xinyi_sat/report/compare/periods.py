"""Periods side by side: each figure beside that of the same kind, slug and measure in the period before.

Only figures of one unit, one basis and equally long periods are subtracted. What a period does not have is missing, never 0,
and nothing is compared across it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf

from django.db.models import QuerySet

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.figures import Figure, Statement, all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds, kind_named
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.report.compare.change import Change, change_between

PEOPLE = ("人", "名", "位")  # three words for people counted once, one unit here


@dataclass(frozen=True)
class Side:
    """What one period says of a measure of a fact; no statement where it lacks the fact, no figure where it lacks that."""

    period: Period
    statement: Statement | None
    figure: Figure | None

    @property
    def missing(self) -> str:
        """What is not there, in words; empty where the figure is."""
        if self.figure:
            return ""
        return f"{self.period}的记录没有这个数字" if self.statement else f"{self.period}没有这条记录"


@dataclass(frozen=True)
class Step:
    """A figure in two neighbouring periods of those compared."""

    before: Side
    after: Side

    @property
    def reasons(self) -> list[str]:
        """Why the figures can't be compared, in words; none where they can."""
        missing = [side.missing for side in (self.before, self.after) if side.missing]
        return missing or self.differences()

    def differences(self) -> list[str]:
        """What the figures differ in; yearly ones may be compared though their periods are not equally long."""
        before, after = self.before.figure, self.after.figure
        reasons = []
        if comparable_unit(before) != comparable_unit(after):
            reasons.append(f"单位不同：{before.quantity.unit or '无'}／{after.quantity.unit or '无'}")
        if before.basis != after.basis:
            reasons.append(f"口径不同：{before.basis_label}／{after.basis_label}")
        if not before.basis == after.basis == Basis.YEARLY and self.before.period.length != self.after.period.length:
            reasons.append("时期长短不同")
        return reasons

    @property
    def change(self) -> Change | None:
        """The difference of the figures; None where they can't be compared."""
        return None if self.reasons else change_between(self.before.figure.quantity, self.after.figure.quantity)


@dataclass(frozen=True)
class Row:
    """One measure of one fact in each period, the earliest first."""

    sides: tuple[Side, ...]

    @property
    def steps(self) -> list[Step]:
        """Each two neighbouring periods."""
        return [Step(*pair) for pair in pairwise(self.sides)]

    @property
    def figures(self) -> list[Figure]:
        """The figures that are there, the latest first."""
        return [side.figure for side in reversed(self.sides) if side.figure]

    @property
    def figure(self) -> Figure:
        """The latest figure."""
        return self.figures[0]

    @property
    def titles(self) -> list[Statement]:
        """The latest fact of each name that it has had, the latest first."""
        statements = [side.statement for side in self.sides if side.statement]
        return list({one.title: one for one in statements}.values())[::-1]

    @property
    def bases(self) -> str:
        """What the figures cover; all of it where they differ."""
        return "／".join(dict.fromkeys(figure.basis_label for figure in reversed(self.figures)))

    @property
    def reading_order(self) -> tuple:
        """By kinds, then as the latest period's document has them, then what only earlier ones have."""
        latest, one = self.sides[-1].figure, self.figure
        kind = kind_named(one.kind)
        return (
            *(fact_kinds().index(kind), latest.paragraph if latest else inf),
            *(min(figure.paragraph for figure in self.figures), one.slug, kind.figure_names().index(one.measure)),
        )


def comparable_unit(figure: Figure) -> str:
    """The unit of a figure, the same for all words that count people once."""
    unit = figure.quantity.unit
    return PEOPLE[0] if unit in PEOPLE else unit


@dataclass(frozen=True)
class Comparison:
    """Two or more periods, the earliest first; or the figures of a kind, or those under a service in any of the periods."""

    periods: tuple[Period, ...]
    service: str = ""
    kind: type[Fact] | None = None

    @property
    def is_pair(self) -> bool:
        """Whether there are two periods."""
        return len(self.periods) == 2

    @property
    def named(self) -> str:
        """The periods in words, archived ones marked."""
        *others, last = [one.marked for one in self.periods]
        return f"{'、'.join(others)}与{last}"

    @property
    def is_even(self) -> bool:
        """Whether the periods are equally long."""
        return len({one.length for one in self.periods}) == 1

    @cached_property
    def rows(self) -> list[Row]:
        """A row for each measure of each fact that any period counts."""
        statements = {(one.kind, one.slug, one.period_slug): one for one in all_statements(self.facts)}
        found: dict[tuple, dict[str, Figure]] = defaultdict(dict)
        for figure in all_figures(lambda kind, measure: self.facts(kind)):
            found[figure.kind, figure.slug, figure.measure][figure.period_slug] = figure
        rows = [
            Row(tuple(Side(one, statements.get((kind, slug, one.slug)), figures.get(one.slug)) for one in self.periods))
            for (kind, slug, _), figures in found.items()
            if not self.service or self.service in {figure.service for figure in figures.values()}
        ]
        return sorted(rows, key=lambda row: row.reading_order)

    def facts(self, kind: type[Fact]) -> QuerySet:
        """The public facts of a kind in the periods; none of a kind that is not asked for."""
        facts = kind.objects.public().filter(period__in=self.periods)
        return facts if self.kind in (None, kind) else facts.none()
