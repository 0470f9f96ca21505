"""One measure of one fact over periods as long as each other; a period without it is a gap, never 0."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure
from xinyi_sat.facts.models import Period
from xinyi_sat.report.charts.bars import DifferentMeasures, one_unit_and_basis
from xinyi_sat.report.charts.svg import drawing
from xinyi_sat.report.charts.table import Row
from xinyi_sat.report.charts.trace import Point, trace

MISSING = "没有可比的数字"


@dataclass(frozen=True)
class LineChart:
    """A measure by periods in time order; DifferentMeasures where they can't be compared."""

    points: tuple[tuple[Period, Figure | None], ...]

    sort = "lines"
    widths = (36, 40, 80)
    heads = ("时期", "数字", "出处")

    def __post_init__(self) -> None:
        one_unit_and_basis(self.figures)
        if len({(one.kind, one.slug, one.measure) for one in self.figures}) > 1:
            raise DifferentMeasures("一条线只画同一记录的同一指标。")
        if len({period.length for period, _ in self.points}) > 1:
            raise DifferentMeasures("一条线上的时期应一样长。")
        if any(later.starts_on <= earlier.starts_on for (earlier, _), (later, _) in pairwise(self.points)):
            raise DifferentMeasures("时期应从早到晚排列，各一次。")

    @property
    def figures(self) -> list[Figure]:
        """The figures that are there."""
        return [figure for _, figure in self.points if figure]

    @property
    def counted(self) -> int:
        """How many figures it shows."""
        return len(self.figures)

    @property
    def title(self) -> str:
        """Whose measure it is."""
        latest = self.figures[-1]
        return f"{latest.title}：各时期的{latest.label}"

    @property
    def note(self) -> str:
        """What the figures count."""
        latest = self.figures[-1]
        unit = f"单位：{latest.quantity.unit}；" if latest.quantity.unit else ""
        return f"{unit}口径：{latest.basis_label}"

    @property
    def rows(self) -> list[Row]:
        """The data table."""
        return [row_of(period, figure) for period, figure in self.points]

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        shapes, height = trace(list(self.traced()), self.figures[-1].quantity.unit)
        first, last = self.points[0][0], self.points[-1][0]
        missing = len(self.points) - len(self.figures)
        told = f"{first}至{last}，{len(self.figures)} 个数字" + (f"，缺 {missing} 个。" if missing else "。")
        return drawing(f"折线图：{self.title}（{self.note}）", told, height, shapes)

    def traced(self) -> Iterator[Point]:
        """The points where they stand in time; one is joined to the one before it if nothing lies between them."""
        start = self.points[0][0].starts_on
        whole = max((self.points[-1][0].starts_on - start).days, 1)
        for place, (period, figure) in enumerate(self.points):
            when = (period.starts_on - start).days / whole
            counted = (figure.quantity, figure.printed) if figure else (None, "")
            yield Point(str(period), when, *counted, is_joined=place > 0 and self.is_joined(place))

    def is_joined(self, place: int) -> bool:
        """Whether a point and the one before it both have a figure, and their periods follow on each other."""
        (earlier, before), (later, figure) = self.points[place - 1 : place + 1]
        return bool(before and figure) and later.starts_on - earlier.ends_on == timedelta(days=1)


def row_of(period: Period, figure: Figure | None) -> Row:
    """The row of a period, which names the document: another for each of them."""
    if figure is None:
        return Row(str(period), "", [("数字", MISSING), ("出处", "—")])
    return Row(str(period), figure.url, [], figure, names_document=True)
