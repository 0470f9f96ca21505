"""The scale of a chart: one unit, from 0, with round numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Self

from xinyi_sat.report.charts.svg import SMALL, width_of

MOST_STEPS = 5
BETWEEN = 8  # the least room between two numbers of a scale
LARGE = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))


@dataclass(frozen=True)
class Axis:
    """A scale of so many equal steps."""

    step: Decimal
    steps: int
    unit: str

    @classmethod
    def over(cls, values: Iterable[Decimal], unit: str, room: float) -> Self:
        """The finest scale with round steps that holds all values, and whose numbers find room side by side."""
        values = list(values)
        largest = max(values, default=Decimal(0)) or Decimal(1)
        finest = Decimal(1) if all(value == int(value) for value in values) else Decimal(0)
        scales = (cls(step, ceil(largest / step), unit) for step in round_steps(largest))
        return next(one for one in scales if one.steps == 1 or (one.step >= finest and one.fits(room)))

    @property
    def end(self) -> Decimal:
        """The last number of the scale."""
        return self.step * self.steps

    @property
    def ticks(self) -> list[tuple[Decimal, str]]:
        """The numbers of the scale and their words."""
        return [(self.step * number, self.words(self.step * number)) for number in range(self.steps + 1)]

    def words(self, value: Decimal) -> str:
        """A number of the scale with its unit; 0 needs none."""
        for size, name in LARGE:
            if value and self.end >= size and self.step * 2 % size == 0:
                return f"{whole(value / size)}{name}{self.unit}"
        return f"{whole(value)}{self.unit}" if value else "0"

    def fits(self, room: float) -> bool:
        """Whether the numbers are few, and stand apart on a scale so long."""
        return self.steps <= MOST_STEPS and width_of(self.words(self.end), SMALL) + BETWEEN <= room / self.steps


def round_steps(largest: Decimal) -> Iterator[Decimal]:
    """1, 2, 5, 10, 20 … of the size that a scale up to this number may need, the finest first."""
    power = largest.adjusted() - 1
    while True:
        yield from (Decimal(digit).scaleb(power) for digit in (1, 2, 5))
        power += 1


def whole(value: Decimal) -> str:
    """Plain digits without zeros at the end of a fraction."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
