"""The layout of the Word file: paper, typefaces, and room for numbers in the columns of its tables."""

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt


@pytest.fixture
def report(word_file) -> Document:
    """The Word file of the published facts, opened."""
    return docx.Document(io.BytesIO(word_file))


def test_the_paper_is_a4_with_the_margins_and_the_lines_of_the_standard(report):
    [section] = report.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 35, 28, 26]
    assert report.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)


@pytest.mark.parametrize(
    ("style", "typeface", "size"),
    [
        ("Normal", None, 16),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Title", "方正小标宋简体", 34),
        ("Footer", "宋体", 14),
        ("表格文字", None, 10.5),
    ],
)
def test_a_style_has_the_typeface_and_size_of_the_standard_and_fangsong_where_it_says_nothing(
    report, style, typeface, size
):
    found = report.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")) if fonts is not None else None) == typeface
    assert found.font.size == (size and Pt(size))
    assert not found.font.bold
    defaults = report.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
