"""Which charts a section has: figures counted alike, and measures that earlier periods had too."""

from collections import defaultdict
from collections.abc import Iterable

from xinyi_sat.facts.figures import Figure, all_figures
from xinyi_sat.facts.models import Period
from xinyi_sat.report.charts.chart import Chart, figures_chart, periods_chart

MOST_BARS = 12  # as many as a page of paper holds, even with long names
MOST_CHARTS = 6  # of a sort, before the facts of a section
FEWEST_EARLIER = 2  # earlier periods, for a chart of periods


def largest(charts: list[Chart]) -> list[Chart]:
    """The charts that stand for most figures, in the order of all."""
    first = sorted(charts, key=lambda chart: -len(chart.rows) - chart.left_out)[:MOST_CHARTS]
    return [chart for chart in charts if chart in first]


def bar_charts(figures: Iterable[Figure]) -> list[Chart]:
    """A chart for each unit and basis that at least two figures share, in the order of the figures."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.quantity.unit, figure.basis].append(figure)
    return [chart_of_largest(group) for group in groups.values() if len(group) > 1]


def chart_of_largest(figures: list[Figure]) -> Chart:
    """A chart of the largest of some figures, in the order of all."""
    drawn = sorted(figures, key=lambda figure: -figure.quantity.number)[:MOST_BARS]
    return figures_chart([one for one in figures if one in drawn], left_out=len(figures) - len(drawn))


def period_charts(figures: Iterable[Figure], period: Period | None, service: str) -> list[Chart]:
    """A chart for each figure that at least two earlier, equally long periods have under the same service, counted alike."""
    if period is None:
        return []
    before = Period.objects.public().filter(starts_on__lt=period.starts_on)
    earlier = [one for one in before if one.length == period.length]
    if len(earlier) < FEWEST_EARLIER:
        return []
    found: dict[tuple, list[Figure]] = defaultdict(list)
    asked = all_figures(lambda kind, measure: kind.objects.public().filter(period__in=earlier, service=service))
    for figure in [*sorted(asked, key=lambda one: one.period_ends_on), *figures]:
        found[figure.name, figure.quantity.unit, figure.basis].append(figure)
    charts = (found[one.name, one.quantity.unit, one.basis] for one in figures)
    return [periods_chart(alike) for alike in charts if len(alike) > FEWEST_EARLIER]
