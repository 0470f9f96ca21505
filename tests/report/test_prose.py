"""Prose on pages and on paper: every number in it is a record's, and no sentence outlives the record it is about."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template import engines

from outreach.models import Training
from tests.report.office import words_of_docx
from tests.report.scopes import review_scope
from tests.support import again, corrected, new_document, new_period, save
from xinyi_sat.facts.choices import ChangeKind, FactState, Service
from xinyi_sat.facts.models import Period
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.references import MissingFigureError, References
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import section_of
from xinyi_sat.report.word.document import word_of

pytestmark = pytest.mark.django_db

PROSE = settings.BASE_DIR / "templates" / "report" / "prose" / "2017-2021"
LECTURES = "training/officials-science-lectures"


def paper(service: str, period: Period | None = None) -> str:
    """The prose of a service as it is printed."""
    scope = Scope(period) if period else review_scope()
    return prose_of(section_of(scope, Service(service)), printed=True)


def page(client: Any, service: str) -> str:
    """The prose of a service on its page, charts and lists left out."""
    return client.get(f"/services/{service}/").content.decode().split("<h2>")[0].split("<figure")[0]


def references() -> References:
    """What the prose of a service may refer to."""
    return References(section_of(review_scope(), Service.LITERACY))


def withdraw(record: Training) -> Training:
    return save(record, ChangeKind.WITHDRAWAL, "原文已更正", state=FactState.WITHDRAWN)


@pytest.mark.parametrize("service", Service.values)
def test_no_number_of_the_prose_is_typed_and_each_stands_in_a_sentence_that_can_be_left_out(service):
    source = (PROSE / f"{service}.html").read_text(encoding="utf-8")
    typed = re.sub(r"{%.*?%}|四长", "", source)
    assert not re.search(r"[\d一二三四五六七八九十百千万两几数]+[^p一-龥]?[人名次个件条项期户家位种部处座]", typed)
    outside = re.sub(r"{% sentence %}.*?{% endsentence %}", "", source)
    assert "{% figure" not in outside
    assert "{% fact" not in outside


def test_a_corrected_figure_is_in_the_prose_of_page_and_paper(client, lectures):
    corrected(lectures, participants="1024人")
    assert ">1024人</a>" in page(client, "literacy")
    assert ">1024人</a><sup>〔更〕</sup>" in paper("literacy")


def test_a_number_in_prose_leads_to_its_passage_on_a_page_and_to_the_annex_on_paper(client):
    assert 'href="/sources/xinyi-review-2021/#p16-131"' in page(client, "decisions")
    assert '<a class="number" href="#proposal/proposals-of-deputies/proposals">13件</a>' in paper("decisions")


def test_a_figure_that_never_was_stops_the_printing_and_is_named(client, settings, tmp_path):
    prose = tmp_path / "report" / "prose" / "2017-2021" / "literacy.html"
    prose.parent.mkdir(parents=True)
    prose.write_text('{% load report %}{% sentence %}{% figure "training/never-was/sessions" %}{% endsentence %}')
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    with pytest.raises(MissingFigureError, match="2017—2021年的文字引用了“training/never-was/sessions”，记录中没有。"):
        paper("literacy")
    assert re.search("这里的文字暂不显示：.*training/never-was/sessions", page(client, "literacy"))
    with pytest.raises(CommandError, match="training/never-was/sessions"):
        call_command("export_report", output=tmp_path / "report.docx", service="literacy")
    assert not (tmp_path / "report.docx").exists()


def test_a_withdrawn_record_takes_its_sentence_away_and_readers_are_told(client, lectures):
    before = paper("literacy")
    withdraw(lectures)
    for words in (paper("literacy"), page(client, "literacy")):
        assert "1023人" not in words
        assert "20000多人" in words  # the sentence before
        assert "6300户" in words
        assert f"〔此处略去一句：所引的“{lectures.title}”已撤回或改动。〕" in re.sub("<.*?>", "", words)
    assert f'<a href="{lectures.get_absolute_url()}">' in page(client, "literacy")
    words = words_of_docx(word_of(replace(review_scope(), service=Service.LITERACY), Site()))
    assert f"〔此处略去一句：所引的“{lectures.title}”已撤回或改动。〕" in words
    corrected(lectures, state=FactState.CONFIRMED)
    assert paper("literacy") == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service": Service.WORKERS}, "讲座”已撤回或改动。〕"),
        ({"participants": None}, "讲座”已撤回或改动。〕"),
        ({"title": "“科普”讲座", "state": FactState.WITHDRAWN}, "“‘科普’讲座”已撤回或改动。〕"),
        ({"slug": "lectures-of-2016", "period": "2016"}, "讲座”已撤回或改动。〕"),
    ],
)
def test_a_sentence_whose_figure_was_moved_or_taken_away_is_left_out_and_names_the_record(lectures, change, words):
    period = {"period": new_period(change["period"])} if "period" in change else {}
    corrected(lectures, **change | period)
    assert re.search(f"〔此处略去一句：所引的.*{words}", paper("literacy"))


def test_what_is_not_public_yet_is_not_named(lectures):
    draft = again(lectures, new_document(new_period("2030", state="draft")), title="还没有公布的讲座")
    prose = engines["django"].from_string(
        f'{{% load report %}}{{% sentence %}}{{% fact "training/{draft.slug}" %}}{{% endsentence %}}'
    )
    context = {"references": References(section_of(Scope(draft.period), Service.LITERACY)), "printed": True}
    assert prose.render(context) == '<span class="left-out">〔此处略去一句：所引的记录还没有公布。〕</span>'


def test_a_period_that_nobody_wrote_of_says_how_much_is_recorded_and_what_matters_most(client, lectures):
    year = new_period("2030")
    again(lectures, new_document(year), participants="88人", headline_rank=3)
    assert re.sub("<.*?>", "", paper("literacy", year)).strip() == (
        "本章收录记录1条，其中有数字的1条；条数由本站统计，不是原文的数字。"
        "标为重点的数字有：领导干部和公务员专题科学素质讲座人数88人。"
    )
    assert paper("decisions", year).strip() == ""
    assert "本章收录记录1条" in client.get("/services/literacy/?period=2030").content.decode()


@pytest.mark.parametrize("service", Service)
def test_prose_of_a_service_leads_only_to_rows_that_are_printed(service):
    scope = Scope(review_scope().period, service)
    prose = prose_of(section_of(scope, service), printed=True)
    assert prose.count('class="number"') == prose.count('<a class="number" href="#') > 0
    assert {*re.findall('href="#(.*?)"', prose)} <= {figure.name for figure in scope.figures()}
