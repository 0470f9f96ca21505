"""The charts of a report, each with the table of the same data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure
from xinyi_sat.report.charts.layout import Row, bars_over_scale
from xinyi_sat.report.charts.marks import KeyEntry
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
    left_out: int = 0  # how many smaller figures are not drawn
    form: str = "条形图"
    key: list[KeyEntry] | None = None

    @property
    def figures(self) -> list[Figure]:
        """The figures that are drawn."""
        return [row.figure for row in self.rows if row.figure]

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        shapes, height = bars_over_scale(self.rows, self.unit, self.key)
        return drawing(f"{self.form}：{self.title}（{self.note}）", self.description, height, shapes)


class MixedMeasuresError(ValueError):
    """Figures of several units or bases, which no axis may share; the message names them."""


def one_measure(figures: Sequence[Figure]) -> tuple[str, str]:
    """Unit and basis of the figures; MixedMeasuresError for people beside attendances, or a year beside five."""
    measures = {(figure.quantity.unit, figure.basis_label) for figure in figures}
    if len(measures) != 1:
        named = "、".join(sorted(f"{unit or '无单位'}（{basis}）" for unit, basis in measures)) or "没有数字"
        raise MixedMeasuresError(f"一条轴上只能有一种单位和一种口径，这里有：{named}。")
    return measures.pop()


def figures_chart(figures: Sequence[Figure], left_out: int = 0) -> Chart:
    """Figures of different facts, in reading order; MixedMeasuresError where they are not counted alike."""
    unit, basis = one_measure(figures)
    largest = max(figures, key=lambda figure: figure.quantity.number)
    drawn = f"；画出写出的数最大的 {len(figures)} 个，另有 {left_out} 个未画" if left_out else ""
    return Chart(
        sort="bars",
        title=f"以“{unit}”计的数字" if unit else "没有单位的数字",
        note=f"口径：{basis}{drawn}",
        description=f"{len(figures)} 个数字，写出的数最大的是：{largest.title}，{largest.label} {largest.printed}。",
        columns={"名称": 72, "指标": 26, "数字": 38, "出处": 20},
        unit=unit,
        rows=[Row(one.title, one.url, [("指标", one.label)], one.quantity, one.printed, one) for one in figures],
        left_out=left_out,
    )


def periods_chart(figures: Sequence[Figure]) -> Chart:
    """A measure of one fact in several periods, the earliest first; MixedMeasuresError where they are not counted alike."""
    unit, basis = one_measure(figures)
    first, *_, last = figures
    return Chart(
        sort="by-period",
        title=f"{last.title}：各时期的{last.label}",
        note=f"{f'单位：{unit}；' if unit else ''}口径：{basis}",
        description=f"{first.period_title}至{last.period_title}，{len(figures)} 个数字。",
        columns={"时期": 36, "数字": 40, "出处": 80},
        unit=unit,
        rows=[
            Row(one.period_title, one.url, [], one.quantity, one.printed, one, names_document=True) for one in figures
        ],
    )
