"""Rows of a table that are alike but for their words: WeasyPrint builds one of them, and the others are copies."""

from itertools import chain, groupby
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import Box, TableBox, TableRowBox


def thinned(document: Element) -> dict[Element, list[list[str]]]:
    """Take rows out of a document that are like the one before them; for the second of each run, the texts of those taken.

    Only out of a table that says `class="alike"`: that its rows are set alike wherever they stand, one below the other, and
    that no style adds anything to what their cells say or counts them. The first may have another line above it, and the
    last another below it, so these stay.
    """
    copies = {}
    alike_tables = (table for table in document.iter("table") if "alike" in table.get("class", "").split())
    for body in chain.from_iterable(table.iter("tbody") for table in alike_tables):
        for shape, alike in groupby(list(body), shape_of):
            _, *rest = alike
            if shape and len(rest) > 2:
                second, *taken, _ = rest
                copies[second] = [[cell.text for cell in row] for row in taken]
                for row in taken:
                    body.remove(row)
    return copies


def shape_of(row: Element) -> tuple:
    """What a row is but for the words in its cells; empty where there is more in it than words, or the row has a name."""
    return () if row.attrib or not all(map(is_plain, row)) else tuple((cell.tag, *sorted(cell.items())) for cell in row)


def is_plain(cell: Element) -> bool:
    """Whether a cell has nothing but words, and no white space in them that is drawn otherwise than it is written."""
    return bool(cell.text) and not len(cell) and cell.text == " ".join(cell.text.split())


def put_copies(root: Box, copies: dict[Element, list[list[str]]]) -> None:
    """Put the rows that were taken out where they belong, between lines like those of the row they are like."""
    for table in (box for box in root.descendants() if isinstance(box, TableBox)):
        place = 0
        for group in table.children:
            rows = []
            for row in group.children:
                made = [with_texts(row, texts) for texts in copies.pop(row.element, ())]
                rows += [row, *made]
                for lines in getattr(table, "collapsed_border_grid", ()) if made else ():
                    lines[place:place] = [lines[place]] * len(made)
                place += 1 + len(made)
            group.children = rows
    if copies:
        raise RuntimeError("A table whose rows are not set one below the other says that they are alike.")


def with_texts(row: TableRowBox, texts: list[str]) -> TableRowBox:
    """A row like this one with other texts in its cells."""
    cells = []
    for cell, text in zip(row.children, texts, strict=True):
        [line] = cell.children
        [old] = line.children
        cells.append(own(cell, [own(line, [old.copy_with_text(text)])]))
    return own(row, cells)


def own(box: Box, children: list[Box]) -> Box:
    """A copy of a box with these children, which shares nothing that changes while it is set."""
    copy = box.copy_with_children(children)
    copy.remove_decoration_sides = set()
    return copy
