"""The printed report by chapters: a chapter of very many facts is divided, and says what it can't show."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from outreach.models import Training
from tests.changes import corrected
from tests.periods import again, new_document
from tests.report.office import SITE, words_of_docx
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.report.chapters import PrintedReport
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.word.document import word_of

pytestmark = pytest.mark.django_db

UNDRAWN = "这里只画了数字最多的1组；另有2组没有画图，数字见下列各表。"


def literacy() -> Scope:
    return Scope(review_scope().period, Service.LITERACY)


def chapters() -> list[str]:
    return [
        one
        for one in PrintedReport(literacy(), Site(SITE)).printed()
        if "为提高全民科学素质服务" in one or "<h2" in one
    ]


def test_a_chapter_that_is_divided_has_its_prose_and_charts_once_at_its_beginning(monkeypatch):
    whole = chapters()[0]
    monkeypatch.setattr("xinyi_sat.report.chapters.ROWS", 5)
    first, *others = chapters()
    assert first.count("<svg") == whole.count("<svg") == 3
    assert "公共课培训办了<a" in first
    assert len(others) > 3
    assert not any("<svg" in one or "公共课培训办了<a" in one for one in others)


def test_of_many_charts_those_that_show_most_are_drawn_and_readers_are_told(client, monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.charts.choice.MOST_CHARTS", 1)
    page = client.get("/services/literacy/").content.decode()
    for words in (chapters()[0], page, words_of_docx(word_of(literacy(), Site(SITE)))):
        assert UNDRAWN in words
    assert page.count("<svg") == 1
    assert "条形图：以“名”计的数字" in page
    assert "可以画图比较的数字很多" not in client.get("/services/innovation/").content.decode()


def corrections() -> str:
    return list(PrintedReport(literacy(), Site(SITE)).printed())[-3]


def test_a_corrected_figure_stands_whole_in_a_line_of_the_list_of_corrections(lectures):
    corrected(lectures, participants="4300多名", title="科学素质" * 5)
    assert '人数：<span class="unbroken">1023人</span> → <span class="unbroken">4300多名</span>' in corrections()
    assert f" → {'科学素质' * 5}</p>" in corrections()
    texts = docx.Document(io.BytesIO(word_of(literacy(), Site(SITE)))).element.body.iter(qn("w:t"))
    lines = [one.text for one in texts]
    assert lines[lines.index("→ 4300多名") - 1] == "人数：1023人"


def test_where_facts_come_of_two_documents_every_place_names_its_document():
    period = review_scope().period
    supplement = new_document(period, title="补充说明", slug="supplement")
    again(Training.objects.get(slug="continuing-education"), supplement, slug="of-the-supplement", participants="7人")
    printed = "".join(PrintedReport(literacy(), Site(SITE)).printed())
    tables = re.findall(r'<(?:table|figure) class="([^"]+)">(.*?)</table>', printed, re.DOTALL)
    shown = {words.split()[0] for words, rows in tables if "《补充说明》" in rows}
    assert shown == {"facts", "bars", "annex"}
    assert all("of-several" in words.split() for words, _ in tables if words.split()[0] in shown)
