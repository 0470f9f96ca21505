"""Strips over one scale: each with its words above the bar, so that a phone has room for them, and its number behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from xinyi_sat.report.charts.axis import Axis
from xinyi_sat.report.charts.key import Key, key_lines
from xinyi_sat.report.charts.marks import BAR, Scale
from xinyi_sat.report.charts.svg import (
    BLACK,
    FAINT,
    GREY,
    LINE,
    SIZE,
    SMALL,
    WIDTH,
    backed,
    lettering,
    shape,
    width_of,
    wrapped,
)

LEFT = 3  # where the scale begins
INSET = 4  # between the line of 0 and the words above a bar
GAP = 6  # between a bar and its number
ABOVE, BELOW = 4, 11  # around a bar
NUMBER_ROOM = WIDTH / 2  # what the words of a number may take before they are broken


@dataclass(frozen=True)
class Strip:
    """One bar: what it is of, how far it reaches, how it is drawn, and its number in words."""

    label: str
    value: str
    largest: Decimal
    draw: Callable[[Scale, float], list[Element]]  # of the scale and the top of the bar
    end: Callable[[Scale], float]

    @property
    def label_lines(self) -> list[str]:
        return wrapped(self.label, WIDTH - LEFT - INSET)

    @property
    def value_lines(self) -> list[str]:
        return wrapped(self.value, NUMBER_ROOM)

    @property
    def value_width(self) -> float:
        return max(width_of(line) for line in self.value_lines)


def panel(strips: list[Strip], unit: str, keys_on: Callable[[Scale], list[Key]]) -> tuple[list[Element], float]:
    """The strips, the scale under them and the key; and the height of it all."""
    axis = Axis.over([one.largest for one in strips], unit, length_for(strips))
    scale = scale_of(strips, axis)
    bars, y = [], 0.0
    for strip in strips:
        drawn, y = strip_at(strip, scale, y)
        bars += drawn
    grid = axis_under(axis, scale, y)
    keys = keys_on(scale)
    key, bottom = key_lines(keys, y + LINE + 12, LEFT)
    return grid + bars + key, bottom if keys else y + LINE + 6


def length_for(strips: list[Strip]) -> float:
    """The length that a scale has in any case: what the widest number and the longest arrow leave."""
    beyond = [one.end(lambda value: 0.0) + one.value_width for one in strips]
    return WIDTH - LEFT - GAP - max(beyond)


def scale_of(strips: list[Strip], axis: Axis) -> Scale:
    """The longest scale on which every number finds room behind its bar, and the last of the axis under it."""
    last = width_of(axis.ticks[-1][1], SMALL) / 2
    lengths = [WIDTH - LEFT - last]
    for strip in strips:
        beyond = strip.end(lambda value: 0.0) + GAP + strip.value_width
        share = float(strip.largest / axis.end)
        lengths += [(WIDTH - LEFT - beyond) / share] if share else []
    length = min(lengths)
    return lambda value: LEFT + length * float(value / axis.end)


def strip_at(strip: Strip, scale: Scale, y: float) -> tuple[list[Element], float]:
    """A strip below y, and where the next one begins."""
    label, value = strip.label_lines, strip.value_lines
    top = y + LINE * len(label) + ABOVE
    baseline = top + BAR / 2 + SIZE * 0.36
    words = backed(label, LEFT + INSET, y + SIZE, fill="#222") + backed(value, strip.end(scale) + GAP, baseline)
    return words + strip.draw(scale, top), top + max(BAR, LINE * len(value) - ABOVE) + BELOW


def axis_under(axis: Axis, scale: Scale, y: float) -> list[Element]:
    """The scale below the strips, with a faint line up from each of its numbers."""
    lines = [
        shape("path", d=f"M{scale(value):.2f} 0V{y + 4:.2f}", stroke=FAINT, stroke_width=0.6, fill="none")
        for value, _ in axis.ticks[1:]
    ]
    base = f"M{LEFT} 0V{y:.2f}H{scale(axis.end):.2f}"
    numbers = [
        lettering([words], scale(value), y + LINE, SMALL, fill=GREY, text_anchor="middle")
        for value, words in axis.ticks[1:]
    ]
    zero = lettering(["0"], LEFT, y + LINE, SMALL, fill=GREY)
    return [*lines, shape("path", d=base, stroke=BLACK, stroke_width=0.8, fill="none"), zero, *numbers]
