"""Bars below each other over one scale, each with its label above, so that a phone has room for it, and its number behind."""

from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from xinyi_sat.facts.models import Figure
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.report.charts import svg
from xinyi_sat.report.charts.axis import axis_for
from xinyi_sat.report.charts.marks import BAR, KEY, Amount, Scale, bar, end_of_bar, key_lines
from xinyi_sat.report.charts.svg import LINE, WIDTH, backed, lettering, shape, width_of, wrapped

LEFT = 3  # where the scale begins
INDENT = 4  # of a label, from the line of 0
GAP = 8  # between a bar and its number, teeth included
ABOVE, BELOW = 4, 11  # around a bar


@dataclass(frozen=True)
class Row:
    """A bar, and the row of the table that has the same data."""

    name: str
    url: str
    cells: list[tuple[str, str]]  # heads and words
    shown: Figure | Amount
    names_document: bool = False  # where the paragraph alone would not say which document is meant

    @property
    def figure(self) -> Figure | None:
        """The recorded figure; None for a count of our own."""
        return self.shown if isinstance(self.shown, Figure) else None

    @property
    def label(self) -> str:
        """What stands above the bar: the name, and of a figure what it counts."""
        return "　".join([self.name, *(words for _, words in self.cells)]) if self.figure else self.name

    @property
    def largest(self) -> Decimal:
        return Decimal(self.shown.low if self.shown.high is None else self.shown.high)

    @property
    def printed_lines(self) -> list[str]:
        """The number as printed, in lines no wider than half the drawing."""
        return wrapped(self.shown.printed, WIDTH / 2)

    @property
    def longest_bar(self) -> float:
        """How long the bar may be, up to its largest number, for the printed one to have room behind it."""
        behind = end_of_bar(self.shown, lambda number: 0.0) + GAP + max(map(width_of, self.printed_lines))
        return WIDTH - LEFT - behind


def bars_over_scale(rows: list[Row], unit: str, key: list[Amount] | None = None) -> tuple[list[Element], float]:
    """The bars, their scale and a key, by default that of their marks; and the height of it all."""
    axis = axis_for([row.largest for row in rows], unit, min(row.longest_bar for row in rows))
    x = scale_for(rows, axis)
    shapes, y = [], 0.0
    for row in rows:
        drawn, y = bar_below(row, x, y)
        shapes += drawn
    shapes = [*axis_below(axis, x, y), *shapes]
    if key is None:
        present = {row.shown.qualifier for row in rows}
        key = [one for one in KEY if one.qualifier in present and present != {Qualifier.EXACT}]
    explained, bottom = key_lines(key, LEFT, y + LINE + 12) if key else ([], y + LINE + 6)
    return shapes + explained, bottom


def scale_for(rows: list[Row], axis: dict[Decimal, str]) -> Scale:
    """The longest scale with room for the number behind each bar, and for half of the last number under it."""
    end, words = list(axis.items())[-1]
    lengths = [row.longest_bar / float(row.largest / end) for row in rows if row.largest]
    length = min([WIDTH - LEFT - width_of(words, svg.SMALL) / 2, *lengths])
    return lambda number: LEFT + length * float(number / end)


def bar_below(row: Row, x: Scale, y: float) -> tuple[list[Element], float]:
    """A bar with its words below y, and where the next one begins."""
    label, number = wrapped(row.label, WIDTH - LEFT - INDENT), row.printed_lines
    top = y + LINE * len(label) + ABOVE
    above = backed(label, LEFT + INDENT, y + svg.SIZE, fill="#222")
    behind = backed(number, end_of_bar(row.shown, x) + GAP, top + BAR / 2 + svg.SIZE * 0.36)
    return [*above, *behind, *bar(row.shown, x, top)], top + max(BAR, LINE * len(number) - ABOVE) + BELOW


def axis_below(axis: dict[Decimal, str], x: Scale, y: float) -> list[Element]:
    """The scale at y, with a faint line up from each of its numbers."""
    up = "".join(f"M{x(number):.2f} 0V{y + 4:.2f}" for number in axis if number)
    base = f"M{LEFT} 0V{y:.2f}H{x(max(axis)):.2f}"
    drawn = [
        shape("path", d=up, stroke=svg.FAINT, stroke_width=0.6, fill="none"),
        shape("path", d=base, stroke=svg.BLACK, stroke_width=0.8, fill="none"),
    ]
    for number, words in axis.items():
        anchor = "middle" if number else "start"
        drawn.append(lettering([words], x(number), y + LINE, svg.SMALL, fill=svg.GREY, text_anchor=anchor))
    return drawn
