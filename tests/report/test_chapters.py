"""What the printed report holds: its charts, its corrections, its annex."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from outreach.models import Training
from tests.changes import corrected
from tests.pdf import words_of_pdf
from tests.periods import again, new_document
from tests.report.office import SITE, words_of_docx
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.report.chapters import printed_report
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import report_pdf
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.word.document import word_of

pytestmark = pytest.mark.django_db

UNDRAWN = "这里只画了数字最多的1组；另有2组没有画图，数字见下列各表。"
LEFT_OUT = "本报告共有数字16个，逐个列出要占很多页，附表不列。全部数字见同一份报告的Excel工作簿（.xlsx）"


def literacy() -> Scope:
    return Scope(review_scope().period, Service.LITERACY)


def chapter(anchor: str) -> str:
    """A chapter of the printed report of a service."""
    return printed_report(literacy(), Site(SITE)).split(f'<h1 id="{anchor}">')[1].split("</section>")[0]


def test_of_many_charts_those_that_show_most_are_drawn_and_readers_are_told(client, monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.charts.choice.MOST_CHARTS", 1)
    page = client.get("/services/literacy/").content.decode()
    for words in (chapter("literacy"), page, words_of_docx(word_of(literacy(), Site(SITE)))):
        assert UNDRAWN in words
    assert page.count("<svg") == 1
    assert "条形图：以“名”计的数字" in page
    assert "可以画图比较的数字很多" not in client.get("/services/innovation/").content.decode()


def test_a_corrected_figure_stands_whole_in_a_line_of_the_list_of_corrections(lectures):
    corrected(lectures, participants="4300多名", title="科学素质" * 5)
    listed = chapter("corrections")
    assert '人数：<span class="unbroken">1023人</span> → <span class="unbroken">4300多名</span>' in listed
    assert f" → {'科学素质' * 5}</p>" in listed
    texts = docx.Document(io.BytesIO(word_of(literacy(), Site(SITE)))).element.body.iter(qn("w:t"))
    lines = [one.text for one in texts]
    assert lines[lines.index("→ 4300多名") - 1] == "人数：1023人"


def test_where_facts_come_of_two_documents_every_place_names_its_document():
    period = review_scope().period
    supplement = new_document(period, title="补充说明", slug="supplement")
    again(Training.objects.get(slug="continuing-education"), supplement, slug="of-the-supplement", participants="7人")
    printed = printed_report(literacy(), Site(SITE))
    tables = re.findall(r'<(?:table|figure) class="([^"]+)">(.*?)</table>', printed, re.DOTALL)
    shown = {words.split()[0] for words, rows in tables if "《补充说明》" in rows}
    assert shown == {"facts", "bars", "annex"}
    assert all("of-several" in words.split() for words, _ in tables if words.split()[0] in shown)


def test_an_annex_of_many_figures_is_divided_into_tables_that_the_contents_name(monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.annex.PART_FIGURES", 8)
    printed = printed_report(literacy(), Site(SITE))
    heads = re.findall('<h2 id="(annex-.*?)">(.*?)</h2>', printed)
    assert [anchor for anchor, _ in heads] == ["annex-1", "annex-9"]
    assert heads[0][1].startswith("第1至8个数字（第")
    for anchor, heading in heads:
        assert f'<a href="#{anchor}">{heading}</a>' in printed


def test_an_annex_of_very_many_figures_names_the_workbook_and_every_link_still_leads_somewhere(monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.annex.MOST_FIGURES", 10)
    text = words_of_pdf(report_pdf(literacy(), Site(SITE)))  # the fixture `complaints` fails on a link to nowhere
    assert LEFT_OUT in text
    assert LEFT_OUT in words_of_docx(word_of(literacy(), Site(SITE)))
    assert "原文写作" not in text
