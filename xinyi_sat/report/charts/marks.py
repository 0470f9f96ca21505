"""What a number looks like for each way it can be meant: solid as far as it is certain, slanted lines where it may lie."""

from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element

from xinyi_sat.reading.quantity import Qualifier, Quantity
from xinyi_sat.report.charts.svg import INK, hatched, shape

BAR = 11  # the height of a bar
ARROW = 18  # what stands for "and more, nobody says how many": no length to be read off
TIP, NARROW = 6, 4  # what stands for an upper bound so near that slanted lines up to it could not be seen
RAGGED = 2.5  # how far the teeth of "about" reach to either side of the number

Scale = Callable[[Decimal], float]


def bar(quantity: Quantity, x: Scale, top: float) -> list[Element]:
    """The bar of a quantity: solid up to its lower bound, then what may lie beyond."""
    certain = [END_OF.get(quantity.qualifier, solid)(x(Decimal(0)), x(quantity.low), top)] if quantity.low else []
    return certain + beyond(quantity, x, top)


def beyond(quantity: Quantity, x: Scale, top: float) -> list[Element]:
    """Slanted lines from the lower bound to the upper one, a tip where that is too near, an arrow where there is none."""
    low, high = quantity.low or Decimal(0), quantity.high
    if high is None:
        return arrow(x(low), top)
    if is_narrow(quantity, x):
        return [tip(x(low), top)]
    return hatched(x(low), top, x(high) - x(low), BAR) if high > low else []


def end_of_bar(quantity: Quantity, x: Scale) -> float:
    """Where nothing of a bar is drawn any more."""
    if quantity.high is None:
        return x(quantity.low or Decimal(0)) + ARROW
    if is_narrow(quantity, x):
        return x(quantity.low) + TIP
    return x(quantity.high) + (RAGGED if quantity.qualifier == Qualifier.ABOUT else 0)


def is_narrow(quantity: Quantity, x: Scale) -> bool:
    """Whether both bounds are written but too near to each other to be seen apart."""
    low, high = quantity.low, quantity.high
    return low is not None and high is not None and high > low and x(high) - x(low) < NARROW


def largest_of(quantity: Quantity) -> Decimal:
    """The largest number that a scale must have for a quantity."""
    return quantity.low if quantity.high is None else quantity.high


def solid(start: float, end: float, top: float) -> Element:
    """A bar to a number that holds as it stands."""
    return shape("rect", x=start, y=top, width=end - start, height=BAR, fill=INK)


def ragged(start: float, end: float, top: float) -> Element:
    """A bar that ends in teeth about its number."""
    edge = [max(start, end + RAGGED * (-1) ** tooth) for tooth in range(5)]
    teeth = [f"L{x:.2f} {top + BAR * tooth / 4:.2f}" for tooth, x in enumerate(edge)]
    return shape("path", d=f"M{start:.2f} {top:.2f}{''.join(teeth)}L{start:.2f} {top + BAR:.2f}Z", fill=INK)


def doubled(start: float, end: float, top: float) -> Element:
    """A bar that ends in a double line, just at its number."""
    body, line = ((start, max(start, end - 4)), (max(start, end - 2), end))
    boxes = [f"M{left:.2f} {top:.2f}H{right:.2f}V{top + BAR:.2f}H{left:.2f}Z" for left, right in (body, line)]
    return shape("path", d="".join(boxes), fill=INK)


END_OF = {Qualifier.ABOUT: ragged, Qualifier.ROUNDED: doubled}


def arrow(start: float, top: float) -> list[Element]:
    """Slanted lines with a head: more, without a bound."""
    neck, middle = start + ARROW - 7, top + BAR / 2
    head = f"M{neck:.2f} {top - 2:.2f}L{start + ARROW:.2f} {middle:.2f}L{neck:.2f} {top + BAR + 2:.2f}Z"
    return [*hatched(start, top, neck - start, BAR), shape("path", d=head, fill=INK)]


def tip(start: float, top: float) -> Element:
    """An open tip: a little more."""
    edge = f"M{start:.2f} {top + 0.4:.2f}L{start + TIP:.2f} {top + BAR / 2:.2f}L{start:.2f} {top + BAR - 0.4:.2f}"
    return shape("path", d=edge, fill="#fff", stroke=INK, stroke_width=0.9)
