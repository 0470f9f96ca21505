"""What the printed report holds: its charts, its corrections, its annex."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from tests.pdf import words_of_pdf
from tests.report.office import SITE, words_of_docx
from tests.report.scopes import review_scope
from tests.support import REASON, again, corrected, fact, new_document, save
from xinyi_sat.facts.choices import ChangeKind, Service
from xinyi_sat.report.chapters import printed_report
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import report_pdf
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.word.document import word_of

pytestmark = pytest.mark.django_db

LEFT_OUT = "本报告共有数字16个，逐个列出要占很多页，附表不列。全部数字见同一份报告的Excel工作簿（.xlsx）"


def literacy() -> Scope:
    return Scope(review_scope().period, Service.LITERACY)


def chapter(anchor: str) -> str:
    """A chapter of the printed report of a service."""
    return printed_report(literacy(), Site(SITE)).split(f'<h1 id="{anchor}">')[1].split("</section>")[0]


def test_everything_is_asked_before_the_report_is_written(queries_during_render):
    printed_report(review_scope(), Site(SITE))
    assert queries_during_render == []


def test_the_list_of_corrections_has_each_with_its_reason_those_of_withdrawn_records_too(lectures):
    corrected(lectures, participants="4300多名", title="科学素质" * 5)
    save(fact("new-farmer-training"), ChangeKind.WITHDRAWAL, "重复录入", state="withdrawn")
    corrected(fact("science-volunteers"), members="4201名")  # of another service
    listed = chapter("corrections")
    assert '人数：<span class="unbroken">1023人</span> → <span class="unbroken">4300多名</span>' in listed
    assert f" → {'科学素质' * 5}</p>" in listed
    assert re.findall("<td>(更正|撤回)</td>", listed) == ["更正", "撤回"]
    assert REASON in listed
    assert "重复录入" in listed
    assert "4201名" not in listed
    texts = docx.Document(io.BytesIO(word_of(literacy(), Site(SITE)))).element.body.iter(qn("w:t"))
    lines = [one.text for one in texts]
    assert lines[lines.index("→ 4300多名") - 1] == "人数：1023人"


def test_where_facts_come_of_two_documents_every_place_names_its_document():
    supplement = new_document(review_scope().period, title="补充说明", slug="supplement")
    again(fact("continuing-education"), supplement, slug="of-the-supplement", participants="7人")
    printed = printed_report(literacy(), Site(SITE))
    tables = re.findall(r'<(?:table|figure) class="([^"]+)">(.*?)</table>', printed, re.DOTALL)
    shown = {words.split()[0] for words, rows in tables if "《补充说明》" in rows}
    assert shown == {"facts", "bars", "annex"}
    assert all("of-several" in words.split() for words, _ in tables if words.split()[0] in shown)


@pytest.mark.slow
def test_an_annex_of_very_many_figures_names_the_workbook_and_every_link_still_leads_somewhere(monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.contents.MOST_FIGURES", 10)
    text = words_of_pdf(report_pdf(literacy(), Site(SITE)))  # the fixture `complaints` fails on a link to nowhere
    assert LEFT_OUT in text
    assert "原文写作" not in text
    assert LEFT_OUT in words_of_docx(word_of(literacy(), Site(SITE)))
