"""Which charts a section has: figures counted alike, and measures that earlier periods had too."""

from collections import defaultdict
from collections.abc import Sequence

from xinyi_sat.facts.models import Figure, Period
from xinyi_sat.report.charts.chart import Chart, axis_of, figures_chart, periods_chart

MOST_BARS = 12  # as many as a page of paper holds, even with long names
MOST_CHARTS = 6  # of periods, in a section; the page of comparison has all
FEWEST_EARLIER = 2  # earlier periods, for a chart of periods


def bar_charts(figures: Sequence[Figure]) -> list[Chart]:
    """A chart for each axis that at least two figures share, of the largest of these, in the order of the figures."""
    by_axis: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_axis[axis_of(figure)].append(figure)
    charts = []
    for alike in (figures for figures in by_axis.values() if len(figures) > 1):
        largest = sorted(alike, key=lambda figure: -figure.number)[:MOST_BARS]
        charts.append(figures_chart([one for one in alike if one in largest], left_out=len(alike) - len(largest)))
    return charts


def period_charts(figures: Sequence[Figure], period: Period | None, service: str) -> list[Chart]:
    """A chart for each figure that at least two earlier, equally long periods have under the same service, counted alike."""
    if period is None:
        return []
    before = Period.objects.public().filter(starts_on__lt=period.starts_on)
    earlier = [one for one in before if one.length == period.length]
    if len(earlier) < FEWEST_EARLIER:
        return []
    asked = Figure.objects.public().filter(fact__period__in=earlier, fact__service=service).with_fact()
    found: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in [*asked.order_by("fact__period__ends_on"), *figures]:
        found[figure.name, axis_of(figure)].append(figure)
    series = [found[one.name, axis_of(one)] for one in figures]
    return [periods_chart(alike) for alike in series if len(alike) > FEWEST_EARLIER][:MOST_CHARTS]
