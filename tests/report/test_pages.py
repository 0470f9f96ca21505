"""The home page, the pages of services, and what is counted."""

import re
from datetime import date

import pytest
from django.core.management import call_command

from outreach.models import Team
from tests.changes import corrected
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Period
from xinyi_sat.report.sections import Section

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_home_page_shows_headline_figures_and_the_five_services(client, only_selects):
    page = body(client.get("/"))
    for wording in ("5.36万人次", "20000多人", "10余家", "4200多名", "225名"):
        assert wording in page
    for service in Service:
        assert service.get_absolute_url() in page
        assert service.label in page
    assert "起止为推断" in page


def test_the_home_page_marks_a_yearly_figure(client):
    households = next(kind for kind in fact_kinds() if kind.kind() == "training").objects.get(
        slug="science-demonstration-households"
    )
    households.is_headline = True
    corrected(households)
    assert '506户</a><small class="basis">每年</small>' in body(client.get("/")).replace("\n", "").replace("  ", "")


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service_shows_all_its_facts_and_no_other(client, only_selects, service):
    page = body(client.get(service.get_absolute_url()))
    for kind in fact_kinds():
        for fact in kind.objects.with_source():
            assert (fact.get_absolute_url() in page) == (fact.service == service)


@pytest.fixture
def year(db) -> Period:
    """A year beside the review, with one fact of its own."""
    year = Period.objects.create(
        slug="2021", title="2021年", starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31), state="published"
    )
    fact = Team.objects.get(slug="science-volunteers")
    fact.pk, fact.period, fact.title = None, year, "当年的志愿者"
    fact._state.adding = True
    fact.save()
    return year


def test_a_year_beside_the_review_does_not_take_its_place(client, year):
    page = body(client.get("/"))
    assert "5.36万人次" in page
    assert '<a href="?period=2021">2021年</a>' in page


def test_a_period_of_which_nothing_is_recorded_yet_does_not_empty_the_site(client):
    Period.objects.create(
        slug="2022", title="2022年", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31), state="published"
    )
    page = body(client.get("/"))
    assert "5.36万人次" in page
    assert "2022年</a>" not in page


def test_the_home_page_of_a_period_without_headline_figures_has_no_place_for_them(client, year):
    Team.objects.filter(period=year).update(is_headline=False)
    page = body(client.get("/", {"period": year.slug}))
    assert "四服务与组织建设" in page
    assert "重点数字" not in page
    assert "数字照原文写法列出" not in page


@pytest.mark.parametrize("path", ["/", "/services/organisation/"])
def test_a_reader_can_turn_to_another_period(client, year, path):
    page = body(client.get(path, {"period": "2021"}))
    assert "当年的志愿者" in page
    assert "5.36万人次" not in page
    assert client.get(path, {"period": "1999"}).status_code == 404


def test_the_home_page_asks_a_fixed_number_of_questions(client, django_assert_num_queries):
    with django_assert_num_queries(8):
        client.get("/")


def test_the_page_of_a_service_asks_a_fixed_number_of_questions(client, django_assert_num_queries):
    with django_assert_num_queries(20):
        client.get("/services/literacy/")


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service_draws_what_is_counted_alike_beside_its_data(client, only_selects, service):
    page = body(client.get(service.get_absolute_url()))
    charts = Section(service, review_scope()).charts
    assert page.count("<svg") == page.count("<figure") == len(charts)
    for chart in charts:
        _, _, beside = page.partition(chart.svg)
        table = beside.split("</table>")[0]
        for row in chart.rows:
            assert f'">{row.figure.quantity}</a>' in table
            assert f'href="{row.figure.passage_url}"' in table


def test_the_home_page_draws_how_many_records_have_figures(client, only_selects):
    page = body(client.get("/"))
    [title] = re.findall("<svg.*?<title>(.*?)</title>", page)
    assert title.startswith("堆积条形图：各项服务的记录")
    row = re.sub(r"<[^>]+>|\s", " ", page.split('scope="row"')[-1].split("</tr>")[0]).split()
    assert row[-4:] == ["科协组织建设", "9", "6", "15"]


def test_a_hostile_title_is_text_in_a_chart_and_its_table(client):
    volunteers = Team.objects.get(slug="science-volunteers")
    corrected(volunteers, title='<script>alert(1)</script>"', note="</svg><img src=x>")
    page = body(client.get("/services/organisation/"))
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_what_is_counted_explains_people_attendances_and_each_qualifier(client, only_selects):
    page = body(client.get("/about/"))
    for word in ("人次", "余", "多于", "不到", "大约", "不少于", "区间", "舍入"):
        assert word in page


def test_an_empty_site_says_that_nothing_is_loaded(client):
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert "还没有载入任何记录" in body(client.get("/"))
    assert client.get("/report.pdf").status_code == 404
    assert body(client.get("/figures/"))
    assert body(client.get("/services/workers/"))
