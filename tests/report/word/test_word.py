"""The Word file: the content of the printed report in styles, tables and fields that the office can go on with."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from tests.report.office import SITE, converted, correct_training, with_libreoffice, words_of_docx
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Fact, Figure
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.sections import all_sections
from xinyi_sat.report.word.document import word_of

pytestmark = pytest.mark.django_db


def made(service: Service | None = None) -> bytes:
    """The Word file of the review, or of a service of it."""
    return word_of(replace(review_scope(), service=service), Site(SITE))


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


@pytest.fixture
def report(word_file) -> Document:
    """The Word file of the published facts, opened."""
    return opened(word_file)


def headings(document: Document, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]


def instructions(part) -> list[str]:
    simple = [one.get(qn("w:instr")) for one in part.iter(qn("w:fldSimple"))]
    return simple + [one.text for one in part.iter(qn("w:instrText"))]


def test_the_chapters_are_the_five_services_between_summary_and_sources(report):
    services = [f"{number}、{one.label}" for number, one in zip("一二三四五", Service, strict=True)]
    assert headings(report, 1) == ["重点数字", *services, "附表　全部数字", "说明", "更正与修订", "出处", "版本说明"]
    assert headings(report, 2)[:4] == ["（一）奖项", "（二）宣传报道", "（三）活动", "（一）培训"]


def test_every_figure_and_every_fact_is_in_it(word_file):
    text = words_of_docx(word_file)
    assert [one.wording for one in Figure.objects.public() if one.wording not in text] == []
    assert [one.title for one in Fact.objects.public() if "".join(one.title.split()) not in text] == []
    assert "506户（每年）" in text


def test_a_corrected_figure_is_marked_wherever_it_stands_and_prose_follows_it(word_file):
    correct_training(participants="2343人", headline_rank=9)
    changed = made()
    text = words_of_docx(changed)
    assert text.count("2343人〔更〕") == text.count("2343人") - 1 == 4  # the list of corrections says it in words
    assert "是更改后的写法，可能与原文不同" in text
    assert "可能与原文不同" not in words_of_docx(word_file)
    [prose] = [one.text for one in opened(changed).paragraphs if "公共课培训办了" in one.text]
    assert "培训2343人" in prose
    assert "<" not in prose


def test_the_contents_are_a_field_with_every_chapter_and_its_page(report):
    entries = [one for one in report.paragraphs if one.style.name.startswith("toc ")]
    assert [one.text.strip() for one in entries if one.style.name == "toc 1"] == headings(report, 1)
    asked = instructions(report.element.body)
    assert r'TOC \o "1-2" \h \z \u' in asked
    marks = {one.get(qn("w:name")) for one in report.element.body.iter(qn("w:bookmarkStart"))}
    assert {one.split()[1] for one in asked if one.startswith("PAGEREF")} == marks
    assert len(marks) == len(entries)
    assert any("打开时 Word 问是否更新域，请选“是”" in one.text for one in report.paragraphs)
    assert report.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_every_table_is_named_fills_the_type_area_and_repeats_its_head_on_every_page(report):
    charts = [one for one in report.paragraphs if one.style.name == "图表标题"]
    assert len(report.tables) == len(headings(report, 2)) + len(charts)
    for table in report.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert sum(column.width for column in table.columns) == pytest.approx(Mm(156), abs=Mm(0.2))


def test_every_chart_is_a_sharp_picture_with_its_words_between_its_title_and_the_table_of_its_data(report):
    charts = [chart for section in all_sections(review_scope()) for chart in section.charts]
    titles = [one for one in report.paragraphs if one.style.name == "图表标题"]
    assert [one.text for one in titles[:-1]] == [f"{chart.title}（{chart.note}）" for chart in charts]
    assert titles[-1].text.startswith("各项服务的记录（单位：条；本站收录的记录数，由本站统计")
    for chart, title in zip(charts, titles, strict=False):
        numbers = [cell.text for cell in Table(title._p.getnext().getnext(), report).column_cells(2)]
        assert numbers == ["数字", *(figure.wording for figure in chart.figures)]
    for title, shape in zip(titles, report.inline_shapes, strict=True):
        place = Paragraph(title._p.getnext(), report)
        assert (place.style.name, place._p.getnext().tag) == ("图", qn("w:tbl"))
        description = shape._inline.docPr.get("descr")
        assert title.text in description
        assert not re.search("<|&", description)
        relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        with Image.open(io.BytesIO(report.part.related_parts[relation].blob)) as picture:
            assert picture.width == pytest.approx(shape.width.inches * 300, abs=2)
            assert picture.height / picture.width == pytest.approx(shape.height / shape.width, rel=0.01)
        assert shape.width <= Mm(114)


def test_page_numbers_stand_right_on_odd_pages_left_on_even_ones_and_not_on_the_cover(report):
    [section] = report.sections
    assert report.settings.odd_and_even_pages_header_footer
    assert section.different_first_page_header_footer
    assert not section.first_page_footer.paragraphs[0].text
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        [line] = footer.paragraphs
        assert instructions(line._p) == ["PAGE"]
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "".join(text.text for text in line._p.iter(qn("w:t"))) == "— 1 —"


def test_the_file_says_its_language_title_and_author(report):
    properties = report.core_properties
    assert properties.language == "zh-CN"
    assert properties.title == "新沂市科学技术协会工作回顾数据报告（2017—2021年）"
    assert properties.author == properties.last_modified_by == "新沂市科学技术协会"


def test_the_same_records_give_the_same_bytes(word_file):
    assert made() == word_file
    with zipfile.ZipFile(io.BytesIO(word_file)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_markup_line_breaks_and_signs_no_file_can_hold_are_no_obstacle():
    correct_training(title="<w:b/>&amp;", note="第一行\r\n第二行\x07")
    changed = made(Service.LITERACY)
    assert "<w:b/>&amp;" in words_of_docx(changed)
    assert any("：第一行\n第二行" in one.text for one in opened(changed).paragraphs)


@pytest.mark.slow
@with_libreoffice
def test_libreoffice_lays_it_out_with_page_numbers_and_all_figures(word_file, tmp_path: Path):
    path = tmp_path / "report.docx"
    path.write_bytes(word_file)
    shown = subprocess.run(["pdftotext", "-layout", converted(path, "pdf"), "-"], capture_output=True, check=True)
    cover, *pages = shown.stdout.decode().rstrip("\f").split("\f")
    assert "—" not in cover.strip().splitlines()[-1]
    for number, page in enumerate(pages, 2):
        last = page.rstrip().splitlines()[-1]
        assert last.replace(" ", "") == f"—{number}—"
        assert last.startswith(" " * 12) == bool(number % 2)  # a page of few words is laid out narrow
    text = "".join("".join(pages).split())
    assert [one.wording for one in Figure.objects.public() if one.wording not in text] == []
