"""What this site counts itself, as stacked bars: how many records, with a figure and without."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from xinyi_sat.report.charts.key import Key
from xinyi_sat.report.charts.marks import BAR, Scale, solid
from xinyi_sat.report.charts.strips import Strip, panel
from xinyi_sat.report.charts.svg import drawing, hatched
from xinyi_sat.report.charts.table import Row

UNIT = "条"
PARTS = ("有数字", "没有数字")


@dataclass(frozen=True)
class Stack:
    """One bar: its name, its address, and how many records have a figure and have none."""

    name: str
    url: str
    counted: int
    uncounted: int

    @property
    def total(self) -> int:
        """All records of the bar."""
        return self.counted + self.uncounted


@dataclass(frozen=True)
class StackedChart:
    """Records by their groups; all of them records, so that one scale holds them."""

    stacks: tuple[Stack, ...]

    sort = "stacks"
    widths = (78, 26, 26, 26)
    heads = ("服务", *PARTS, "合计")
    title = "各项服务的记录"
    note = "单位：条；本站收录的记录数，由本站统计，不是原文的数字"

    @property
    def rows(self) -> list[Row]:
        """The data table."""
        return [
            Row(
                one.name,
                one.url,
                list(zip(self.heads[1:], map(str, (one.counted, one.uncounted, one.total)), strict=True)),
            )
            for one in self.stacks
        ]

    @property
    def svg(self) -> SafeString:
        """The drawing."""
        shapes, height = panel([strip_of(one) for one in self.stacks], UNIT, lambda x: KEYS)
        counted, total = sum(one.counted for one in self.stacks), sum(one.total for one in self.stacks)
        told = f"共 {total} 条记录，其中 {counted} 条有数字，{total - counted} 条没有。"
        return drawing(f"堆积条形图：{self.title}（{self.note}）", told, height, shapes)


def strip_of(stack: Stack) -> Strip:
    """The bar of a stack, labelled with both its parts."""
    return Strip(
        label=stack.name,
        value=f"有数字{stack.counted}{UNIT}，没有{stack.uncounted}{UNIT}",
        largest=Decimal(stack.total),
        draw=partial(stacked, stack),
        end=lambda x: x(Decimal(stack.total)),
    )


def stacked(stack: Stack, x: Scale, top: float) -> list[Element]:
    """Records with a figure as a solid bar, behind them the others as slanted lines."""
    zero, middle, end = (x(Decimal(count)) for count in (0, stack.counted, stack.total))
    certain = [solid(zero, middle, top)] if stack.counted else []
    return certain + (hatched(middle, top, end - middle, BAR) if stack.uncounted else [])


KEYS = [
    Key(PARTS[0], lambda left, top: [solid(left, left + 22, top)]),
    Key(PARTS[1], lambda left, top: hatched(left, top, 22, BAR)),
]
