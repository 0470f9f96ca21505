"""What every chart is: a title, a drawing, and the table of data that stands beside it."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure


@dataclass(frozen=True)
class Row:
    """A row: what it is of, cells of words under their heads, then a figure, if any, and where it was read."""

    name: str
    url: str
    cells: list[tuple[str, str]]
    figure: Figure | None = None
    names_document: bool = False  # whether the paragraph alone would not say which document is meant


class Chart(Protocol):
    """What pages, paper and Word ask of a chart of any sort."""

    sort: str  # bars, stacks or lines
    heads: tuple[str, ...]
    widths: tuple[int, ...]  # of the columns on paper, in millimetres; those of the type area are 156
    title: str
    note: str
    rows: list[Row]
    svg: SafeString
