"""The elements of a Word file as text: runs, fields, bookmarks, tables with heads that repeat, pictures."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from xinyi_sat.facts.invisible import printable
from xinyi_sat.report.word.picture import Picture

POINTS = 12700  # of a length of DrawingML, in a point


class Xml(str):
    """Text that is WordprocessingML already; any other text is words, whatever signs are in it."""

    __slots__ = ()


def escaped(words: object) -> str:
    """Words as XML has them, in text or as a value."""
    return escape(printable(str(words)), {'"': "&quot;", "\n": "&#10;"})


def element(tag: str, *children: Xml, **values: object) -> Xml:
    """An element of WordprocessingML with its values and children."""
    attributes = "".join(f' w:{name}="{escaped(value)}"' for name, value in values.items())
    return Xml(f"<w:{tag}{attributes}>{''.join(children)}</w:{tag}>" if children else f"<w:{tag}{attributes}/>")


def run(words: str, style: str = "") -> Xml:
    """Words in a line, a break for each line break in them."""
    lines = printable(words).splitlines() or [""]
    texts = Xml("<w:br/>").join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return element("r", *([element("rPr", element("rStyle", val=style))] if style else []), Xml(texts))


def paragraph(style: str, *parts: Xml | str) -> Xml:
    """A paragraph of a style, of words and other parts."""
    runs = [part if isinstance(part, Xml) else run(part) for part in parts]
    return Xml(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>')


def field(instruction: str, *shown: Xml) -> Xml:
    """A field that the office program works out, and what it shows until then."""
    return element("fldSimple", *shown, instr=instruction)


def field_over(instruction: str, paragraphs: list[Xml]) -> list[Xml]:
    """The paragraphs as a field that the office program works out anew when it is asked to."""
    words = Xml(f'<w:instrText xml:space="preserve">{escape(instruction)}</w:instrText>')
    begin = "".join(element("r", part) for part in (mark_of_field("begin"), words, mark_of_field("separate")))
    first, *others = paragraphs
    opened = [Xml(first.replace("</w:pPr>", f"</w:pPr>{begin}", 1)), *others]
    last = opened.pop().removesuffix("</w:p>")
    return [*opened, Xml(f"{last}{element('r', mark_of_field('end'))}</w:p>")]


def mark_of_field(kind: str) -> Xml:
    """The begin, separator or end of a field that runs over paragraphs."""
    return element("fldChar", fldCharType=kind)


def bookmarked(number: int, *parts: Xml) -> list[Xml]:
    """Parts of a paragraph under a bookmark that the contents lead to."""
    start = element("bookmarkStart", id=number, name=f"_Toc{number}")
    return [start, *parts, element("bookmarkEnd", id=number)]


def entry(number: int, level: int, words: str) -> Xml:
    """A line of the contents: the heading under this number, leading to it, with its page."""
    page = field(f"PAGEREF _Toc{number} \\h", run(""))
    link = element("hyperlink", run(words), element("r", element("tab")), page, anchor=f"_Toc{number}")
    return paragraph(f"TOC{level}", link)


def table(heads: list[str], widths: list[float], rows: Iterable[list], caption: str) -> Iterator[Xml]:
    """A table, row by row, whose head stands again on every page; widths in millimetres, a cell is words, a list of them, or a run."""
    twips = [round(width * 1440 / 25.4) for width in widths]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in twips))
    yield Xml(f"<w:tbl>{table_properties(sum(twips), caption)}{grid}")
    places = [element("tcPr", element("tcW", w=width, type="dxa")) for width in twips]
    yield table_row(heads, places, "TableHead", element("tblHeader"))
    for row in rows:
        yield table_row(row, places, "TableText")
    yield Xml("</w:tbl>")


def table_properties(width: int, caption: str) -> Xml:
    """As wide as the columns, with a name for those who listen to it."""
    look = element("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    return element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=width, type="dxa"),
        element("tblLayout", type="fixed"),
        look,
        element("tblCaption", val=caption),
    )


def table_row(cells: list, places: list[Xml], style: str, *properties: Xml) -> Xml:
    """A row that no page break divides."""
    made = [element("trPr", element("cantSplit"), *properties)]
    for cell, place in zip(cells, places, strict=True):
        lines = cell if isinstance(cell, list) else [cell]
        made.append(element("tc", place, *(paragraph(style, line) for line in lines)))
    return element("tr", *made)


def picture_run(picture: Picture, number: int, relation: str) -> Xml:
    """A picture in a line, with what it shows in words for those who can't see it."""
    size = f'cx="{round(picture.width * POINTS)}" cy="{round(picture.height * POINTS)}"'
    named = f'id="{number}" name="图{number}" descr="{escaped(picture.words)}"'
    return Xml(
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {named}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
