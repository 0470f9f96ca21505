"""How points in time are drawn: a scale upwards from 0, dots, lines between those that are joined."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.charts.field import Field, Point, field_for
from xinyi_sat.report.charts.key import Key, key_lines, keys_of
from xinyi_sat.report.charts.labels import DOT, number_labels, period_labels
from xinyi_sat.report.charts.marks import BAR, beyond
from xinyi_sat.report.charts.svg import (
    BLACK,
    FAINT,
    GREY,
    INK,
    SMALL,
    WIDTH,
    backed,
    hatched,
    lettering,
    plain,
    shape,
)

HOLLOW = {Qualifier.ABOUT, Qualifier.ROUNDED, Qualifier.UNDER}
UNDER_KEY = 22  # the slanted lines of a key, as long as those of bars


def trace(points: list[Point], unit: str) -> tuple[list[Element], float]:
    """The points over their periods, with scale and key; and the height of it all."""
    field = field_for(points, unit)
    periods = period_labels(points, field)
    keys, bottom = key_lines(keys_for(points, field), max(box.bottom for box in periods) + 10)
    below = [lettering(box.lines, box.x, box.y, SMALL, fill=GREY) for box in periods]
    return [*scale_of(field), *line_through(points, field), *below, *keys], bottom


def line_through(points: list[Point], field: Field) -> list[Element]:
    """The line, on it the numbers, and over them the marks."""
    counted = [point for point in points if point.quantity]
    joints = [(before, point) for before, point in pairwise(points) if point.is_joined]
    numbers = [part for box in number_labels(counted, joints, field) for part in backed(box.lines, box.x, box.y)]
    marks = [mark for point in counted for mark in marks_of(point, field)]
    return [*(joint(before, point, field) for before, point in joints), *numbers, *marks]


def scale_of(field: Field) -> Iterator[Element]:
    """The numbers of the scale, each with a faint line; that of 0 is plain."""
    for value, words in field.axis.ticks:
        y = field.base - field.up(value)
        stroke, wide = (FAINT, 0.6) if value else (BLACK, 0.8)
        yield shape("path", d=f"M{plain(field.left)} {plain(y)}H{WIDTH}", stroke=stroke, stroke_width=wide, fill="none")
        yield lettering([words], field.left - 5, y + SMALL * 0.36, SMALL, fill=GREY, text_anchor="end")


def joint(before: Point, point: Point, field: Field) -> Element:
    """The line from one point to the next."""
    ends = (field.across(before), field.height(before), field.across(point), field.height(point))
    return shape("path", d="M{} {}L{} {}".format(*map(plain, ends)), stroke=INK, stroke_width=1.6, fill="none")


def marks_of(point: Point, field: Field) -> list[Element]:
    """The dot of a number, and upwards from it what may lie beyond: what a bar has, turned."""
    x, y, quantity = field.across(point), field.height(point), point.quantity
    turned = f"translate({plain(x)} {field.base}) rotate(-90)"
    fill = "#fff" if quantity.qualifier in HOLLOW else INK
    dot = shape("circle", cx=x, cy=y, r=DOT, fill=fill, stroke=INK, stroke_width=1.4)
    return [shape("g", *beyond(quantity, field.up, -BAR / 2), transform=turned), dot]


def keys_for(points: list[Point], field: Field) -> list[Key]:
    """What the marks mean: those that bars have too, slanted lines up to a hollow dot, hollow dots, and gaps."""
    counted = [point.quantity for point in points if point.quantity]
    shared = [one for one in counted if one.qualifier not in HOLLOW]
    hollow = {one.qualifier for one in counted} & HOLLOW
    keys = [key for key in keys_of(shared, field.up) if not key.words.startswith("实条")]
    if Qualifier.UNDER in hollow:
        keys.append(Key("不到：斜线到空心点为止", below, UNDER_KEY + DOT))
    if hollow - {Qualifier.UNDER}:
        keys.append(Key("空心点：大约或舍入的数", hollow_dot, 2 * DOT))
    if any(not point.is_joined for point in points[1:]):
        keys.append(Key("线断开：其间没有可比的数字", gap))
    return keys


def hollow_dot(left: float, top: float) -> list[Element]:
    """The dot of a number that is not to be taken as it stands."""
    return [shape("circle", cx=left + DOT, cy=top + BAR / 2, r=DOT, fill="#fff", stroke=INK, stroke_width=1.4)]


def below(left: float, top: float) -> list[Element]:
    """Slanted lines that end at a number which is not reached."""
    return [*hatched(left, top, UNDER_KEY, BAR), *hollow_dot(left + UNDER_KEY - DOT, top)]


def gap(left: float, top: float) -> list[Element]:
    """A line with a piece missing."""
    y = plain(top + BAR / 2)
    return [shape("path", d=f"M{plain(left)} {y}h7m8 0h7", stroke=INK, stroke_width=1.6, fill="none")]
