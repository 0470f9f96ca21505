"""The key under a chart: what its marks mean, each drawn as it is in the chart; only those that occur."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from xml.etree.ElementTree import Element

from xinyi_sat.reading.quantity import Qualifier, Quantity
from xinyi_sat.report.charts.marks import BAR, Scale, bar, is_narrow
from xinyi_sat.report.charts.svg import GREY, SMALL, WIDTH, lettering, shape, width_of


@dataclass(frozen=True)
class Key:
    """An entry of a key: a mark, how wide it is, and its words."""

    words: str
    mark: Callable[[float, float], list[Element]]  # of its left end and its top
    wide: float = 22

    @property
    def width(self) -> float:
        """What the mark and its words take together."""
        return self.wide + 4 + width_of(self.words, SMALL)


def key_lines(keys: list[Key], top: float, left: float = 0) -> tuple[list[Element], float]:
    """A key in as many lines as it needs, and where the last of them ends."""
    shapes, x, y = [], left, top
    for key in keys:
        if x > left and x + key.width > WIDTH:
            x, y = left, y + 17
        shapes += [*key.mark(x, y), lettering([key.words], x + key.wide + 4, y + 9.3, SMALL, fill=GREY)]
        x += key.width + 12
    return [shape("g", *shapes)] if keys else [], y + BAR + 2 if keys else top


def keys_of(quantities: list[Quantity], x: Scale) -> list[Key]:
    """What the marks of these quantities mean on this scale; nothing where all numbers hold as they stand."""
    present = {manner(one, x) for one in quantities}
    drawn = [(one, words) for one, words in SAMPLES if manner(one, unit_scale(0)) in present]
    return [Key(words, partial(sample, one)) for one, words in drawn] if present != {EXACT} else []


def manner(quantity: Quantity, x: Scale) -> tuple[Qualifier, str]:
    """What makes one mark another: the qualifier, and how its upper bound is drawn."""
    bound = "open" if quantity.high is None else "near" if is_narrow(quantity, x) else "drawn"
    return quantity.qualifier, bound


def sample(quantity: Quantity, left: float, top: float) -> list[Element]:
    """The mark of a key."""
    return bar(quantity, unit_scale(left), top)


def unit_scale(left: float) -> Scale:
    """The scale of a key: a unit of the drawing for each that is counted."""
    return lambda value: left + float(value)


def meant(qualifier: Qualifier, low: int | None, high: int | None) -> Quantity:
    """A quantity for a key, which only its bounds matter of."""
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    return Quantity("", Decimal(0), *bounds, qualifier, "")


EXACT = (Qualifier.EXACT, "drawn")
SAMPLES = [
    (meant(Qualifier.EXACT, 22, 22), "实条：写出的数"),
    (meant(Qualifier.OVER, 10, 22), "多于：斜线到上限为止"),
    (meant(Qualifier.OVER, 14, 16), "多于：上限很近，只画尖头"),
    (meant(Qualifier.OVER, 4, None), "多于：箭头，没有写明上限"),
    (meant(Qualifier.AT_LEAST, 4, None), "不少于：箭头，没有上限"),
    (meant(Qualifier.UNDER, None, 22), "不到：只画斜线"),
    (meant(Qualifier.RANGE, 10, 22), "区间：斜线在两数之间"),
    (meant(Qualifier.RANGE, 14, 16), "区间：两数很近，只画尖头"),
    (meant(Qualifier.ABOUT, 19, 19), "大约：末端锯齿"),
    (meant(Qualifier.ROUNDED, 22, 22), "舍入：末端双线"),
]
