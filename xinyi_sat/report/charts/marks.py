"""How a quantity is drawn: solid as far as it is certain, hatched where it may lie; and the key to these marks."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

from xinyi_sat.reading.quantity import Qualifier, Quantity
from xinyi_sat.report.charts.svg import GREY, INK, SMALL, WIDTH, hatched, lettering, shape, width_of

BAR = 11  # the height of a bar
ARROW = 18  # the length of "no upper bound", whatever the number
NARROWEST = 4  # hatching between bounds that are nearer than this could not be seen
TOOTH = 2.5  # how far the teeth of "about" reach to either side of the number
SAMPLE, KEY_LINE = 22, 17  # the width of a mark of the key, and the height of a line of it

Scale = Callable[[Decimal], float]


def bar(quantity: Quantity, x: Scale, top: float) -> list[Element]:
    """The bar of a quantity: solid up to its lower bound, then hatched to the upper one, or an arrow where there is none."""
    zero, low, end = x(Decimal(0)), x(quantity.low or Decimal(0)), end_of_bar(quantity, x)
    if quantity.qualifier in (Qualifier.ABOUT, Qualifier.ROUNDED):
        return [toothed(zero, end, top)]
    certain = [shape("rect", x=zero, y=top, width=low - zero, height=BAR, fill=INK)] if low > zero else []
    if quantity.high is None:
        return certain + arrow(low, top)
    return certain + (hatched(low, top, end - low, BAR) if end > low else [])


def end_of_bar(quantity: Quantity, x: Scale) -> float:
    """Where a bar ends, teeth left out."""
    low, high = quantity.low or Decimal(0), quantity.high
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


def between(low: int | None, high: int | None, qualifier: Qualifier = Qualifier.RANGE) -> Quantity:
    """A quantity that nobody printed, for a count of our own or for a key."""
    low, high = (None if bound is None else Decimal(bound) for bound in (low, high))
    return Quantity("", low or Decimal(0), low, high, qualifier, "")


KEY = {
    Qualifier.EXACT: ((22, 22), "实条：写出的数"),
    Qualifier.OVER: ((10, 22), "多于：斜线到上限为止"),
    Qualifier.AT_LEAST: ((4, None), "不少于：箭头，没有上限"),
    Qualifier.UNDER: ((None, 22), "不到：只画斜线"),
    Qualifier.RANGE: ((10, 22), "区间：斜线在两数之间"),
    Qualifier.ABOUT: ((19, 19), "大约：末端锯齿"),
    Qualifier.ROUNDED: ((19, 19), "舍入：末端锯齿"),
}
KeyEntry = tuple[Quantity, str]


def key_to(quantities: Iterable[Quantity]) -> list[KeyEntry]:
    """The key to the marks of some quantities; none where all are meant as printed."""
    present = {one.qualifier for one in quantities}
    if present == {Qualifier.EXACT}:
        return []
    return [(between(*bounds, one), words) for one, (bounds, words) in KEY.items() if one in present]


def key_lines(key: list[KeyEntry], left: float, top: float) -> tuple[list[Element], float]:
    """A key in as many lines as it needs, and where the last of them ends."""
    shapes, x, y = [], left, top
    for quantity, words in key:
        width = SAMPLE + 4 + width_of(words, SMALL)
        if x > left and x + width > WIDTH:
            x, y = left, y + KEY_LINE
        shapes += bar(quantity, lambda number, x=x: x + float(number), y)
        shapes.append(lettering([words], x + SAMPLE + 4, y + 9.3, SMALL, fill=GREY))
        x += width + 12
    return [shape("g", *shapes)], y + BAR + 2
