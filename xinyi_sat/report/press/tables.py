"""Long tables, set by WeasyPrint in half of its time.

Of a table that says that its rows look alike (`class="alike"`) most rows are copied, in any table cells of one line are set
and drawn like one that was, and a line below a row is drawn in one piece. What is not that simple is left to WeasyPrint, so
nothing here knows how a table looks, and it looks the same.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

import weasyprint.document
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.layout.block
from weasyprint.document import build_formatting_structure
from weasyprint.draw import draw_collapsed_borders
from weasyprint.formatting_structure.boxes import Box, TableBox

from xinyi_sat.report.press.cells import Cells, draw_words
from xinyi_sat.report.press.rows import put_copies, thinned


@contextmanager
def quick_tables(document: Element) -> Iterator[None]:
    """Let WeasyPrint set and draw the tables of a document quickly."""
    quick = (
        (weasyprint.document, "build_formatting_structure", partial(build, thinned(document))),
        (weasyprint.layout.block, "block_container_layout", Cells().set),
        (weasyprint.draw.text, "draw_first_line", draw_words),
        (weasyprint.draw, "draw_collapsed_borders", draw_borders),
    )
    with ExitStack() as stack:
        for module, name, function in quick:
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, function)
        yield


def build(copies: dict[Element, list[list[str]]], *args: Any) -> Box:
    """Build the boxes of a document of which rows were taken out, and put these rows back."""
    root = build_formatting_structure(*args)
    put_copies(root, copies)
    return root


def draw_borders(stream: Any, table: TableBox) -> None:
    """Draw the lines of a table; by columns, as WeasyPrint does, only where they differ from column to column."""
    vertical, horizontal = table.collapsed_border_grid
    has_upright = any(width for line in vertical for _, (_, width, _) in line)
    if table.column_widths and not has_upright and all(line.count(line[0]) == len(line) for line in horizontal):
        table = table.copy()
        table.column_positions, table.column_widths = [min(table.column_positions)], [sum(table.column_widths)]
        table.collapsed_border_grid = [line[:2] for line in vertical], [line[:1] for line in horizontal]
    draw_collapsed_borders(stream, table)
