"""Where words about points stand: near them, and never over other words or a mark."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from xinyi_sat.report.charts.field import Field, Point, number_lines
from xinyi_sat.report.charts.marks import BAR, end_of_bar
from xinyi_sat.report.charts.svg import LINE, SIZE, SMALL, WIDTH, width_of, wrapped

DOT = 3.4  # the radius of the dot of a point
FEW = 8  # points, so few that a number may rather hide a piece of a line than be left out


@dataclass(frozen=True)
class Box:
    """What words or marks take of the drawing; words are never set over any of it."""

    lines: list[str]
    x: float  # its left end
    bottom: float
    wide: float
    tall: float

    @property
    def y(self) -> float:
        """The baseline of its first line."""
        return self.bottom - self.tall + SIZE

    def meets(self, other: Self) -> bool:
        """Whether two stand in each other's way."""
        beside = self.x + self.wide + 4 <= other.x or other.x + other.wide + 4 <= self.x
        return not beside and self.bottom - self.tall < other.bottom and other.bottom - other.tall < self.bottom


def number_labels(points: list[Point], joints: list[tuple[Point, Point]], field: Field) -> list[Box]:
    """Each number as printed, near its point; where all places there are taken it stands in the table only."""
    marks = [box for point in points for box in mark_boxes(point, field)]
    lines = [box for joint in joints for box in line_boxes(*joint, field)]
    placed: dict[Point, Box] = {}
    for avoided in [marks + lines, marks] if len(points) <= FEW else [marks + lines]:
        for point in points:
            if point not in placed and (box := free_place(point, [*avoided, *placed.values()], field)):
                placed[point] = box
    return list(placed.values())


def free_place(point: Point, taken: list[Box], field: Field) -> Box | None:
    """The best place for the number of a point that nothing stands on, if there is one."""
    return next((box for box in places_for(point, field) if not any(box.meets(other) for other in taken)), None)


def mark_boxes(point: Point, field: Field) -> list[Box]:
    """What the dot of a point takes, and what lies beyond it."""
    x, y = field.across(point), field.height(point)
    upper = field.base - end_of_bar(point.quantity, field.up)
    lower = field.base if point.quantity.low is None else y + DOT
    return [Box([], x - BAR / 2, max(lower, y + DOT), wide=BAR, tall=lower - min(upper, y - DOT))]


def line_boxes(before: Point, point: Point, field: Field) -> list[Box]:
    """What the line between two points takes, in small steps."""
    left, start, right, end = field.across(before), field.height(before), field.across(point), field.height(point)
    steps = [number / 24 for number in range(1, 24)]
    return [Box([], left + (right - left) * step, start + (end - start) * step, wide=1, tall=1) for step in steps]


def places_for(point: Point, field: Field) -> Iterator[Box]:
    """Where the number of a point may stand, the best place first."""
    lines, x = number_lines(point), field.across(point)
    made = Box(lines, 0, 0, wide=max(width_of(line) for line in lines), tall=LINE * len(lines))
    upper = min(field.height(point), field.base - end_of_bar(point.quantity, field.up)) - DOT - 3
    lower = field.height(point) + DOT + 1 + made.tall
    for bottom in (upper, lower):
        for left in (x - made.wide / 2, x - made.wide - 4, x + 4):
            if field.left <= left and left + made.wide <= WIDTH and bottom <= field.base - 3:
                yield replace(made, x=left, bottom=bottom)


def period_labels(points: list[Point], field: Field) -> list[Box]:
    """The periods under the scale, the last one in any case, the others where they find room."""
    placed: list[Box] = []
    for point in reversed(points):
        lines = wrapped(point.label, max(2 * field.side, 4 * SMALL), SMALL)
        wide, tall = max(width_of(line, SMALL) for line in lines), LINE * len(lines)
        box = Box(lines, field.across(point) - wide / 2, field.base + 3 + tall, wide, tall)
        placed += [] if any(box.meets(other) for other in placed) else [box]
    return placed
