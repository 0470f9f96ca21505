"""The printed report: the same records on paper, readable by everyone, and fetched from nowhere."""

import io
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import page
import pikepdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from tests.pdf import PrintedPdf, complaints_of_printer
from tests.report.office import SITE
from tests.report.scopes import review_scope, small_year
from tests.support import REASON, corrected, fact
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Fact, Figure
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import print_html, report_pdf
from xinyi_sat.report.sections import all_sections

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MM = 72 / 25.4
UNKNOWN = "\U0010fffd"  # for private use, so no typeface has it
CONTENTS_LINE = re.compile(r"^\s*(\S.*?)\s*·{3,}\s*(\d+)$", re.MULTILINE)


def test_the_report_prints_every_figure_and_every_fact(printed_review):
    text = printed_review.text
    for one in Figure.objects.public():
        assert str(one) in text
    for one in Fact.objects.public():
        assert "".join(one.title.split()) in text
    for service in Service:
        assert service.label in text


@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_the_report_conforms_to_what_archives_and_screen_readers_need(printed_review, profile):
    assert failures_of(printed_review.content, profile) == []


def failures_of(pdf: bytes, profile: str) -> list[str]:
    """What a PDF fails of a standard."""
    verdict = page.validate_pdf_bytes(pdf, profile=profile)
    assert verdict.rules.total > 100
    # It takes a stream that happens to end in CR for one byte shorter; the next test looks at lengths itself.
    return [one.message for one in verdict.failures if one.rule_id != "PDFA2A-STREAM-LENGTH-001"]


def test_every_table_head_says_what_it_heads(printed_review):
    with pikepdf.open(io.BytesIO(printed_review.content)) as pdf:
        heads = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
        scopes = Counter(str(head.A.Scope) for head in heads)
    assert set(scopes) == {"/Column", "/Row"}
    assert scopes["/Row"] >= Figure.objects.public().count() + Fact.objects.public().count()


def figures_in(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The figures of the tag tree."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]


def test_every_chart_is_a_figure_that_says_what_it_shows(printed_review):
    charts = [chart for section in all_sections(review_scope()) for chart in section.charts]
    with pikepdf.open(io.BytesIO(printed_review.content)) as pdf:
        texts = [str(one.Alt) for one in figures_in(pdf)]
    assert texts == [
        *(f"条形图：{chart.title}（{chart.note}）" for chart in charts),
        "堆积条形图：各项服务的记录（单位：条；本站收录的记录数，由本站统计，不是原文的数字）",
    ]


def test_the_report_is_tagged_titled_and_in_chinese(printed_review):
    with pikepdf.open(io.BytesIO(printed_review.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert "工作回顾" in str(pdf.docinfo.Title)
        assert pdf.open_metadata().get("pdfuaid:part") == "1"


def test_the_bookmarks_are_the_chapters_and_their_sections(printed_review):
    chapters = [title for level, title, _ in printed_review.bookmarks if level == 1]
    services = [f"{number}、{one.label}" for number, one in zip("一二三四五", Service, strict=True)]
    last = ["附表　全部数字", "说明", "更正与修订", "出处", "版本说明"]
    assert chapters == ["目　　录", "重点数字", *services, *last]
    assert [title for level, title, _ in printed_review.bookmarks if level == 2][:3] == [
        "（一）奖项",
        "（二）宣传报道",
        "（三）活动",
    ]


def test_the_contents_name_the_page_of_every_chapter_and_section(printed_review):
    first, *others = [page for _, title, page in printed_review.bookmarks if title in ("目　　录", "重点数字")]
    command = ["pdftotext", "-layout", "-f", str(first), "-l", str(others[0] - 1), "-", "-"]
    read = subprocess.run(command, input=printed_review.content, capture_output=True, check=True).stdout.decode()
    lines = [("".join(title.split()), int(number)) for title, number in CONTENTS_LINE.findall(read)]
    marks = [("".join(title.split()), page) for _, title, page in printed_review.bookmarks]
    notes = marks.index(("说明", dict(marks)["说明"]))
    assert lines == [*marks[1 : notes + 1], *marks[-3:]]  # the sections of the notes are bookmarks only


def test_a_number_in_the_summary_leads_to_its_row_in_the_annex(printed_review):
    pages = {title: page for _, title, page in printed_review.bookmarks}
    with pikepdf.open(io.BytesIO(printed_review.content)) as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        links = [str(one.Dest) for one in pdf.pages[pages["重点数字"] - 1].Annots]
        led_to = {numbers[names[link][0].objgen] for link in links}
    assert len(links) > 5
    assert led_to <= set(range(pages["附表　全部数字"], pages["说明"]))


def test_every_typeface_is_embedded_and_none_is_a_fallback(printed_review):
    with pikepdf.open(io.BytesIO(printed_review.content)) as pdf:
        fonts = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        names = {str(font.FontName).split("+")[-1] for font in fonts}
        assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)
    assert names
    assert not any("DejaVu" in name for name in names)


@pytest.fixture(scope="module")
def printed_after_corrections(django_db_setup, django_db_blocker) -> PrintedPdf:
    """The report of a service after two trainings were corrected, one of them by somebody hostile."""
    with django_db_blocker.unblock(), transaction.atomic(), complaints_of_printer() as warnings:
        markup = '<img src="http://127.0.0.1:9/a.png">'
        corrected(fact("officials-science-lectures"), participants="1024人", title=markup, note=markup)
        corrected(fact("continuing-education"), participants="2343人", headline_rank=9)
        content = report_pdf(replace(review_scope(), service=Service.LITERACY), Site(SITE))
        transaction.set_rollback(True)
    return PrintedPdf(content, warnings)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The other process reads a copy of the database file.")
def test_another_process_writes_the_same_bytes(printed_review, tmp_path):
    (tmp_path / "copy.sqlite3").write_bytes(connection.connection.serialize())
    url = f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    env = os.environ | {"DATABASE_URL": url, "DATA_DIR": str(tmp_path), "PYTHONHASHSEED": "7"}
    command = [sys.executable, "manage.py", "export_report", "--site", SITE, "--output", tmp_path / "report.pdf"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)
    assert (tmp_path / "report.pdf").read_bytes() == printed_review.content
    assert printed_review.warnings == []


def test_a_correction_is_in_the_next_report(printed_review, printed_after_corrections):
    text = printed_after_corrections.text
    assert "人数：1023人→1024人" in text
    assert text.count("1023人") == 1
    assert REASON in text
    assert "公布以来更正与修订2次之后" in text
    assert "1024人" not in printed_review.text


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/a.png", "//127.0.0.1:9/a.png", "data:text/css,p{}"]
)
def test_a_report_fetches_nothing(complaints, address):
    print_html(f'<html lang="zh"><title>x</title><img src="{address}" alt=""><link rel="stylesheet" href="{address}">')
    assert len(complaints) == 2
    assert all("fetches nothing" in one or "Relative URI" in one for one in complaints)
    complaints.clear()


@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_a_report_with_corrected_figures_conforms_as_well(printed_after_corrections, profile):
    assert failures_of(printed_after_corrections.content, profile) == []


def test_the_command_names_a_character_of_a_record_that_no_typeface_has(tmp_path):
    small_year()
    corrected(fact("continuing-education", "2030"), note=f"备注{UNKNOWN}")
    with pytest.raises(CommandError, match=r"字体中没有.*U\+10FFFD"):
        call_command("export_report", period="2030", output=tmp_path / "report.pdf", verbosity=0)
    assert list(tmp_path.iterdir()) == []


def test_markup_in_a_record_is_printed_as_text(printed_after_corrections):
    assert '<imgsrc="http://127.0.0.1:9/a.png">' in printed_after_corrections.text
    assert printed_after_corrections.warnings == []


def test_a_corrected_figure_is_marked_in_summary_prose_table_and_annex(printed_review, printed_after_corrections):
    text = printed_after_corrections.text
    assert text.count("2343人〔更〕") == text.count("2343人") - 1 == 4  # the list of corrections says it in words
    assert "是更改后的写法，可能与原文不同" in text
    assert "可能与原文不同" not in printed_review.text
    assert printed_review.text.count("〔") == 2  # what the signs mean
