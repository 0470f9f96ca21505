"""How a number is drawn: solid as far as it is certain, hatched where it may lie; and the key to these marks."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from xinyi_sat.facts.models import Figure
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.charts.svg import GREY, INK, SMALL, WIDTH, hatched, lettering, shape, width_of

BAR = 11  # the height of a bar
ARROW = 18  # the length of "no upper bound", whatever the number
NARROWEST = 4  # hatching between bounds that are nearer than this could not be seen
TOOTH = 2.5  # how far the teeth of "about" reach to either side of the number
SAMPLE, KEY_LINE = 22, 17  # the width of a mark of the key, and the height of a line of it

Scale = Callable[[Decimal | int], float]


@dataclass(frozen=True)
class Amount:
    """What a bar shows that no document says: a count of our own, or a mark of the key; `printed` is what stands behind it."""

    low: Decimal | int | None
    high: Decimal | int | None
    qualifier: Qualifier
    printed: str


KEY = [
    Amount(22, 22, Qualifier.EXACT, "实条：写出的数"),
    Amount(10, 22, Qualifier.OVER, "多于：斜线到上限为止"),
    Amount(4, None, Qualifier.AT_LEAST, "不少于：箭头，没有上限"),
    Amount(None, 22, Qualifier.UNDER, "不到：只画斜线"),
    Amount(10, 22, Qualifier.RANGE, "区间：斜线在两数之间"),
    Amount(19, 19, Qualifier.ABOUT, "大约：末端锯齿"),
    Amount(19, 19, Qualifier.ROUNDED, "舍入：末端锯齿"),
]


def bar(shown: Figure | Amount, x: Scale, top: float) -> list[Element]:
    """A bar: solid up to its lower bound, then hatched to the upper one, or an arrow where there is none."""
    zero, low, end = x(0), x(shown.low or 0), end_of_bar(shown, x)
    if shown.qualifier in (Qualifier.ABOUT, Qualifier.ROUNDED):
        return [toothed(zero, end, top)]
    certain = [shape("rect", x=zero, y=top, width=low - zero, height=BAR, fill=INK)] if low > zero else []
    if shown.high is None:
        return certain + arrow(low, top)
    return certain + (hatched(low, top, end - low, BAR) if end > low else [])


def end_of_bar(shown: Figure | Amount, x: Scale) -> float:
    """Where a bar ends, teeth left out."""
    low, high = shown.low or 0, shown.high
    if high is None:
        return x(low) + ARROW
    return max(x(high), x(low) + NARROWEST) if high > low else x(high)


def toothed(start: float, end: float, top: float) -> Element:
    """A bar that ends in teeth on both sides of its number."""
    edge = [max(start, end + TOOTH * (-1) ** tooth) for tooth in range(5)]
    teeth = [f"L{x:.2f} {top + BAR * tooth / 4:.2f}" for tooth, x in enumerate(edge)]
    return shape("path", d=f"M{start:.2f} {top:.2f}{''.join(teeth)}L{start:.2f} {top + BAR:.2f}Z", fill=INK)


def arrow(start: float, top: float) -> list[Element]:
    """A hatched arrow."""
    neck, middle = start + ARROW - 7, top + BAR / 2
    head = f"M{neck:.2f} {top - 2:.2f}L{start + ARROW:.2f} {middle:.2f}L{neck:.2f} {top + BAR + 2:.2f}Z"
    return [*hatched(start, top, neck - start, BAR), shape("path", d=head, fill=INK)]


def key_lines(key: list[Amount], left: float, top: float) -> tuple[list[Element], float]:
    """A key in as many lines as it needs, and where the last of them ends."""
    shapes, x, y = [], left, top
    for sample in key:
        width = SAMPLE + 4 + width_of(sample.printed, SMALL)
        if x > left and x + width > WIDTH:
            x, y = left, y + KEY_LINE
        shapes += bar(sample, lambda number, x=x: x + float(number), y)
        shapes.append(lettering([sample.printed], x + SAMPLE + 4, y + 9.3, SMALL, fill=GREY))
        x += width + 12
    return [shape("g", *shapes)], y + BAR + 2
