"""The field of a line chart: periods from left to right, numbers upwards from 0."""

from dataclasses import dataclass, replace
from math import inf

from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.charts.axis import Axis
from xinyi_sat.report.charts.marks import end_of_bar, largest_of
from xinyi_sat.report.charts.svg import LINE, SMALL, WIDTH, width_of, wrapped

TALL = 130  # the height of the scale
NUMBER_ROOM = 0.4 * WIDTH  # what the words of a number may take before they are broken


@dataclass(frozen=True)
class Point:
    """A period, where it stands between the first (0) and the last (1), and what was counted in it."""

    label: str
    when: float
    quantity: Quantity | None
    printed: str = ""  # the quantity as paper has it, with its mark
    is_joined: bool = False  # to the point before


@dataclass(frozen=True)
class Field:
    """Where a period and a value lie in the drawing."""

    axis: Axis
    top: float  # where the scale ends, with room above it for the number of the highest mark
    left: float
    side: float  # kept free on both sides, for words about the first and the last point

    @property
    def base(self) -> float:
        """Where 0 is."""
        return self.top + TALL

    def across(self, point: Point) -> float:
        """The way to a point from the left."""
        return self.left + self.side + point.when * (WIDTH - self.left - 2 * self.side)

    def up(self, value: object) -> float:
        """How high a value is above 0."""
        return TALL * float(value / self.axis.end)

    def height(self, point: Point) -> float:
        """The way to the number of a point from the top."""
        return self.base - self.up(point.quantity.number)


def field_for(points: list[Point], unit: str) -> Field:
    """Where the points will lie: as much room at the edges as their words and marks need."""
    counted = [point for point in points if point.quantity]
    axis = Axis.over([largest_of(one.quantity) for one in counted], unit, inf)
    left = max(width_of(words, SMALL) for _, words in axis.ticks) + 8
    widest = max(width_of(words, SMALL) for point in points for words in (point.label, point.printed))
    rough = Field(axis, 0, left, min(widest / 2 + 4, 44))
    above = max(end_of_bar(one.quantity, rough.up) + LINE * len(number_lines(one)) for one in counted) - TALL
    return replace(rough, top=max(above, 0) + 12)


def number_lines(point: Point) -> list[str]:
    """The number of a point as printed, in as many lines as it needs."""
    return wrapped(point.printed, NUMBER_ROOM)
