"""From one printed number to another: by how much, and no more exactly than both were printed.

Every number is taken for the span it may stand for, and so is their difference: of "200余" and "250" it lies between
−50 and +50. Only of two numbers that stand as printed is it one number. All of it is reckoned in decimals; what is rounded
is only shown so.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from xinyi_sat.reading.numerals import last_place
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.reading.quantity import Quantity

ROUGHLY = Decimal("0.1")  # "约300" says no bounds: it is taken to reach a tenth of it either way, and shown as 约
TENTH, WHOLE = Decimal("0.1"), Decimal(1)


@dataclass(frozen=True)
class Span:
    """The numbers between two bounds, the same where there is but one; None where a side is open."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low is not None and self.low == self.high

    def after(self, earlier: "Span") -> "Span":
        """How much more this is than another."""
        return Span(minus(self.low, earlier.high), minus(self.high, earlier.low))

    def percent_of(self, earlier: "Span") -> "Span":
        """How many per cent more this is than another; open where the other may be nothing."""
        return Span(percent(self.low, earlier.high), percent(self.high, earlier.low))

    def worded(self, unit: str) -> str:
        """In the reader's language, with signs: +158人, −50 至 +50人; nothing where both sides are open."""
        if self.is_exact:
            return signed(self.low) + unit
        if self.low is not None and self.high is not None:
            return f"{signed(self.low)} 至 {signed(self.high)}{unit}"
        if self.low is not None:
            return f"不少于 {signed(self.low)}{unit}"
        return f"不多于 {signed(self.high)}{unit}" if self.high is not None else ""


@dataclass(frozen=True)
class Change:
    """What became of a figure: the difference, and the difference in per cent as it is shown."""

    amount: Span
    percent: Span
    is_rough: bool
    unit: str

    @property
    def amount_shown(self) -> str:
        """By how much it grew or fell, as a reader sees it."""
        return self.roughly(self.amount.worded(self.unit)) or "不能确定"

    @property
    def percent_shown(self) -> str:
        """By how many per cent, as a reader sees it; empty where there is nothing to divide by."""
        if self.amount.low and self.percent.is_exact and not self.percent.low:
            return "不到 0.1%"
        return self.roughly(self.percent.worded("%"))

    def roughly(self, words: str) -> str:
        """The words, marked where a printed 约 stands behind them."""
        return f"约 {words}" if words and self.is_rough else words


def change_between(before: Quantity, after: Quantity) -> Change:
    """What became of a figure from one period to another; both of one unit and one basis."""
    earlier, later = span_of(before), span_of(after)
    is_rough = Qualifier.ABOUT in (before.qualifier, after.qualifier)
    return Change(later.after(earlier), shown_percent(later.percent_of(earlier)), is_rough, after.unit)


def span_of(quantity: Quantity) -> Span:
    """What a printed number may stand for; half a place either way where its last place was rounded."""
    give = {
        Qualifier.ABOUT: quantity.number * ROUGHLY,
        Qualifier.ROUNDED: last_place(quantity.number) / 2,
    }.get(quantity.qualifier)
    return Span(quantity.low, quantity.high) if give is None else Span(quantity.number - give, quantity.number + give)


def shown_percent(span: Span) -> Span:
    """An exact percentage to a tenth; of one between bounds the whole numbers around it."""
    if span.is_exact:
        rounded = span.low.quantize(TENTH, ROUND_HALF_UP)
        return Span(rounded, rounded)
    low = span.low if span.low is None else span.low.quantize(WHOLE, ROUND_FLOOR)
    return Span(low, span.high if span.high is None else span.high.quantize(WHOLE, ROUND_CEILING))


def minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A difference; open where either is."""
    return None if one is None or other is None else one - other


def percent(one: Decimal | None, of: Decimal | None) -> Decimal | None:
    """By how many per cent one number is more than another; open where either is or there is nothing to divide by."""
    return None if one is None or not of else (one - of) * 100 / of


def signed(number: Decimal) -> str:
    """A number in plain digits with its sign; nought has none."""
    plain = f"{abs(number).normalize():f}"
    return plain if not number else ("−" if number < 0 else "+") + plain
