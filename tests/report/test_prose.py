"""Prose on pages and on paper: every number in it is a record's."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from outreach.models import Training
from tests.changes import corrected
from xinyi_sat.facts.choices import FactState, Service
from xinyi_sat.facts.models import Period
from xinyi_sat.report.prose import MissingFigure, prose_of
from xinyi_sat.report.scope import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def period() -> Period:
    return Period.objects.get(slug="2017-2021")


@pytest.fixture
def lectures() -> Training:
    return Training.objects.get(slug="officials-science-lectures")


@pytest.mark.parametrize("service", Service.values)
def test_no_number_of_the_prose_is_typed(service):
    [source] = (settings.BASE_DIR / "templates" / "report" / "prose" / "2017-2021").glob(f"{service}.html")
    typed = re.sub(r"{%.*?%}|第六届|四长", "", source.read_text(encoding="utf-8"))
    assert not re.search(r"[\d一二三四五六七八九十百千万两几数]+[^p一-龥]?[人名次个件条项期户家位种部处座]", typed)


def test_a_corrected_figure_is_in_the_prose_of_page_and_paper(client, period, lectures):
    lectures.participants = "1024人"
    corrected(lectures)
    assert ">1024人</a>" in client.get("/services/literacy/").content.decode().split("<h2>")[0]
    assert ">1024人<sup>〔更〕</sup></a>" in prose_of(Scope(period), "literacy", printed=True)


def test_a_number_in_prose_leads_to_its_passage_on_a_page_and_to_the_annex_on_paper(client, period):
    page = client.get("/services/decisions/").content.decode().split("<h2>")[0]
    assert 'href="/sources/xinyi-review-2021/#p16-131"' in page
    paper = prose_of(Scope(period), "decisions", printed=True)
    assert '<a class="number" href="#proposal/proposals-of-deputies/proposals">13件</a>' in paper


def test_a_missing_figure_stops_the_printing_and_is_named(client, period, lectures, tmp_path):
    corrected(lectures, state=FactState.WITHDRAWN)
    with pytest.raises(MissingFigure, match="training/officials-science-lectures/sessions"):
        prose_of(Scope(period), "literacy", printed=True)
    page = client.get("/services/literacy/").content.decode()
    assert "这里的文字暂不显示" in page
    assert "training/officials-science-lectures/sessions" in page
    report = client.get("/report.pdf")
    assert report.status_code == 503
    assert "training/officials-science-lectures/sessions" in report.content.decode()
    with pytest.raises(CommandError, match="training/officials-science-lectures/sessions"):
        call_command("export_report", output=tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_period_that_nobody_wrote_of_has_no_prose(period):
    assert prose_of(Scope(Period(slug="2030", title="2030年")), "literacy", printed=True) == ""
