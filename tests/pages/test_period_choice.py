"""Which period a page shows: the current one, the one its address names, or all of them where that is asked for."""

import pytest

from tests.pages.reading import column, page, rows
from tests.support import again, corrected, fact, new_document, new_period
from xinyi_sat.facts.models import Organisation, Period

pytestmark = pytest.mark.django_db

LISTS = ["/outreach/trainings/", "/figures/"]
FILES = ["/outreach/trainings.csv", "/figures.csv", "/facts.csv"]
COURSE, REVIEW = "continuing-education", "2017-2021"


@pytest.fixture
def year() -> Period:
    """The year after the review, which is the current period then."""
    year = new_period("2022")
    partners = [Organisation.objects.get(slug="optical-society")]
    again(fact(COURSE, REVIEW), new_document(year), participants="2500人", sessions="19期", partners=partners)
    return year


@pytest.fixture
def archived() -> Period:
    """The years before the review."""
    old = new_period("2012-2016", "2012—2016年", (2012, 2016), state="archived")
    again(fact(COURSE, REVIEW), new_document(old), participants="900人")
    return old


@pytest.mark.parametrize("path", LISTS)
def test_one_period_alone_leaves_nothing_to_choose(client, path):
    shown = page(client, path)
    assert 'aria-label="时期"' not in shown
    assert "时期对比" not in shown
    assert "2017—2021年</small>" in shown
    assert "中查找。" not in page(client, path, q="继续教育")


@pytest.mark.parametrize("path", LISTS)
def test_a_page_shows_the_current_period_or_the_one_its_address_names(client, year, only_selects, path):
    current, named = page(client, path), page(client, path, period="2017-2021")
    assert "<small>2022年</small>" in current
    assert '<strong aria-current="page">2022年</strong>' in current
    assert ("2500人" in current, "2342人" in current) == (True, False)
    assert ("2500人" in named, "2342人" in named) == (False, True)


def test_the_period_that_the_association_puts_in_front_is_the_current_one(client, year):
    corrected(Period.objects.get(slug="2017-2021"), is_front=True)
    assert "<small>2017—2021年</small>" in page(client, "/figures/")


def test_of_several_periods_the_latest_that_is_not_archived_is_the_current_one(client, year):
    corrected(year, state="archived")
    assert "<small>2017—2021年</small>" in page(client, "/figures/")


@pytest.mark.parametrize("path", LISTS)
def test_all_periods_are_shown_only_where_asked_and_each_row_says_which_it_is_of(client, year, only_selects, path):
    periods = column(client, path, "时期", period="all", q="继续教育")
    assert periods.count("2022年") == periods.count("2017—2021年") > 0
    assert "不同时期的数不能相加" in page(client, path, period="all")
    assert "不同时期的数不能相加" not in page(client, path)
    assert 'data-label="时期"' not in page(client, path)


@pytest.mark.parametrize("path", LISTS)
def test_a_search_says_which_period_it_looked_through_and_offers_all_of_them(client, year, only_selects, path):
    shown = page(client, path, q="继续教育", page="1")
    link = '<a href="?q=%E7%BB%A7%E7%BB%AD%E6%95%99%E8%82%B2&amp;period=all">在全部 2 个时期中查找</a>'
    assert f"以上只在2022年中查找。{link}。" in shown
    for question in ({}, {"q": "继续教育", "period": "all"}):
        assert "中查找。" not in page(client, path, **question)


@pytest.mark.parametrize("path", FILES)
def test_a_file_has_the_period_of_its_page_and_its_name_says_so(client, year, only_selects, path):
    questions = ({}, {"period": "2017-2021"}, {"period": "all"})
    stem, ending = path.split("/")[-1].split(".")
    names = [client.get(path, question)["Content-Disposition"].split('"')[1] for question in questions]
    assert names == [f"{stem}-{slug}.{ending}" for slug in ("2022", "2017-2021", "all")]
    one, other, both = (len(rows(client, path, **question)) for question in questions)
    assert 0 < one < other < both == one + other


def test_links_keep_the_period_that_was_chosen(client, year):
    shown = page(client, "/outreach/trainings/", period="2017-2021")
    for path in ("/", "/figures/", "/outreach/teams/", "/organisations/", "/report.pdf", "/figures.csv"):
        assert f'href="{path}?period=2017-2021"' in shown
    assert '<input type="hidden" name="period" value="2017-2021">' in shown
    assert "?period=" not in page(client, "/figures/").split("</header>")[0]


def test_the_links_of_a_fact_keep_to_its_period_and_lead_to_the_same_matter_in_others(client, year, only_selects):
    shown = page(client, f"/outreach/trainings/2017-2021/{COURSE}/")
    assert 'href="/outreach/trainings/?period=2017-2021"' in shown
    assert f'<a href="/outreach/trainings/2022/{COURSE}/">2022年</a>' in shown


def test_an_archived_period_is_readable_marked_and_never_shown_first(client, archived):
    corrected(Period.objects.get(slug="2017-2021"), state="archived")
    assert "<small>2017—2021年" in page(client, "/figures/")
    shown = page(client, "/figures/", period="2012-2016")
    assert "已归档（2）" in shown
    assert '2012—2016年 <span class="archived">已归档</span>' in shown
    assert '<span class="archived">已归档</span>' in page(client, f"/outreach/trainings/2012-2016/{COURSE}/")
    assert "2012—2016年（已归档）" in page(client, "/sources/")


def test_organisations_and_sources_are_narrowed_to_a_period(client, year, only_selects):
    every = page(client, "/organisations/optical-society/")
    assert every.index("<h3>2022年</h3>") < every.index("<h3>2017—2021年</h3>")
    one = page(client, "/organisations/optical-society/", period="2022")
    assert ("继续教育" in one, "签约合作" in one) == (True, False)
    listed = page(client, "/organisations/", period="2022")
    assert ("optical-society" in listed, "jiangsu-electronics-society" in listed) == (True, False)
    assert "xinyi-review-2021" not in page(client, "/sources/", period="2022")


@pytest.mark.parametrize("path", ["/figures/", "/outreach/trainings.csv", "/sources/", "/corrections.atom"])
@pytest.mark.parametrize("slug", ["1999", "2030", "\x00"], ids=["nobody's", "a draft's", "a nul"])
def test_where_a_period_is_not_there_its_name_and_those_there_are_are_said(client, year, path, slug):
    new_period("2030", state="draft")
    answer = client.get(path, {"period": slug})
    shown = answer.content.decode()
    assert answer.status_code == 404
    assert f"没有标识为“{slug}”的时期。可看的时期：" in shown
    assert f'<a href="{path}?period=2017-2021">2017—2021年（2017-2021）</a>' in shown
    assert f'<a href="{path}?period=2022">2022年（2022）</a>' in shown
    assert shown.count("2030") == (slug == "2030")
