"""Which charts are drawn, found in the records: nothing is named here."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from xinyi_sat.facts.figures import Figure, all_figures
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.report.charts.bars import BarChart
from xinyi_sat.report.charts.lines import LineChart
from xinyi_sat.report.charts.stacks import Stack, StackedChart
from xinyi_sat.report.scope import Scope

MOST_BARS = 12  # what a page of paper holds, even of long names
MOST_CHARTS = 6  # of a sort, before a chapter comes to its facts
FEWEST_EARLIER = 2  # periods before this one that make a line


def largest(charts: list[Any]) -> list[Any]:
    """The charts that show most, as many as a reader looks at before he comes to the facts, in the order of all."""
    chosen = sorted(range(len(charts)), key=lambda place: (-charts[place].counted, place))[:MOST_CHARTS]
    return [charts[place] for place in sorted(chosen)]


def bar_charts(figures: Iterable[Figure]) -> list[BarChart]:
    """A chart for each unit and basis that at least two of the figures share, all in the order of the figures."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.quantity.unit, figure.basis].append(figure)
    return [chart_of(group) for group in groups.values() if len(group) > 1]


def chart_of(group: list[Figure]) -> BarChart:
    """The largest figures of a group, as many as can be read side by side, in the order of the group."""
    largest = sorted(range(len(group)), key=lambda place: (-group[place].quantity.number, place))[:MOST_BARS]
    return BarChart(tuple(group[place] for place in sorted(largest)), left_out=len(group) - len(largest))


def line_charts(figures: Iterable[Figure], scope: Scope, service: str) -> list[LineChart]:
    """A line for each of the figures that at least two earlier periods of the same length have too, counted alike."""
    periods = comparable_periods(scope.period) if scope.period else []
    if len(periods) <= FEWEST_EARLIER:
        return []
    recorded = {(one.name, one.period_slug): one for one in earlier_figures(periods[:-1], scope, service)}
    lines = []
    for latest in figures:
        found = [(one, comparable(recorded.get((latest.name, one.slug)), latest)) for one in periods[:-1]]
        first = next((place for place, (_, figure) in enumerate(found) if figure), len(found))
        if sum(1 for _, figure in found if figure) >= FEWEST_EARLIER:
            lines.append(LineChart((*found[first:], (scope.period, latest))))
    return lines


def comparable_periods(period: Period) -> list[Period]:
    """The public periods of the same length that begin before this one, and it as the last; of equal ones the newest."""
    earlier = Period.objects.public().filter(starts_on__lt=period.starts_on).order_by("starts_on", "pk")
    return [*{one.starts_on: one for one in earlier if one.length == period.length}.values(), period]


def earlier_figures(earlier: list[Period], scope: Scope, service: str) -> QuerySet:
    """The figures, in earlier periods, of the facts that a service has in the period of the scope."""

    def of_the_same_facts(kind: type[Fact], measure: str) -> QuerySet:
        slugs = scope.facts(kind).filter(service=service).order_by().values("slug")
        return kind.objects.public().filter(period__in=earlier, slug__in=slugs)

    return all_figures(of_the_same_facts)


def comparable(figure: Figure | None, latest: Figure) -> Figure | None:
    """The figure, if it counts the same unit on the same basis."""
    meant = figure and (figure.quantity.unit, figure.basis)
    return figure if meant == (latest.quantity.unit, latest.basis) else None


def records_chart(scope: Scope) -> StackedChart | None:
    """How many records each service has, with a figure and without; None where there are none."""
    if not scope.counts:
        return None
    counted: dict[str, list[int]] = {service: [0, 0] for service in scope.services}
    for one in scope.counts:
        counted[one.service][0] += one.with_figures
        counted[one.service][1] += one.without_figures
    period = urlencode({"period": scope.period.slug})
    return StackedChart(
        tuple(
            Stack(service.label, f"{service.get_absolute_url()}?{period}", *counted[service])
            for service in scope.services
        )
    )
