"""Which period a page shows: the current one, the one its address names, or all of them where that is asked for."""

import csv
import io

import pytest

from outreach.models import Training
from tests.changes import corrected
from tests.periods import again, new_document, new_period
from tests.tasks import a_line_each
from xinyi_sat.facts.models import Organisation, Period

pytestmark = pytest.mark.django_db

LISTS = ["/outreach/trainings/", "/figures/"]
FILES = ["/outreach/trainings.csv", "/figures.csv", "/facts.csv"]
COURSE = "continuing-education"


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode().removeprefix("\ufeff"))))


def review_course() -> Training:
    return Training.objects.get(slug=COURSE, period__slug="2017-2021")


@pytest.fixture
def year() -> Period:
    """The year after the review, which is the current period then."""
    year = new_period("2022")
    document = new_document(year)
    partners = [Organisation.objects.get(slug="optical-society")]
    again(review_course(), document, participants="2500人", sessions="19期", partners=partners, is_headline=True)
    return year


@pytest.fixture
def archived() -> Period:
    old = new_period("2012-2016", "2012—2016年", (2012, 2016), state="archived")
    again(review_course(), new_document(old), participants="900人")
    return old


@pytest.mark.parametrize("path", LISTS)
def test_one_period_alone_leaves_nothing_to_choose(client, path):
    page = body(client.get(path))
    assert 'aria-label="时期"' not in page
    assert "时期对比" not in page
    assert "2017—2021年</small>" in page


@pytest.mark.parametrize("path", [*LISTS, "/", "/services/literacy/"])
def test_a_page_shows_the_current_period_and_says_which_it_is(client, year, only_selects, path):
    page = body(client.get(path))
    assert "<small>2022年</small>" in page
    assert '<strong aria-current="page">2022年</strong>' in page
    assert "2500人" in page
    assert "2342人" not in page


@pytest.mark.parametrize("path", [*LISTS, "/", "/services/literacy/"])
def test_a_page_shows_the_period_its_address_names(client, year, only_selects, path):
    page = body(client.get(path, {"period": "2017-2021"}))
    assert "2342人" in page
    assert "2500人" not in page


@pytest.mark.parametrize("path", LISTS)
def test_all_periods_are_shown_only_where_asked_and_each_row_says_which_it_is_of(client, year, only_selects, path):
    page = body(client.get(path, {"period": "all", "q": "继续教育"}))
    assert page.count('<td data-label="时期" >2022年</td>') == page.count('<td data-label="时期" >2017—2021年</td>') > 0
    assert "不同时期的数不能相加" in page
    assert "不同时期的数不能相加" not in body(client.get(path))
    assert 'data-label="时期"' not in body(client.get(path))


@pytest.mark.parametrize(("path", "found"), [("/figures/", "：4 个数字，2 条记录。"), ("/outreach/trainings/", "。")])
def test_a_search_says_which_period_it_looked_through_and_offers_all_of_them(client, year, only_selects, path, found):
    page = body(client.get(path, {"q": "继续教育", "page": "1"}))
    link = '<a href="?q=%E7%BB%A7%E7%BB%AD%E6%95%99%E8%82%B2&amp;period=all">在全部 2 个时期中查找</a>'
    assert f"以上只在2022年中查找。{link}{found}" in page
    for question in ({}, {"q": "继续教育", "period": "all"}):
        assert "中查找。" not in body(client.get(path, question))


def test_where_there_is_one_period_a_search_says_nothing_of_others(client):
    assert "中查找。" not in body(client.get("/figures/", {"q": "继续教育"}))


@pytest.mark.parametrize("path", LISTS)
def test_several_periods_sort_by_time(client, year, archived, path):
    rows = client.get(path, {"period": "all", "q": "继续教育", "sort": "period_title"}).context["table"].paginated_rows
    shown = [str(row.get_cell("period_title")) for row in rows]
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == ("2012—2016年", "2022年")


@pytest.mark.parametrize("path", FILES)
def test_a_file_has_the_period_of_its_page_and_its_name_says_so(client, year, only_selects, path):
    plain, named, whole = (client.get(path, question) for question in ({}, {"period": "2017-2021"}, {"period": "all"}))
    stem, ending = path.split("/")[-1].split(".")
    names = [answer["Content-Disposition"].split('"')[1] for answer in (plain, named, whole)]
    assert names == [f"{stem}-{slug}.{ending}" for slug in ("2022", "2017-2021", "all")]
    counts = [len(rows_of(answer)) for answer in (plain, named, whole)]
    assert 0 < counts[0] < counts[1] < counts[2] == counts[0] + counts[1]


def test_links_keep_the_period_that_was_chosen(client, year):
    page = body(client.get("/outreach/trainings/", {"period": "2017-2021"}))
    for link in (
        'href="/?period=2017-2021"',
        'href="/figures/?period=2017-2021"',
        'href="/outreach/teams/?period=2017-2021"',
        'href="/organisations/?period=2017-2021"',
        'href="/report.pdf?period=2017-2021"',
        'href="/figures.csv?period=2017-2021"',
        '<input type="hidden" name="period" value="2017-2021">',
    ):
        assert link in page
    assert "?period=" not in body(client.get("/")).split("</header>")[0]


def test_the_links_of_a_fact_keep_to_its_period_and_lead_to_the_same_matter_in_others(client, year, only_selects):
    page = body(client.get(f"/outreach/trainings/2017-2021/{COURSE}/"))
    assert 'href="/outreach/trainings/?period=2017-2021"' in page
    assert f'<a href="/outreach/trainings/2022/{COURSE}/">2022年</a>' in page


def test_filters_offer_only_what_the_period_has(client, year):
    page = body(client.get("/outreach/trainings/"))
    assert '<option value="专业技术人员">' in page
    assert '<option value="农户">' not in page
    assert '<option value="农户">' in body(client.get("/outreach/trainings/", {"period": "all"}))


def test_an_archived_period_is_readable_marked_and_never_shown_first(client, archived):
    corrected(Period.objects.get(slug="2017-2021"), state="archived")
    assert Period.objects.current().slug == "2017-2021"
    page = body(client.get("/", {"period": "2012-2016"}))
    assert "已归档（2）" in page
    assert '2012—2016年 <span class="archived">已归档</span>' in page
    assert '<span class="archived">已归档</span>' in body(client.get(f"/outreach/trainings/2012-2016/{COURSE}/"))
    assert "2012—2016年（已归档）" in body(client.get("/sources/"))


def test_an_archived_period_gives_way_to_an_earlier_one_that_is_not(year):
    corrected(year, state="archived")
    assert Period.objects.current().slug == "2017-2021"


def test_an_organisation_shows_what_names_it_under_each_period(client, year, only_selects):
    page = body(client.get("/organisations/optical-society/"))
    assert page.index("<h3>2022年</h3>") < page.index("<h3>2017—2021年</h3>")
    one = body(client.get("/organisations/optical-society/", {"period": "2022"}))
    assert "继续教育" in one
    assert "签约合作" not in one


def test_organisations_and_sources_are_narrowed_to_a_period(client, year, only_selects):
    page = body(client.get("/organisations/", {"period": "2022"}))
    assert "optical-society" in page
    assert "jiangsu-electronics-society" not in page
    assert "xinyi-review-2021" not in body(client.get("/sources/", {"period": "2022"}))


@pytest.mark.parametrize(
    "path", [*LISTS, *FILES, "/", "/services/literacy/", "/organisations/", "/sources/", "/about/"]
)
@pytest.mark.parametrize("slug", ["1999", "\x00", "时期"])
def test_a_period_that_nobody_recorded_has_no_page(client, path, slug):
    assert client.get(path, {"period": slug}).status_code == 404


@pytest.mark.parametrize("path", [*LISTS, "/", "/report.pdf", "/facts.csv"])
@pytest.mark.parametrize("slug", ["1999", "2030"], ids=["nobody's", "a draft's"])
def test_where_a_period_is_not_there_its_name_and_those_there_are_are_said(client, year, path, slug):
    new_period("2030", state="draft")
    answer = client.get(path, {"period": slug})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f"没有标识为“{slug}”的时期。可看的时期：" in page
    assert f'<a href="{path}?period=2017-2021">2017—2021年（2017-2021）</a>' in page
    assert f'<a href="{path}?period=2022">2022年（2022）</a>' in page
    assert page.count("2030") == (slug == "2030")


@pytest.mark.parametrize("path", [*LISTS, *FILES, "/", "/data.zip", "/corrections/", "/corrections.csv"])
def test_an_address_that_names_two_periods_is_answered_with_neither(client, year, path):
    answer = client.get(path, {"period": ["2017-2021", "2022"]})
    assert answer.status_code == 400
    assert "period 写了 2 个不同的值（2017-2021、2022），这里一次只能看一个。" in answer.content.decode()
    a_line_each(year)
    assert client.get(path, {"period": ["", "2022", "2022"]}).status_code == 200


@pytest.mark.parametrize(("name", "values"), [("service", ["literacy", "workers"]), ("kind", ["award", "training"])])
def test_a_report_of_two_parts_is_refused_and_not_one_of_them_taken(client, name, values):
    answer = client.get("/data.zip", {name: values})
    assert answer.status_code == 400
    assert f"{name} 写了 2 个不同的值（{'、'.join(values)}）" in answer.content.decode()


def test_a_request_from_a_host_that_is_not_ours_is_answered_as_before(client):
    answer = client.get("/", headers={"host": "example.org"})
    assert answer.status_code == 400
    assert "请管理员把它加入 ALLOWED_HOSTS" in answer.content.decode()


def test_pages_and_reports_of_one_period_know_no_others(client, year):
    for path in ("/", "/services/literacy/", "/report.xlsx"):
        assert client.get(path, {"period": "all"}).status_code == 404


def test_an_organisation_that_much_names_is_shown_by_pages(client, year, django_assert_max_num_queries):
    society, document = Organisation.objects.get(slug="optical-society"), year.document_set.get()
    for number in range(30):
        again(review_course(), document, slug=f"course-{number}", partners=[society])
    with django_assert_max_num_queries(12):
        page = body(client.get("/organisations/optical-society/"))
    assert "第 1 页，共 2 页" in page
    assert page.count('class="source"') == 25
    assert "签约合作" in body(client.get("/organisations/optical-society/", {"page": "2"}))
