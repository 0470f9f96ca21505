"""The charts of a report, each with the table of the same data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from xinyi_sat.facts.models import Figure
from xinyi_sat.report.charts.layout import Row, bars_over_scale
from xinyi_sat.report.charts.marks import Amount
from xinyi_sat.report.charts.svg import drawing


@dataclass(frozen=True)
class Chart:
    """A chart for a page, paper and Word."""

    sort: str  # its class in style sheets
    title: str
    note: str
    description: str  # what is read out for the drawing
    columns: dict[str, int]  # of the table: heads, and widths on paper in millimetres, 156 together
    unit: str
    rows: list[Row]
    form: str = "条形图"
    key: list[Amount] | None = None

    @property
    def figures(self) -> list[Figure]:
        return [row.figure for row in self.rows if row.figure]

    @property
    def svg(self) -> SafeString:
        shapes, height = bars_over_scale(self.rows, self.unit, self.key)
        return drawing(f"{self.form}：{self.title}（{self.note}）", self.description, height, shapes)


class MixedMeasuresError(ValueError):
    """Figures of several dimensions, units or bases, which no axis may share."""


def axis_of(figure: Figure) -> tuple[str, str, str]:
    """What all figures of one axis have alike: dimension, unit and basis."""
    return figure.dimension, figure.unit, figure.fact.basis


def shared_axis(figures: Sequence[Figure]) -> tuple[str, str]:
    """Unit and basis in words; MixedMeasuresError for people beside attendances, or a year beside five."""
    if len({axis_of(figure) for figure in figures}) != 1:
        raise MixedMeasuresError("一条轴上只能有一种单位和一种口径。")
    return figures[0].unit, figures[0].fact.get_basis_display()


def figures_chart(figures: Sequence[Figure], left_out: int = 0) -> Chart:
    """Figures of different facts, in reading order; MixedMeasuresError where they are not counted alike."""
    unit, basis = shared_axis(figures)
    largest = max(figures, key=lambda figure: figure.number)
    drawn = f"；画出写出的数最大的 {len(figures)} 个，另有 {left_out} 个未画" if left_out else ""
    return Chart(
        sort="bars",
        title=f"以“{unit}”计的数字",
        note=f"口径：{basis}{drawn}",
        description=f"{len(figures)} 个数字，写出的数最大的是：{largest.fact}，{largest.label} {largest.printed}。",
        columns={"名称": 72, "指标": 26, "数字": 38, "出处": 20},
        unit=unit,
        rows=[Row(str(one.fact), one.fact.get_absolute_url(), [("指标", one.label)], one) for one in figures],
    )


def periods_chart(figures: Sequence[Figure]) -> Chart:
    """A measure of one fact in several periods, the earliest first; MixedMeasuresError where they are not counted alike."""
    unit, basis = shared_axis(figures)
    first, *_, last = figures
    return Chart(
        sort="by-period",
        title=f"{last.fact}：各时期的{last.label}",
        note=f"单位：{unit}；口径：{basis}",
        description=f"{first.fact.period}至{last.fact.period}，{len(figures)} 个数字。",
        columns={"时期": 36, "数字": 40, "出处": 80},
        unit=unit,
        rows=[Row(str(one.fact.period), one.fact.get_absolute_url(), [], one, names_document=True) for one in figures],
    )
