"""Cells of one line: WeasyPrint sets one of each kind, and draws each text once; the others are made after it."""

from dataclasses import dataclass, field
from typing import Any

from weasyprint.draw.text import draw_first_line
from weasyprint.formatting_structure.boxes import Box, LineBox, TableCellBox, TextBox
from weasyprint.layout.block import block_container_layout
from weasyprint.text.line_break import Layout, split_first_line


class Words(Layout):
    """A text in one line of many cells; once it was drawn, it need not be shaped again to be drawn elsewhere."""

    def __init__(self, shaped: Layout, width: float):
        vars(self).update(vars(shaped))
        self.width = width
        self.drawn: tuple[tuple, bytes] | None = None  # the font and its size, and the glyphs

    def reactivate(self, style: Any) -> None:
        """Be shaped again, to be drawn."""
        if not self.drawn:
            super().reactivate(style)

    def deactivate(self) -> None:
        """Be shaped no more."""
        if hasattr(self, "layout"):
            super().deactivate()


def draw_words(stream: Any, box: TextBox, text_overflow: str, ellipsis: Any, matrix: Any) -> list:
    """Draw a text, as it was drawn before where it was; the emojis in it, which WeasyPrint draws apart."""
    words = box.pango_layout if isinstance(box.pango_layout, Words) else None
    if words and words.drawn:
        font, glyphs = words.drawn
        stream.set_text_matrix(*matrix.values)
        stream.set_font_size(*font)
        stream.stream.append(glyphs)
        return []
    begun = len(stream.stream)
    emojis = draw_first_line(stream, box, text_overflow, ellipsis, matrix)
    drawn = stream.stream[begun:]  # where it stands, its font unless that is in use already, its glyphs
    if words and not emojis and 2 <= len(drawn) <= 3:
        words.drawn = stream._current_font, drawn[-1]
    return emojis


@dataclass(frozen=True)
class Sample:
    """A cell of one line as WeasyPrint set it, and the texts that were found to fit in such a line or not."""

    cell: TableCellBox
    line: LineBox
    text: TextBox
    answer: tuple  # what WeasyPrint says of a cell beside the cell
    fitting: dict[str, Words | None] = field(default_factory=dict)

    def like_it(self, cell: TableCellBox, text: str, context: Any) -> TableCellBox | None:
        """A cell of the same kind with a text; None where it doesn't fit in the line."""
        if text not in self.fitting:
            self.fitting[text] = self.fitted(text, context)
        words = self.fitting[text]
        if words is None:
            return None
        made, line, box = cell.copy(), self.line.copy(), self.text.copy()
        box.text, box.width, box.pango_layout = words.text, words.width, words
        line.children, line.width = [box], words.width
        made.children, made.height = [line], self.cell.height
        line.translate(cell.position_x - self.cell.position_x, cell.position_y - self.cell.position_y)
        return made

    def fitted(self, text: str, context: Any) -> Words | None:
        """A text as one line; None where it takes more room than the line has."""
        shaped, _, rest, width, height, baseline = split_first_line(text, self.text.style, context, self.cell.width, 0)
        is_as_high = (height, baseline + self.text.margin_top) == (self.text.height, self.text.baseline)
        return Words(shaped, width) if rest is None and is_as_high else None


class Cells:
    """The cells of a document; of each kind the first one that WeasyPrint set in one line is the sample."""

    def __init__(self):
        self.samples: dict[tuple, Sample] = {}

    def set(
        self, context: Any, box: Box, bottom_space: float, skip_stack: dict | None, *how: Any, **named: Any
    ) -> tuple:
        """Set a box in place of WeasyPrint, which does it itself unless it is a cell that fits on the page like a sample."""
        text = "" if skip_stack else text_of(box)
        kind = kind_of(box) if text else ()
        sample = self.samples.get(kind)
        if sample:
            cell = sample.like_it(box, text, context)
            if cell and not context.overflows_page(bottom_space, bottom_of(cell)):
                return cell, *sample.answer
        cell, *answer = block_container_layout(context, box, bottom_space, skip_stack, *how, **named)
        if text and not sample and cell and is_in_one_line(cell):
            [line] = cell.children
            self.samples[kind] = Sample(cell.copy(), line.copy(), line.children[0].copy(), tuple(answer))
        return cell, *answer


def text_of(box: Box) -> str:
    """The text of a cell that holds nothing else and is in one piece; empty for any other box.

    White space at its beginning, which WeasyPrint drops while it sets a line, is something else.
    """
    if not isinstance(box, TableCellBox) or [type(one) for one in box.children] != [LineBox]:
        return ""
    inside = box.children[0].children
    text = inside[0].text if [type(one) for one in inside] == [TextBox] else ""
    return text if text == text.lstrip() else ""


def kind_of(cell: TableCellBox) -> tuple:
    """What cells have in common that are set alike: a style, a width, and the lines around them."""
    around = (cell.border_top_width, cell.border_right_width, cell.border_bottom_width, cell.border_left_width)
    return id(cell.style), cell.width, *around


def is_in_one_line(cell: TableCellBox) -> bool:
    """Whether a cell was set in one line, from its left edge on, and not because the text fills the line."""
    if not text_of(cell):
        return False
    [text] = cell.children[0].children
    return text.position_x == cell.content_box_x() and text.width + 1 < cell.width


def bottom_of(cell: TableCellBox) -> float:
    """Where a cell of one line ends on its page."""
    [line] = cell.children
    return line.position_y + line.height + cell.padding_bottom + cell.border_bottom_width
