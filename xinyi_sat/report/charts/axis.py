"""The scale of a chart: from 0, in at most five steps of 1, 2 or 5 times a power of ten."""

from decimal import Decimal
from itertools import count
from math import ceil

from xinyi_sat.report.charts.svg import SMALL, width_of

MOST_STEPS = 5
NUMBER_GAP = 8
LARGE_UNITS = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))


def axis_for(numbers: list[Decimal], unit: str, length: float) -> dict[Decimal, str]:
    """The numbers of the finest scale that holds some numbers, with the words under each, which stand apart on this length.

    Its steps are whole numbers if all the numbers are.
    """
    largest = max(numbers, default=Decimal(0)) or Decimal(1)
    finest = Decimal(0) if any(number % 1 for number in numbers) else Decimal(1)
    # 1, 2, 5, 10, 20 …, beginning a hundredfold below the largest number
    steps = (Decimal(digit).scaleb(power) for power in count(largest.adjusted() - 1) for digit in (1, 2, 5))
    axes = (axis_of(step, ceil(largest / step), unit) for step in steps if step >= finest)
    return next(axis for axis in axes if len(axis) == 2 or fits(axis, length))


def axis_of(step: Decimal, steps: int, unit: str) -> dict[Decimal, str]:
    """The numbers of a scale and their words, in 万 or 亿 where it is so long and every second step is a whole one of these."""
    large = ((size, name) for size, name in LARGE_UNITS if step * steps >= size and step * 2 % size == 0)
    size, name = next(large, (1, ""))
    numbers = (step * place for place in range(1, steps + 1))
    return {Decimal(0): "0"} | {number: f"{(number / size).normalize():f}{name}{unit}" for number in numbers}


def fits(axis: dict[Decimal, str], length: float) -> bool:
    """Whether the numbers of a scale are few, and stand apart on this length."""
    *_, last = axis.values()
    return len(axis) <= MOST_STEPS + 1 and width_of(last, SMALL) + NUMBER_GAP <= length / (len(axis) - 1)
