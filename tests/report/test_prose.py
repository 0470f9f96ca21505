"""Prose on pages and on paper: every number in it is a record's, and no sentence outlives the record it is about."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template import engines
from django.utils.timezone import localtime

from achievements.models import Proposal
from tests.changes import corrected, deleted
from tests.pdf import words_of_pdf
from tests.periods import again, new_document, new_period
from tests.report.office import words_of_docx
from tests.tasks import run_tasks
from xinyi_sat.facts.choices import FactState, Service
from xinyi_sat.facts.models import Period
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.publishing.making import publish
from xinyi_sat.report.references import LeftOut, MissingFigure, References
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section

pytestmark = pytest.mark.django_db

PROSE = settings.BASE_DIR / "templates" / "report" / "prose" / "2017-2021"


@pytest.fixture
def period() -> Period:
    return Period.objects.get(slug="2017-2021")


def paper(service: str, period: Period | None = None) -> str:
    """The prose of a service as it is printed."""
    found = period or Period.objects.get(slug="2017-2021")
    return prose_of(Section(Service(service), Scope(found)), printed=True)


def page(client: Any, service: str) -> str:
    """The prose of a service on its page, charts and lists left out."""
    return client.get(f"/services/{service}/").content.decode().split("<h2>")[0].split("<figure")[0]


@pytest.mark.parametrize("service", Service.values)
def test_no_number_of_the_prose_is_typed(service):
    typed = re.sub(r"{%.*?%}|四长", "", (PROSE / f"{service}.html").read_text(encoding="utf-8"))
    assert not re.search(r"[\d一二三四五六七八九十百千万两几数]+[^p一-龥]?[人名次个件条项期户家位种部处座]", typed)


@pytest.mark.parametrize("service", Service.values)
def test_every_number_and_name_of_the_prose_stands_in_a_sentence_that_can_be_left_out(service):
    outside = re.sub(r"{% sentence %}.*?{% endsentence %}", "", (PROSE / f"{service}.html").read_text(encoding="utf-8"))
    assert "{% figure" not in outside
    assert "{% fact" not in outside


def test_a_corrected_figure_is_in_the_prose_of_page_and_paper(client, lectures):
    corrected(lectures, participants="1024人")
    assert ">1024人</a>" in page(client, "literacy")
    assert ">1024人</a><sup>〔更〕</sup>" in paper("literacy")


def test_a_number_in_prose_leads_to_its_passage_on_a_page_and_to_the_annex_on_paper(client):
    assert 'href="/sources/xinyi-review-2021/#p16-131"' in page(client, "decisions")
    assert '<a class="number" href="#proposal/proposals-of-deputies/proposals">13件</a>' in paper("decisions")


def test_a_yearly_number_says_so_whatever_the_prose_says(lectures):
    corrected(lectures, basis="yearly")
    assert "参加的有<a" in paper("literacy")
    assert "1023人</a>（每年）。" in paper("literacy")


def test_a_figure_that_never_was_stops_the_printing_and_is_named(client, lectures, tmp_path):
    deleted(corrected(lectures, note="改后删去"))  # a change, or the report printed before would be taken for it
    with pytest.raises(MissingFigure, match="training/officials-science-lectures"):
        paper("literacy")
    shown = page(client, "literacy")
    assert "这里的文字暂不显示" in shown
    assert "training/officials-science-lectures" in shown
    publish.enqueue("2017-2021")
    run_tasks()
    report = client.get("/report.pdf")
    assert report.status_code == 503
    assert "training/officials-science-lectures" in report.content.decode()
    with pytest.raises(CommandError, match="training/officials-science-lectures"):
        call_command("export_report", output=tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        "training/officials-science-lectures/households",  # never had a number of these
        "training/officials-science-lectures/listeners",
        "training/never-was/sessions",
        "lecture/officials-science-lectures/sessions",
        "sessions",
        "",
    ],
)
def test_a_name_that_no_figure_ever_had_is_a_mistake_of_the_prose(period, name):
    with pytest.raises(MissingFigure, match=f"引用了“{name}”") as raised:
        References(Scope(period), Service.LITERACY).figure(name)
    assert not isinstance(raised.value, LeftOut)


def test_a_withdrawn_record_takes_its_sentence_away_and_readers_are_told(client, lectures):
    corrected(lectures, state=FactState.WITHDRAWN)
    year = f"{localtime(lectures.history.latest().history_date):%Y年}"
    for words in (paper("literacy"), page(client, "literacy")):
        assert "1023人" not in words
        assert "20000多人" in words  # the sentence before
        assert "6300户" in words
        told = re.sub("<.*?>", "", words)
        assert re.search(rf"〔此处略去一句：所引的“{lectures.title}”已于{year}\d+月\d+日撤回。〕", told)
    assert f'<a href="{lectures.get_absolute_url()}">' in page(client, "literacy")


def test_a_withdrawn_name_with_quotation_marks_is_quoted_with_single_ones_inside(client, lectures):
    corrected(lectures, title="“科普”讲座", state=FactState.WITHDRAWN)
    for words in (paper("literacy"), page(client, "literacy")):
        assert "所引的“‘科普’讲座”已于" in re.sub("<.*?>", "", words)


def test_pdf_and_word_are_made_with_a_record_withdrawn_and_say_so(period):
    corrected(Proposal.objects.get(slug="proposals-of-deputies"), state=FactState.WITHDRAWN)
    for ending in ("pdf", "docx"):
        content = FORMATS[ending].write(Scope(period, Service.DECISIONS), Site())
        words = words_of_pdf(content) if ending == "pdf" else words_of_docx(content)
        assert "〔此处略去一句：所引的“人大代表和政协委员的建议和提案”已于" in words
        assert "得到市政府认可" not in words


def test_a_record_brought_back_brings_its_sentence_back(lectures):
    before = paper("literacy")
    corrected(lectures, state=FactState.WITHDRAWN)
    corrected(lectures, state=FactState.CONFIRMED)
    assert paper("literacy") == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"service": Service.WORKERS}, "所引的“领导干部和公务员专题科学素质讲座”已改列到“为科技工作者服务”。"),
        (
            {"participants": None, "participants_start": None, "participants_end": None},
            "所引的“领导干部和公务员专题科学素质讲座”不再有“人数”这个数字。",
        ),
    ],
)
def test_a_sentence_whose_figure_was_moved_or_taken_away_is_left_out_with_the_reason(lectures, change, why):
    corrected(lectures, **change)
    assert f"〔此处略去一句：{why}〕" in paper("literacy")


def test_a_sentence_whose_record_was_moved_to_another_period_says_where_it_is(lectures):
    corrected(lectures, period=new_period("2016"), slug="lectures-of-2016")
    assert "讲座”已改列到2016年。〕" in paper("literacy")


def test_a_renamed_record_keeps_its_sentence(lectures):
    corrected(lectures, slug="science-lectures-for-officials")
    assert 'href="#training/science-lectures-for-officials/participants">1023人</a>' in paper("literacy")


def test_a_measure_that_a_withdrawn_record_never_had_is_still_a_mistake(period, lectures):
    corrected(lectures, state=FactState.WITHDRAWN)
    with pytest.raises(MissingFigure) as raised:
        References(Scope(period), Service.LITERACY).figure("training/officials-science-lectures/households")
    assert not isinstance(raised.value, LeftOut)


def test_what_a_sentence_takes_for_granted_is_asked_of_the_record():
    corrected(Proposal.objects.get(slug="village-theme-halls-proposal"), outcome="not_stated")
    assert "所引的“《关于建设乡村主题科普馆的建议》”的“结果”已经改动。〕" in paper("decisions")
    assert "13件" in paper("decisions")


def test_what_is_not_public_yet_is_not_named(lectures):
    draft = again(lectures, new_document(new_period("2030", state="draft")), title="还没有公布的讲座")
    prose = engines["django"].from_string(
        f'{{% load report %}}{{% sentence %}}{{% fact "training/{draft.slug}" %}}{{% endsentence %}}'
    )
    references = References(Scope(draft.period), Service.LITERACY)
    assert prose.render({"references": references, "printed": True}) == (
        '<span class="left-out">〔此处略去一句：所引的记录还没有公布。〕</span>'
    )


def test_a_period_that_nobody_wrote_of_says_how_much_is_recorded_and_what_matters_most(client, lectures):
    year = new_period("2030")
    again(lectures, new_document(year), participants="88人", is_headline=True)
    assert re.sub("<.*?>", "", paper("literacy", year)).strip() == (
        "本章收录记录1条，其中有数字的1条；条数由本站统计，不是原文的数字。"
        "标为重点的数字有：领导干部和公务员专题科学素质讲座人数88人。"
    )
    assert paper("decisions", year).strip() == ""
    assert "本章收录记录1条" in client.get("/services/literacy/?period=2030").content.decode()
