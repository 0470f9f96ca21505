"""The layout of the Word file: paper, typefaces, and room for numbers in the columns of its tables."""

import io

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt


@pytest.fixture
def report(word_file) -> Document:
    """The Word file of the published facts, opened."""
    return docx.Document(io.BytesIO(word_file))


def test_a_marked_figure_and_twelve_digits_find_room_in_a_line_of_the_annex(report):
    [annex] = [table for table in report.tables if table.cell(0, 1).text == "起止字位"]
    [figures] = [column for column in annex.columns if column.cells[0].text == "原文写作"]
    room = figures.width.pt - 2 * 4
    assert room > 10.5 * (
        len("人〔更〕") + (len("2343") + 1) / 2
    )  # a digit takes half an em, and a gap behind them less
    assert room > 10.5 * len("999999999999") / 2


def test_a_figure_stands_below_what_it_counts_where_a_line_has_no_room_for_both(report):
    cells = [cell.text for table in report.tables for cell in table.column_cells(2) if table.cell(0, 1).text == "情况"]
    numbers = [number for cell in cells for number in cell.split("\n")]
    assert {"征集意见建议", "30多条", "人物数 12位"} <= set(numbers)


def test_the_number_of_a_paragraph_has_a_line_for_itself(report):
    places = [table.columns[3] for table in report.tables if len(table.columns) > 3 and table.cell(0, 3).text == "出处"]
    assert {round(column.width.mm) for column in places} == {20}
    assert Mm(20).pt - 2 * 4 > 10.5 * (len("第段") + (len("5000") + 1) / 2)  # a gap on either side of the digits


def test_the_paper_is_a4_with_the_margins_of_the_standard(report):
    [section] = report.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "typeface", "size"),
    [
        ("Normal", None, 16),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Title", "方正小标宋简体", 34),
        ("TOC Heading", "方正小标宋简体", 22),
        ("Footer", "宋体", 14),
        ("表格文字", None, 10.5),
    ],
)
def test_a_style_has_the_typeface_and_size_of_the_standard(report, style, typeface, size):
    found = report.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")) if fonts is not None else None) == typeface
    assert found.font.size == (size and Pt(size))
    assert not found.font.bold


def test_the_text_is_in_fangsong_and_chinese_where_no_style_says_otherwise(report):
    defaults = report.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"
    assert report.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)
