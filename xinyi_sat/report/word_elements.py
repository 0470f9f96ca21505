"""The elements of a Word file that python-docx has no word for: fields, bookmarks, tables with heads that repeat."""

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML knows no way to say them


def element(tag: str, *children: BaseOxmlElement, **values: object) -> BaseOxmlElement:
    """An element of WordprocessingML with its values and children."""
    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(words: str, style: str = "") -> BaseOxmlElement:
    """Words in a line, a break for each line break in them."""
    made = element("r", *([element("rPr", element("rStyle", val=style))] if style else []))
    for number, line in enumerate(UNPRINTABLE.sub("", words).splitlines() or [""]):
        if number:
            made.append(element("br"))
        text = element("t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        made.append(text)
    return made


def paragraph(style: str, *parts: BaseOxmlElement | str) -> BaseOxmlElement:
    """A paragraph of a style, of words and other parts."""
    made = element("p", element("pPr", element("pStyle", val=style)))
    made.extend(run(part) if isinstance(part, str) else part for part in parts)
    return made


def field(instruction: str, *shown: BaseOxmlElement) -> BaseOxmlElement:
    """A field that the office program works out, and what it shows until then."""
    return element("fldSimple", *shown, instr=instruction)


def field_over(instruction: str, paragraphs: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """The paragraphs as a field that the office program works out anew when it is asked to."""
    told = element("instrText")
    told.text = instruction
    for part in (mark_of_field("separate"), told, mark_of_field("begin")):
        paragraphs[0].pPr.addnext(element("r", part))
    paragraphs[-1].append(element("r", mark_of_field("end")))
    return paragraphs


def mark_of_field(kind: str) -> BaseOxmlElement:
    """The begin, separator or end of a field that runs over paragraphs."""
    return element("fldChar", fldCharType=kind)


def bookmarked(number: int, *parts: BaseOxmlElement) -> list[BaseOxmlElement]:
    """Parts of a paragraph under a bookmark that the contents lead to."""
    start = element("bookmarkStart", id=number, name=f"_Toc{number}")
    return [start, *parts, element("bookmarkEnd", id=number)]


def entry(number: int, level: int, words: str) -> BaseOxmlElement:
    """A line of the contents: the heading under this number, leading to it, with its page."""
    page = field(f"PAGEREF _Toc{number} \\h", run(""))
    link = element("hyperlink", run(words), element("r", element("tab")), page, anchor=f"_Toc{number}")
    return paragraph(f"TOC{level}", link)


def table(heads: list[str], widths: list[int], rows: list[list], caption: str) -> BaseOxmlElement:
    """A table whose head stands again on every page, widths in millimetres; a cell is words, a list of them, or a run."""
    twips = [round(width * 1440 / 25.4) for width in widths]
    made = element("tbl", table_properties(sum(twips), caption))
    made.append(element("tblGrid", *(element("gridCol", w=width) for width in twips)))
    made.append(table_row(heads, twips, "TableHead", element("tblHeader")))
    for row in rows:
        made.append(table_row(row, twips, "TableText"))
    return made


def table_properties(width: int, caption: str) -> BaseOxmlElement:
    """As wide as the columns, with a name for those who listen to it."""
    look = element("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    return element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        look,
        element("tblCaption", val=UNPRINTABLE.sub("", caption)),
    )


def table_row(cells: list, widths: list[int], style: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A row that no page break divides."""
    made = element("tr", element("trPr", element("cantSplit"), *properties))
    for cell, width in zip(cells, widths, strict=True):
        lines = cell if isinstance(cell, list) else [cell]
        place = element("tcPr", element("tcW", w=width, type="dxa"))
        made.append(element("tc", place, *(paragraph(style, line) for line in lines)))
    return made
