"""The empty Word file of the report: paper, margins, page numbers, styles, properties; all of it by GB/T 9704-2012."""

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.section import Section, _Footer
from docx.shared import Length, Mm

from xinyi_sat.report.archive import repacked
from xinyi_sat.report.imprint import ASSOCIATION, LANGUAGE, Imprint
from xinyi_sat.report.word_elements import element, field, paragraph, run

PARTS = Path(__file__).with_name("word_parts")
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
FOOTER = {"footer_distance": Mm(24.5), "header_distance": Mm(15)}
AMERICAN = ("/stylesWithEffects", "/customXml", "/numbering", "/thumbnail", "/theme", "/webSettings")


def empty_document(imprint: Imprint) -> Document:
    """A file without content, in our styles instead of those python-docx brings along."""
    document = docx.Document()
    document.styles.element[:] = parse_xml((PARTS / "styles.xml").read_bytes())[:]
    document.settings.element[:] = parse_xml((PARTS / "settings.xml").read_bytes())[:]
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, one in relations.items() if one.reltype.endswith(AMERICAN)]:
            del relations[name]
    set_properties(document, imprint)
    set_page(document.sections[0])
    return document


def content_of(document: Document) -> bytes:
    """The finished file; the same bytes for the same content."""
    whole = io.BytesIO()
    document.save(whole)
    ours = {
        "word/fontTable.xml": (PARTS / "fontTable.xml").read_bytes(),
        "docProps/app.xml": (PARTS / "app.xml").read_bytes(),
    }
    return repacked(whole.getvalue(), ours)


def set_properties(document: Document, imprint: Imprint) -> None:
    """What the file says of itself."""
    properties = document.core_properties
    properties.title = imprint.title
    properties.author = properties.last_modified_by = ASSOCIATION
    properties.subject = f"{imprint.years}的数字与记录，逐项注明出处"
    properties.comments = imprint.citation
    properties.language = LANGUAGE
    properties.created = properties.modified = imprint.created
    properties.revision = 1
    properties.keywords = ""


def set_page(section: Section) -> None:
    """A4, 22 lines of 28 characters, page numbers outside, none on the cover."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    set_lengths(section, MARGINS | FOOTER)
    grid = section._sectPr.find("{*}docGrid")
    section._sectPr.replace(grid, element("docGrid", type="lines", linePitch=579))
    section.different_first_page_header_footer = True
    set_page_number(section.footer, "right", rightChars=100, right=280)
    set_page_number(section.even_page_footer, "left", leftChars=100, left=280)


def set_lengths(section: Section, lengths: dict[str, Length]) -> None:
    """The margins and distances of a section."""
    for name, length in lengths.items():
        setattr(section, name, length)


def set_page_number(footer: _Footer, side: str, **indent: int) -> None:
    """— 1 — at one side, a character in."""
    footer.is_linked_to_previous = False
    made = paragraph("Footer", "— ", field("PAGE", run("1")), " —")
    made.pPr.extend([element("ind", **indent), element("jc", val=side)])
    footer._element[:] = [made]
