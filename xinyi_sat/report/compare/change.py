"""The difference of two printed numbers, no more exact than both were printed: of "200余" and "250" it is −50 to +50."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from xinyi_sat.facts.models import Figure
from xinyi_sat.reading.numerals import last_place, without_exponent
from xinyi_sat.reading.qualifiers import Qualifier

ABOUT_SHARE = Decimal("0.1")  # "约300" has no bounds: it is taken as 270 to 330, and the difference shown with 约
TENTH, WHOLE = Decimal("0.1"), Decimal(1)

Bounds = tuple[Decimal | None, Decimal | None]  # equal for an exact number, None where a side is open


@dataclass(frozen=True)
class Change:
    """The bounds of a difference, and of it in per cent: exact ones to a tenth, others to the whole numbers outside."""

    amount: Bounds
    percent: Bounds
    is_rough: bool  # where either number was printed with 约
    unit: str

    @property
    def amount_shown(self) -> str:
        return self.in_words(self.amount, self.unit) or "不能确定"

    @property
    def percent_shown(self) -> str:
        """The difference in per cent in words; empty where there is nothing to divide by."""
        return "不到 0.1%" if self.amount[0] and self.percent == (0, 0) else self.in_words(self.percent, "%")

    def in_words(self, bounds: Bounds, unit: str) -> str:
        """+158人, −50 至 +50人, 不少于 +20人; empty where both sides are open."""
        low, high = (None if bound is None else signed(bound) for bound in bounds)
        if low is None and high is None:
            return ""
        if low is None:
            words = f"不多于 {high}"
        elif high is None:
            words = f"不少于 {low}"
        else:
            words = low if low == high else f"{low} 至 {high}"
        return f"{'约 ' if self.is_rough else ''}{words}{unit}"


def change_between(before: Figure, after: Figure) -> Change:
    """The difference of two figures of one unit and one basis."""
    (lowest, highest), (low, high) = bounds_of(before), bounds_of(after)
    amount = (minus(low, highest), minus(high, lowest))
    percent = (percent_more(low, highest), percent_more(high, lowest))
    is_rough = Qualifier.ABOUT in (before.qualifier, after.qualifier)
    return Change(amount, rounded(percent), is_rough, after.unit)


def bounds_of(figure: Figure) -> Bounds:
    """What a printed number may mean; a rounded one half of its last place either way."""
    number = without_exponent(figure.number)
    if figure.qualifier == Qualifier.ABOUT:
        return number * (1 - ABOUT_SHARE), number * (1 + ABOUT_SHARE)
    if figure.qualifier == Qualifier.ROUNDED:
        return number - last_place(number) / 2, number + last_place(number) / 2
    low, high = (None if bound is None else without_exponent(bound) for bound in (figure.low, figure.high))
    return low, high


def minus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A difference; open where either number is."""
    return None if one is None or other is None else one - other


def percent_more(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """How many per cent one number is more than another; open where either is, or the other is 0."""
    return None if one is None or not other else (one - other) * 100 / other


def rounded(percent: Bounds) -> Bounds:
    """An exact percentage to a tenth, the bounds of any other to the whole numbers outside."""
    low, high = percent
    if low is not None and low == high:
        return (low.quantize(TENTH, ROUND_HALF_UP),) * 2
    return (
        None if low is None else low.quantize(WHOLE, ROUND_FLOOR),
        None if high is None else high.quantize(WHOLE, ROUND_CEILING),
    )


def signed(number: Decimal) -> str:
    """A number in plain digits with its sign; 0 has none."""
    plain = f"{abs(number).normalize():f}"
    return plain if not number else ("−" if number < 0 else "+") + plain
