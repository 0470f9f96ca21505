"""The home page, the pages of services, and what is counted."""

import re

import pytest
from django.core.management import call_command

from outreach.models import Indicator
from tests.report.scopes import review_scope
from tests.support import again, corrected, fact, new_document, new_period, save
from xinyi_sat.facts.choices import ChangeKind, Service
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.report.chapters import printed_report
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import section_of

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_home_page_shows_headline_figures_and_the_five_services(client):
    page = body(client.get("/"))
    shown = [page.index(wording) for wording in ("20000多人", "5.36万人次", "10余家", "225名")]
    assert all(place > page.index("重点数字") for place in shown)
    for service in Service:
        assert f"{service.get_absolute_url()}?period=2017-2021" in page
        assert service.label in page
    assert "起止为推断" in page


def test_headline_figures_stand_in_the_order_an_admin_gave_them(client):
    corrected(fact("science-volunteers"), headline_rank=1)
    corrected(fact("farm-stations-and-benefit-projects"), headline_rank=2)
    figures = re.findall('class="figure" [^>]*>(.*?)<', body(client.get("/")))
    assert figures[:2] == ["4200多名", "10个"]


def test_the_home_page_marks_a_yearly_figure(client):
    corrected(fact("science-demonstration-households"), headline_rank=1)
    assert '506户</a><small class="basis">每年</small>' in re.sub(r"\n *", "", body(client.get("/")))


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service_shows_all_its_facts_and_no_other(client, service):
    page = body(client.get(service.get_absolute_url()))
    for one in Fact.objects.public().with_source():
        assert (one.get_absolute_url() in page) == (one.service == service)


@pytest.fixture
def year(db) -> Period:
    """A year beside the review, with one fact of its own."""
    year = new_period("2021")
    again(fact("science-volunteers"), new_document(year), title="当年的志愿者", members="88名")
    return year


def test_a_year_beside_the_review_can_be_turned_to_and_does_not_take_its_place(client, year):
    page = body(client.get("/"))
    assert "5.36万人次" in page
    assert '<a href="?period=2021">2021年</a>' in page
    for path in ("/", "/services/organisation/"):
        page = body(client.get(path, {"period": "2021"}))
        assert "5.36万人次" not in page
        assert client.get(path, {"period": "1999"}).status_code == 404
    assert "当年的志愿者" in page


@pytest.mark.parametrize(("path", "questions"), [("/", 8), ("/services/literacy/", 20)])
def test_a_page_asks_a_fixed_number_of_questions(client, django_assert_max_num_queries, path, questions):
    with django_assert_max_num_queries(questions):
        client.get(path)


@pytest.mark.parametrize("service", Service)
def test_the_page_of_a_service_draws_what_is_counted_alike_beside_its_data(client, service):
    page = body(client.get(service.get_absolute_url()))
    charts = section_of(review_scope(), service).charts
    assert page.count("<svg") == page.count("<figure") == len(charts)
    for chart in charts:
        table = page.partition(chart.svg)[2].split("</table>")[0]
        for row in chart.rows:
            assert f'href="{row.figure.passage_url}"' in table
            assert f'">{row.figure}</a>' in table


def test_the_home_page_draws_how_many_records_have_figures(client):
    page = body(client.get("/"))
    assert re.findall("<svg.*?<title>(.*?)</title>", page)[0].startswith("堆积条形图：各项服务的记录")
    row = re.sub(r"<[^>]+>|\s", " ", page.split('scope="row"')[-1].split("</tr>")[0]).split()
    assert row[-4:] == ["科协组织建设", "9", "6", "15"]


def test_a_hostile_title_is_text_in_a_chart_and_its_table(client):
    corrected(fact("science-volunteers"), title='<script>alert(1)</script>"', note="</svg><img src=x>")
    page = body(client.get("/services/organisation/"))
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") >= 3


def test_what_is_counted_explains_people_attendances_and_each_qualifier(client):
    page = body(client.get("/about/"))
    for word in ("人次", "余", "多于", "不到", "大约", "不少于", "区间", "舍入"):
        assert word in page


def test_a_kind_that_the_report_knows_nothing_of_is_on_its_pages_and_on_paper(client):
    document = new_document(new_period("2031"))
    source = {"period": document.period, "passage": document.passages.get(paragraph=2)}
    named = {"slug": "societies", "title": "市级学会", "service": "organisation", "form": "organisations"}
    save(Indicator(), ChangeKind.ENTERED, **named | source, headline_rank=1, organisations="17个")
    home, service = (body(client.get(path, {"period": "2031"})) for path in ("/", "/services/organisation/"))
    paper = printed_report(Scope(document.period), Site())
    assert ">17个</a>" in home
    for page in (home, service, paper):
        assert "基本情况" in page
        assert "市级学会" in page
    assert paper.count("17个") == 4  # in the summary, the prose, the table and the annex


def test_an_empty_site_says_that_nothing_is_loaded(client):
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert "还没有载入任何记录" in body(client.get("/"))
    assert body(client.get("/services/workers/"))
