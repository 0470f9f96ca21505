"""Periods side by side, in the order of their time: each measure of each fact that any has, and what became of it.

A figure of one period is compared with the figure of the same kind, slug and measure of the period before, and with nothing
else; only figures of one unit, one basis and equally long periods are subtracted. What a period does not have is missing,
never 0, and nothing is compared across it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.figures import Figure, Statement, all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.querysets import FactQuerySet
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.compare.change import Change, change_between

HEADS = ("人", "名", "位")  # three words for people counted once, as 数据说明 says
NOWHERE = 10**9  # stands after any paragraph

Key = tuple[str, str, str]  # kind, slug and measure


@dataclass(frozen=True)
class Side:
    """What one period says of a measure of a fact: the fact, if it has it, and the figure, if it has that."""

    period: Period
    statement: Statement | None
    figure: Figure | None

    @property
    def missing(self) -> str:
        """In words what is not there; empty where the figure is."""
        if self.figure:
            return ""
        return f"{self.period}的记录没有这个数字" if self.statement else f"{self.period}没有这条记录"


@dataclass(frozen=True)
class Step:
    """What became of a figure from one period to the next of those compared."""

    before: Side
    after: Side

    @property
    def reasons(self) -> list[str]:
        """Why the figures are not to be compared; none where they are."""
        missing = [side.missing for side in (self.before, self.after) if side.missing]
        return missing or [*differences(self.before.figure, self.after.figure), *self.unequal_lengths()]

    def unequal_lengths(self) -> list[str]:
        """Why totals of periods of different length are not to be compared; what is counted each year may be."""
        yearly = self.before.figure.basis == self.after.figure.basis == Basis.YEARLY
        return [] if yearly or self.before.period.length == self.after.period.length else ["时期长短不同"]

    @property
    def change(self) -> Change | None:
        """What became of the figure; none where it is not to be compared."""
        return None if self.reasons else change_between(self.before.figure.quantity, self.after.figure.quantity)


@dataclass(frozen=True)
class Row:
    """One measure of one fact in each period."""

    sides: tuple[Side, ...]

    @property
    def steps(self) -> list[Step]:
        """From each period to the next."""
        return [Step(*pair) for pair in pairwise(self.sides)]

    @property
    def figure(self) -> Figure:
        """The latest figure."""
        return next(side.figure for side in reversed(self.sides) if side.figure)

    @property
    def titles(self) -> list[Statement]:
        """What the fact is called, the latest first; of each name the latest fact that bears it."""
        titles: dict[str, Statement] = {}
        for side in reversed(self.sides):
            if side.statement:
                titles.setdefault(side.statement.title, side.statement)
        return list(titles.values())

    @property
    def bases(self) -> str:
        """What the figures count; all of it where they differ."""
        return "／".join(dict.fromkeys(side.figure.basis_label for side in self.sides if side.figure))


def differences(before: Figure, after: Figure) -> list[str]:
    """In words in what two figures differ that only like figures could be compared in."""
    reasons = []
    if not same_unit(before.quantity, after.quantity):
        reasons.append(f"单位不同：{before.quantity.unit or '无'}／{after.quantity.unit or '无'}")
    if before.basis != after.basis:
        reasons.append(f"口径不同：{before.basis_label}／{after.basis_label}")
    return reasons


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities count in one unit."""
    return one.unit == other.unit or (one.unit in HEADS and other.unit in HEADS)


@dataclass(frozen=True)
class Comparison:
    """Periods, the earliest first, or what they have of one service or kind; a fact that is under the service in any is compared."""

    periods: tuple[Period, ...]
    service: str = ""
    kind: type[Fact] | None = None

    @property
    def is_pair(self) -> bool:
        """Whether there are two of them."""
        return len(self.periods) == 2

    @property
    def named(self) -> str:
        """The periods, those marked that are archived."""
        *others, last = [one.marked for one in self.periods]
        return f"{'、'.join(others)}与{last}"

    @property
    def is_even(self) -> bool:
        """Whether the periods are of one length."""
        return len({one.length for one in self.periods}) == 1

    def keys(self) -> QuerySet:
        """Kind, slug and measure of each figure that any period has: by kinds, as the latest document has them."""
        measures = (
            (kind, name) for kind in ([self.kind] if self.kind else fact_kinds()) for name in kind.figure_names()
        )
        first, *others = [self.keys_of(kind, name, place) for place, (kind, name) in enumerate(measures)]
        return first.union(*others, all=True).order_by("kind_place", "place_latest", "paragraph", "slug", "place")

    def keys_of(self, kind: type[Fact], name: str, place: int) -> QuerySet:
        """The keys of one measure, which has its place among all."""
        asked = {"service": self.service} if self.service else {}
        facts = kind.objects.public().filter(period__in=self.periods, **asked, **{f"{name}__isnull": False})
        in_latest = Min("passage__paragraph", filter=Q(period=self.periods[-1]))
        return (
            facts.order_by()
            .values("slug")
            .annotate(
                kind=Value(kind.kind()),
                measure=Value(name),
                kind_place=Value(fact_kinds().index(kind)),
                place=Value(place),
                place_latest=Coalesce(in_latest, Value(NOWHERE)),
                paragraph=Min("passage__paragraph"),
            )
        )

    def rows(self, keys: Iterable[dict]) -> Iterator[Row]:
        """The rows of some keys, but for those withdrawn since; two questions to the database, however many they are."""
        wanted = [(key["kind"], key["slug"], key["measure"]) for key in keys]
        figures = all_figures(lambda kind, measure: self.facts(kind, slugs_of(wanted, kind, measure)))
        statements = all_statements(lambda kind: self.facts(kind, slugs_of(wanted, kind)))
        counted = {(one.period_slug, one.kind, one.slug, one.measure): one for one in figures}
        stated = {(one.period_slug, one.kind, one.slug): one for one in statements}
        for key in wanted:
            found = ((one, stated.get((one.slug, *key[:2])), counted.get((one.slug, *key))) for one in self.periods)
            sides = tuple(Side(*side) for side in found)
            if any(side.figure for side in sides):
                yield Row(sides)

    def facts(self, kind: type[Fact], slugs: set[str]) -> FactQuerySet:
        """The facts of these slugs in all periods, whatever service they are under there."""
        facts = kind.objects.public().filter(period__in=self.periods, slug__in=slugs)
        return facts if slugs else facts.none()


def slugs_of(wanted: list[Key], kind: type[Fact], measure: str | None = None) -> set[str]:
    """The slugs of a kind, and of a measure where it is named, among some keys."""
    asked = kind.kind()
    return {slug for name, slug, of in wanted if name == asked and measure in (None, of)}
