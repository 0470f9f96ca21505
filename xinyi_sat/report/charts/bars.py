"""Figures of one unit and one basis as horizontal bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure
from xinyi_sat.report.charts.key import keys_of
from xinyi_sat.report.charts.marks import bar, end_of_bar, largest_of
from xinyi_sat.report.charts.strips import Strip, panel
from xinyi_sat.report.charts.svg import drawing
from xinyi_sat.report.charts.table import Row


class DifferentMeasures(ValueError):  # noqa: N818 (it says what the figures are)
    """Figures that no axis may share; the message names their units and bases."""


def one_unit_and_basis(figures: Iterable[Figure]) -> None:
    """Refuse figures that don't count the same: people are never set beside attendances, nor a year beside five."""
    meant = {f"{figure.quantity.unit or '无单位'}（{figure.basis_label}）" for figure in figures}
    if len(meant) != 1:
        raise DifferentMeasures(f"一条轴上只能有一种单位和一种口径，这里有：{'、'.join(sorted(meant)) or '没有数字'}。")


@dataclass(frozen=True)
class BarChart:
    """Figures of one unit and basis, in reading order; DifferentMeasures where they are not."""

    figures: tuple[Figure, ...]
    left_out: int = 0  # how many smaller ones of the same unit and basis are not drawn

    sort = "bars"
    widths = (72, 26, 38, 20)
    heads = ("名称", "指标", "数字", "出处")

    def __post_init__(self) -> None:
        one_unit_and_basis(self.figures)

    @property
    def counted(self) -> int:
        """How many figures it stands for, those that are not drawn too."""
        return len(self.figures) + self.left_out

    @property
    def unit(self) -> str:
        """The unit they share."""
        return self.figures[0].quantity.unit

    @property
    def title(self) -> str:
        """What is compared."""
        return f"以“{self.unit}”计的数字" if self.unit else "没有单位的数字"

    @property
    def note(self) -> str:
        """What the figures count, and whether all are drawn."""
        drawn = f"；画出写出的数最大的 {len(self.figures)} 个，另有 {self.left_out} 个未画" if self.left_out else ""
        return f"口径：{self.figures[0].basis_label}{drawn}"

    @property
    def rows(self) -> list[Row]:
        """The data table."""
        return [Row(figure.title, figure.url, [("指标", figure.label)], figure) for figure in self.figures]

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        quantities = [figure.quantity for figure in self.figures]
        shapes, height = panel([strip_of(one) for one in self.figures], self.unit, partial(keys_of, quantities))
        largest = max(self.figures, key=lambda figure: figure.quantity.number)
        told = f"{len(self.figures)} 个数字，写出的数最大的是：{largest.title}，{largest.label} {largest.printed}。"
        return drawing(f"条形图：{self.title}（{self.note}）", told, height, shapes)


def strip_of(figure: Figure) -> Strip:
    """The bar of a figure, labelled with its wording and its mark."""
    quantity = figure.quantity
    return Strip(
        label=f"{figure.title}　{figure.label}",
        value=figure.printed,
        largest=largest_of(quantity),
        draw=partial(bar, quantity),
        end=partial(end_of_bar, quantity),
    )
