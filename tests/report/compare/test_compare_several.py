"""More than two periods side by side: each beside the one before it."""

import pytest

from outreach.models import Team, Training
from tests.periods import again, new_document, new_period
from tests.report.compare.test_compare import COURSE, compared, review_fact, rows_of
from xinyi_sat.facts.models import Document

pytestmark = pytest.mark.django_db

TITLE = "专业技术人员继续教育公共课培训 培训 · 期数"
YEARS = ["2022", "2023", "2024"]


@pytest.fixture
def documents() -> list[Document]:
    """The documents of three years after the review."""
    return [new_document(new_period(year)) for year in YEARS]


def record(documents: list[Document], *sessions: str | dict | None) -> list[Training]:
    """The same course in each of the years, but for those that count nothing."""
    course = review_fact(Training, COURSE)
    fields = [{"sessions": one} if isinstance(one, str) else one for one in sessions]
    pairs = zip(documents, fields, strict=True)
    return [again(course, document, **{"basis": "whole_period"} | one) for document, one in pairs if one]


@pytest.fixture
def courses(documents) -> list[Training]:
    """A course that counts in every year."""
    return record(documents, "20期", "24期", "18期")


def test_each_figure_stands_with_its_change_since_the_period_before(client, courses, only_selects):
    assert compared(client, period=YEARS) == {
        TITLE: ["20期", "24期 +4期 （+20%）", "18期 −6期 （−25%）", "全期合计"],
    }


def test_periods_stand_in_the_order_of_their_time_however_they_are_asked_for(client, courses):
    page = client.get("/compare/", {"period": ["2024", "2022", "2023", "2022"]}).content.decode()
    assert "2022年、2023年与2024年</small>" in page
    assert compared(client, period=["2023", "2022"]) == {TITLE: ["20期", "24期", "+4期", "+20%", "全期合计"]}


def test_nothing_is_compared_across_a_period_that_has_no_figure(client, documents):
    record(documents, "20期", None, "18期")
    again(review_fact(Team, "science-volunteers"), documents[1], members="4500名")
    assert compared(client, period=YEARS)[TITLE][:3] == [
        "20期",
        "无 不可比：2023年没有这条记录",
        "18期 不可比：2023年没有这条记录",
    ]


def test_each_two_neighbours_are_compared_by_their_own_units_and_bases(client, documents):
    record(documents, "20期", "24场", {"sessions": "30场", "basis": "yearly"})
    assert compared(client, period=YEARS)[TITLE] == [
        "20期",
        "24场 不可比：单位不同：期／场",
        "30场 不可比：口径不同：全期合计／每年",
        "全期合计／每年",
    ]


def test_each_figure_leads_to_its_own_passage(client, courses):
    page = client.get("/compare/", {"period": YEARS}).content.decode()
    addresses = [f'href="{course.passage.get_absolute_url()}"' for course in courses]
    assert len(set(addresses)) == 3
    assert all(address in page for address in addresses)


def test_a_period_of_another_length_is_named_before_the_table(client, courses):
    page = client.get("/compare/", {"period": ["2017-2021", "2022", "2023"]}).content.decode()
    assert "2017—2021年、2022年与2023年长短不同" in page
    assert "长短不同：" not in client.get("/compare/", {"period": YEARS}).content.decode()


def test_more_than_six_periods_are_refused_in_chinese(client, courses):
    course = review_fact(Training, COURSE)
    others = ["2025", "2026", "2027", "2028"]
    for year in others:
        again(course, new_document(new_period(year)), sessions="9期")
    six = YEARS + others[:3]
    assert len(compared(client, period=six)[TITLE]) == 7
    answer = client.get("/compare/", {"period": [*six, "2028"]})
    assert "一次对比 2 至 6 个不同的时期，现在选了 7 个。" in answer.content.decode()
    assert "<tbody>" not in answer.content.decode()
    refused = client.get("/compare.csv", {"period": [*six, "2028"]})
    assert refused.status_code == 400
    assert "现在选了 7 个" in refused.content.decode()


def test_as_many_questions_are_asked_however_many_periods_there_are(client, courses, django_assert_num_queries):
    for asked in (["2022", "2023"], YEARS, ["2017-2021", *YEARS]):
        with django_assert_num_queries(4):
            compared(client, period=asked)


def test_the_file_has_a_row_for_each_two_neighbours_in_the_columns_of_two(client, documents):
    record(documents, "20期", None, "18期")
    again(review_fact(Team, "science-volunteers"), documents[1], members="4500名")
    again(review_fact(Team, "science-volunteers"), documents[2], members="4700名")
    answer = client.get("/compare.csv", {"period": YEARS})
    assert 'filename="compare-2022-2024.csv"' in answer["Content-Disposition"]
    rows = rows_of(answer)
    names = ("measure", "period_a", "period_b", "wording_a", "wording_b", "comparable", "reason", "change_low")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("sessions", "2022", "2023", "20期", "", "no", "2023年没有这条记录", ""),
        ("sessions", "2023", "2024", "", "18期", "no", "2023年没有这条记录", ""),
        ("members", "2022", "2023", "", "4500名", "no", "2022年没有这条记录", ""),
        ("members", "2023", "2024", "4500名", "4700名", "yes", "", "200"),
    ]
    pair = rows_of(client.get("/compare.csv", {"period": YEARS[:2]}))
    assert list(pair[0]) == list(rows[0])


@pytest.mark.parametrize("path", ["/compare/", "/compare.csv"])
def test_an_address_of_when_two_were_compared_leads_to_the_same_comparison(client, courses, path):
    answer = client.get(path, {"a": "2023", "b": "2022", "kind": "training"})
    assert answer.status_code == 301
    assert answer["Location"] == f"{path}?kind=training&period=2023&period=2022"
    assert client.get(answer["Location"]).status_code == 200
