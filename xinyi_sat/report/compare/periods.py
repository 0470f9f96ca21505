"""Periods side by side: each figure beside that of the same kind, slug and measure in the period before.

Only figures of one unit, one basis and equally long periods are subtracted. What a period does not have is missing, never 0,
and nothing is compared across it.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from xinyi_sat.facts.choices import Basis, Dimension
from xinyi_sat.facts.models import Fact, Figure, Period, fact_kinds
from xinyi_sat.report.compare.change import Change, change_between


class Side(NamedTuple):
    """What one period says of a measure of a fact, None where it says nothing."""

    period: Period
    figure: Figure | None


@dataclass(frozen=True)
class Step:
    """A figure in two neighbouring periods of those compared."""

    before: Side
    after: Side

    @property
    def reasons(self) -> list[str]:
        """Why the figures can't be compared, in words; empty where they can."""
        missing = [f"{side.period}没有这个数字" for side in (self.before, self.after) if not side.figure]
        return missing or self._differences()

    def _differences(self) -> list[str]:
        """What the figures differ in; yearly ones may be compared though their periods are not equally long."""
        one, other = self.before.figure, self.after.figure
        reasons = []
        if comparable_unit(one) != comparable_unit(other):
            reasons.append(f"单位不同：{one.unit}／{other.unit}")
        if one.fact.basis != other.fact.basis:
            reasons.append(f"口径不同：{one.fact.get_basis_display()}／{other.fact.get_basis_display()}")
        are_yearly = one.fact.basis == other.fact.basis == Basis.YEARLY
        if not are_yearly and self.before.period.length != self.after.period.length:
            reasons.append("时期长短不同")
        return reasons

    @property
    def change(self) -> Change | None:
        return None if self.reasons else change_between(self.before.figure, self.after.figure)


def comparable_unit(figure: Figure) -> tuple[str, str]:
    """Dimension and unit of a figure; 人, 名 and 位 all count people once, and are one unit."""
    counts_people = figure.unit in Dimension.PEOPLE.own_units
    return figure.dimension, "" if counts_people else figure.unit


@dataclass(frozen=True)
class Row:
    """One measure of one fact in each period, the earliest first."""

    sides: list[Side]

    @property
    def steps(self) -> list[Step]:
        return [Step(*pair) for pair in pairwise(self.sides)]

    @property
    def figures(self) -> list[Figure]:
        return [side.figure for side in self.sides if side.figure]

    @property
    def figure(self) -> Figure:
        return self.figures[-1]

    @property
    def titled(self) -> list[Fact]:
        """The latest fact of each title that the matter has had, the latest first."""
        facts = {figure.fact.title: figure.fact for figure in self.figures}
        return list(facts.values())[::-1]

    @property
    def bases(self) -> str:
        """What the figures cover; all of it where they differ."""
        return "／".join(dict.fromkeys(figure.fact.get_basis_display() for figure in self.figures))

    @property
    def reading_order(self) -> tuple:
        """By kinds, then as the latest document has them."""
        fact, measure = self.figure.fact, self.figure.measure
        kind = fact_kinds().index(fact.model)
        return kind, fact.passage.paragraph, fact.slug, measure.position, measure.slug


@dataclass(frozen=True)
class Comparison:
    """Two or more periods, the earliest first; or the figures of a kind, or those under a service in any of the periods."""

    periods: list[Period]
    service: str = ""
    kind: str = ""

    @property
    def is_pair(self) -> bool:
        return len(self.periods) == 2

    @property
    def is_even(self) -> bool:
        return len({one.length for one in self.periods}) == 1

    @property
    def titles(self) -> str:
        """The periods in words, archived ones marked."""
        *others, last = [one.title_with_state for one in self.periods]
        return f"{'、'.join(others)}与{last}"

    @cached_property
    def rows(self) -> list[Row]:
        """A row for each measure of each fact that any period counts."""
        asked = {"kind": self.kind} if self.kind else {}
        facts = Fact.objects.public().filter(period__in=self.periods, **asked).with_source().with_figures()
        matters: dict[tuple[str, str], dict[int, Fact]] = defaultdict(dict)
        for fact in facts:
            matters[fact.kind, fact.slug][fact.period_id] = fact
        rows = [row for facts in matters.values() for row in self._rows_of(facts)]
        return sorted(rows, key=lambda row: row.reading_order)

    def _rows_of(self, facts: dict[int, Fact]) -> list[Row]:
        """The rows of one matter, of which the facts are given by period."""
        asked = [fact for fact in facts.values() if self.service in ("", fact.service)]
        measures = {figure.measure.slug for fact in asked for figure in fact.figures.all()}
        by_period = [(period, facts.get(period.pk)) for period in self.periods]
        return [
            Row([Side(period, fact and fact.figure(measure)) for period, fact in by_period]) for measure in measures
        ]
