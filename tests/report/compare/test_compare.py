"""Periods side by side: by kind, slug and measure, and only like with like."""

import csv
import io
import re

import pytest
from django.utils.html import strip_tags

from outreach.models import Team, Training
from tests.changes import corrected
from tests.periods import again, new_document, new_period
from xinyi_sat.facts.models import Document, Period

pytestmark = pytest.mark.django_db

COURSE = "continuing-education"
YEARS = {"period": ["2022", "2023"]}


def review_fact(kind: type, slug: str):
    return kind.objects.get(slug=slug, period__slug="2017-2021")


@pytest.fixture
def documents() -> tuple[Document, Document]:
    """The documents of two years after the review."""
    return new_document(new_period("2022")), new_document(new_period("2023"))


@pytest.fixture
def courses(documents) -> tuple[Training, Training]:
    before, after = documents
    course = review_fact(Training, COURSE)
    return (
        again(course, before, participants="2342人", sessions="17期", basis="whole_period"),
        again(course, after, participants="2500人", sessions="19期", basis="whole_period"),
    )


def compared(client, **question: str | list[str]) -> dict[str, list[str]]:
    """The rows of the page by title and measure, the words of each cell."""
    page = client.get("/compare/", YEARS | question).content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    rows = [[cell_text(cell) for cell in re.findall("<td.*?</td>", row, re.DOTALL)] for row in body.split("</tr>")]
    return {" ".join(row[:2]): row[2:] for row in rows if len(row) > 2}


def cell_text(cell: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(cell)).strip()


def rows_of(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_figures_of_one_slug_and_measure_stand_side_by_side_with_their_change(client, courses, only_selects):
    rows = compared(client)
    assert rows == {
        "专业技术人员继续教育公共课培训 培训 · 期数": ["17期", "19期", "+2期", "+11.8%", "全期合计"],
        "专业技术人员继续教育公共课培训 培训 · 人数": ["2342人", "2500人", "+158人", "+6.7%", "全期合计"],
    }


def test_each_wording_leads_to_its_own_passage(client, courses, only_selects):
    page = client.get("/compare/", YEARS).content.decode()
    for course in courses:
        assert f'href="{course.passage.get_absolute_url()}"' in page


def test_what_a_period_does_not_have_is_missing_and_never_nought(client, documents):
    before, after = documents
    again(review_fact(Training, COURSE), before, participants="2342人", sessions="17期")
    again(review_fact(Training, COURSE), after, participants="2500人")
    again(review_fact(Team, "science-volunteers"), after, members="4500名")
    rows = compared(client)
    assert rows["专业技术人员继续教育公共课培训 培训 · 期数"][:3] == ["17期", "无", "不可比：2023年的记录没有这个数字"]
    assert rows["科技志愿者 队伍 · 人数"][:3] == ["无", "4500名", "不可比：2022年没有这条记录"]
    assert not any(cell.startswith("0") for row in rows.values() for cell in row)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({"sessions": "17期"}, {"sessions": "19场"}, "单位不同：期／场"),
        ({"sessions": "17期", "basis": "yearly"}, {"sessions": "19期"}, "口径不同：每年／原文未说明"),
        ({"sessions": "17期", "basis": "yearly"}, {"sessions": "9场"}, "单位不同：期／场；口径不同：每年／原文未说明"),
    ],
)
def test_only_one_unit_and_one_basis_are_compared(client, documents, before, after, reason):
    again(review_fact(Training, COURSE), documents[0], **before)
    again(review_fact(Training, COURSE), documents[1], **after)
    [row] = compared(client).values()
    assert row[2] == f"不可比：{reason}"


def test_people_are_people_whatever_word_counts_them(client, documents):
    again(review_fact(Training, COURSE), documents[0], participants="200人")
    again(review_fact(Training, COURSE), documents[1], participants="300名")
    [row] = compared(client).values()
    assert row[2:4] == ["+100名", "+50%"]


def test_a_year_is_not_compared_with_five_years_but_what_is_counted_each_year_is(client, documents):
    again(review_fact(Training, COURSE), documents[0], participants="600人", basis="whole_period")
    households = "science-demonstration-households"
    again(review_fact(Training, households), documents[0], households="520户", basis="yearly")
    rows = compared(client, period=["2017-2021", "2022"])
    assert rows["专业技术人员继续教育公共课培训 培训 · 人数"][2] == "不可比：时期长短不同"
    assert rows["新增科技示范户 培训 · 户数"] == ["506户", "520户", "+14户", "+2.8%", "每年"]
    page = client.get("/compare/", {"period": ["2017-2021", "2022"]}).content.decode()
    assert "2017—2021年与2022年长短不同" in page


def test_a_leap_year_is_as_long_as_any_other():
    years = [Period(starts_on=f"{year}-01-01", ends_on=f"{year}-12-31") for year in (2023, 2024)]
    for year in years:
        year.full_clean(exclude=["slug", "title"])
    assert years[0].length == years[1].length == (12, 0)
    assert Period.objects.get(slug="2017-2021").length == (60, 0)


def test_bounds_are_told_where_a_number_is_more_than_printed(client, documents):
    again(review_fact(Team, "science-volunteers"), documents[0], members="4200多名")
    again(review_fact(Team, "science-volunteers"), documents[1], members="4500名")
    [row] = compared(client).values()
    assert row[2:4] == ["+200 至 +300名", "+4 至 +8%"]


def test_both_titles_are_shown_where_a_matter_was_renamed(client, courses):
    corrected(courses[0], title="继续教育公需课")
    assert "专业技术人员继续教育公共课培训 2023年继续教育公需课 2022年 培训 · 人数" in compared(client)


def test_a_fact_is_found_under_the_service_it_has_in_either_period(client, courses):
    corrected(courses[0], service="workers")
    for service in ("workers", "literacy"):
        assert [row[:2] for row in compared(client, service=service).values()] == [
            ["17期", "19期"],
            ["2342人", "2500人"],
        ]
    assert compared(client, service="decisions") == {}


def test_a_comparison_is_narrowed_to_a_kind(client, courses, documents):
    again(review_fact(Team, "science-volunteers"), documents[0], members="4200多名")
    assert len(compared(client)) == 3
    assert list(compared(client, kind="team")) == ["科技志愿者 队伍 · 人数"]


def test_without_a_question_the_current_period_and_the_latest_of_its_length_are_compared(client, documents):
    page = client.get("/compare/").content.decode()
    assert "时期对比</h1>" in page
    again(review_fact(Training, COURSE), documents[0], participants="1人")
    again(review_fact(Training, COURSE), documents[1], participants="2人")
    again(review_fact(Training, COURSE), new_document(new_period("2020")), participants="2人")
    assert "2022年与2023年</small>" in client.get("/compare/").content.decode()


def test_with_one_period_there_is_nothing_to_compare_and_no_link_to_it(client, only_selects):
    page = client.get("/compare/").content.decode()
    assert "公布的时期不足两个" in page
    assert '"/compare/"' not in page
    assert rows_of(client.get("/compare.csv")) == []


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"period": ["2022", "2022"]}, "一次对比 2 至 6 个不同的时期，现在选了 1 个。"),
        ({"period": ["2022", "1999"]}, "请从列出的选项中选择"),
        ({"period": ["2022", "\x00"]}, "请从列出的选项中选择"),
        ({"kind": "channel"}, "请从列出的选项中选择"),
        ({"service": "nothing"}, "请从列出的选项中选择"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_chinese(client, courses, question, message):
    page = client.get("/compare/", YEARS | question)
    assert page.status_code == 200
    assert message in page.content.decode()
    assert "<tbody>" not in page.content.decode()
    assert client.get("/compare.csv", YEARS | question).status_code == 400


def test_the_file_has_every_row_with_both_sides_and_the_bounds_of_the_change(client, courses, documents):
    again(review_fact(Team, "science-volunteers"), documents[0], members="4200多名")
    answer = client.get("/compare.csv", YEARS)
    assert 'filename="compare-2022-2023.csv"' in answer["Content-Disposition"]
    sessions, participants, members = rows_of(answer)
    assert {name: participants[name] for name in ("kind", "slug", "measure", "wording_a", "wording_b", "unit_b")} == {
        "kind": "training",
        "slug": COURSE,
        "measure": "participants",
        "wording_a": "2342人",
        "wording_b": "2500人",
        "unit_b": "人",
    }
    assert [participants[name] for name in ("comparable", "change_low", "change_high", "percent_low")] == [
        "yes",
        "158",
        "158",
        "6.7",
    ]
    assert participants["url_b"] == f"http://testserver/outreach/trainings/2023/{COURSE}/"
    assert (members["comparable"], members["reason"]) == ("no", "2023年没有这条记录")
    assert (members["low_a"], members["wording_b"], members["change_low"]) == ("4200", "", "")
    assert (sessions["percent_low"], sessions["percent_high"]) == ("11.8", "11.8")


def test_a_page_holds_25_figures_and_asks_a_fixed_number_of_questions(client, documents, django_assert_num_queries):
    course = review_fact(Training, COURSE)
    for document in documents:
        again(course, document, participants="5人")
    with django_assert_num_queries(4):
        compared(client)
    for number in range(30):
        for document in documents:
            again(course, document, slug=f"course-{number:02}", title=f"课程{number:02}", participants="5人")
    with django_assert_num_queries(4):
        assert len(compared(client)) == 25
    assert len(compared(client, page="2")) == 6


def test_what_is_not_public_is_not_compared(client, courses, documents):
    again(review_fact(Team, "science-volunteers"), documents[0], members="4200多名")
    corrected(courses[0], state="withdrawn")
    assert [row[:2] for row in compared(client, kind="training").values()] == [["无", "19期"], ["无", "2500人"]]
