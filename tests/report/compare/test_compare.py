"""Periods side by side: by kind, slug and measure, and only like with like."""

import csv
import io
import re

import pytest
from django.utils.html import strip_tags

from tests.support import again, corrected, fact, new_document, new_period
from xinyi_sat.facts.models import Document, Fact

pytestmark = pytest.mark.django_db

COURSE, VOLUNTEERS = "continuing-education", "science-volunteers"
SESSIONS, PARTICIPANTS = (f"专业技术人员继续教育公共课培训 培训 · {one}" for one in ("期数", "人数"))
MEMBERS = "科技志愿者 队伍 · 人数"
YEARS = ["2022", "2023", "2024"]
PAIR = {"period": YEARS[:2]}


@pytest.fixture
def documents() -> list[Document]:
    """The documents of three years after the review."""
    return [new_document(new_period(year)) for year in YEARS]


@pytest.fixture
def courses(documents) -> list[Fact]:
    """A course that counts in each of two years."""
    return record(
        documents, {"participants": "2342人", "sessions": "17期"}, {"participants": "2500人", "sessions": "19期"}
    )


def record(documents: list[Document], *figures: dict | None, slug: str = COURSE) -> list[Fact]:
    """The same matter in each of the years, with these figures and values; none for a year that lacks it."""
    review = fact(slug, "2017-2021")
    pairs = zip(documents, figures, strict=False)
    return [again(review, document, **{"basis": "whole_period"} | values) for document, values in pairs if values]


def page_of(client, **question: str | list[str]) -> str:
    return client.get("/compare/", PAIR | question).content.decode()


def compared(client, **question: str | list[str]) -> dict[str, list[str]]:
    """The rows of the page by title and measure, the words of each cell."""
    body = page_of(client, **question).split("<tbody>")[1].split("</tbody>")[0]
    rows = [[cell_text(cell) for cell in re.findall("<td.*?</td>", row, re.DOTALL)] for row in body.split("</tr>")]
    return {" ".join(row[:2]): row[2:] for row in rows if len(row) > 2}


def cell_text(cell: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(cell)).strip()


def file_rows(client, periods: list[str]) -> list[dict]:
    text = b"".join(client.get("/compare.csv", {"period": periods}).streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_figures_of_one_slug_and_measure_stand_side_by_side_with_their_change(client, courses):
    assert compared(client) == {
        SESSIONS: ["17期", "19期", "+2期", "+11.8%", "全期合计"],
        PARTICIPANTS: ["2342人", "2500人", "+158人", "+6.7%", "全期合计"],
    }
    for course in courses:
        assert f'href="{course.passage.get_absolute_url()}"' in page_of(client)


def test_of_several_periods_each_is_beside_the_one_before_it_in_the_order_of_time(client, documents):
    record(documents, {"sessions": "20期"}, {"sessions": "24期"}, {"sessions": "18期"})
    shuffled = ["2024", "2022", "2023", "2022"]
    assert compared(client, period=shuffled) == {
        SESSIONS: ["20期", "24期 +4期 （+20%）", "18期 −6期 （−25%）", "全期合计"]
    }
    assert "2022年、2023年与2024年</small>" in page_of(client, period=shuffled)


def test_what_a_period_does_not_have_is_missing_never_0_and_not_compared_across(client, documents):
    record(documents, {"participants": "2342人", "sessions": "17期"}, {"participants": "2500人"}, {"sessions": "18期"})
    record(documents[1:], {"members": "4500名"}, slug=VOLUNTEERS)
    assert compared(client)[SESSIONS][:3] == ["17期", "无", "不可比：2023年没有这个数字"]
    assert compared(client)[MEMBERS][:3] == ["无", "4500名", "不可比：2022年没有这个数字"]
    assert compared(client, period=YEARS)[SESSIONS][1:3] == [
        f"{one} 不可比：2023年没有这个数字" for one in ("无", "18期")
    ]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ({"sessions": "17期"}, {"sessions": "19场"}, "单位不同：期／场"),
        ({"sessions": "17期", "basis": "yearly"}, {"sessions": "19期"}, "口径不同：每年／全期合计"),
    ],
)
def test_unlike_figures_are_not_subtracted_and_the_page_says_why(client, documents, before, after, reason):
    record(documents, before, after)
    assert compared(client)[SESSIONS][2] == f"不可比：{reason}"


def test_three_words_for_people_are_one_unit(client, documents):
    record(documents, {"members": "200名"}, {"members": "300人"}, slug=VOLUNTEERS)
    assert compared(client)[MEMBERS][2:4] == ["+100人", "+50%"]


def test_a_year_is_not_compared_with_five_years_but_what_is_counted_each_year_is(client, documents):
    record(documents, {"participants": "600人"})
    record(documents, {"households": "520户", "basis": "yearly"}, slug="science-demonstration-households")
    question = {"period": ["2017-2021", "2022"]}
    rows = compared(client, **question)
    assert rows[PARTICIPANTS][2] == "不可比：时期长短不同"
    assert rows["新增科技示范户 培训 · 户数"] == ["506户", "520户", "+14户", "+2.8%", "每年"]
    assert "2017—2021年与2022年长短不同" in page_of(client, **question)


def test_a_comparison_is_narrowed_to_a_kind_or_to_a_service_of_either_period(client, courses, documents):
    record(documents, {"members": "4200多名"}, slug=VOLUNTEERS)
    corrected(courses[0], service="workers")
    for service in ("workers", "literacy"):
        assert list(compared(client, service=service)) == [SESSIONS, PARTICIPANTS]
    assert list(compared(client, kind="team")) == [MEMBERS]
    assert compared(client, service="decisions") == {}


def test_with_one_period_there_is_nothing_to_compare_and_no_link_to_it(client):
    assert "公布的时期不足两个" in page_of(client)
    assert '"/compare/"' not in page_of(client)
    assert file_rows(client, YEARS) == []


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"period": ["2022", "2022"]}, "一次对比 2 至 6 个不同的时期，现在选了 1 个。"),
        ({"period": ["2022", "1999"]}, "请从列出的选项中选择"),
        ({"kind": "channel"}, "请从列出的选项中选择"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_chinese(client, courses, question, message):
    assert message in page_of(client, **question)
    assert "<tbody>" not in page_of(client, **question)
    assert client.get("/compare.csv", PAIR | question).status_code == 400


def test_six_periods_are_compared_and_seven_refused(client, courses, documents):
    years = [*YEARS, "2025", "2026", "2027", "2028"]
    record([documents[2], *(new_document(new_period(year)) for year in years[3:])], *[{"sessions": "9期"}] * 5)
    assert len(compared(client, period=years[:6])[SESSIONS]) == 7
    assert "现在选了 7 个。" in page_of(client, period=years)


def test_the_file_has_a_row_for_each_two_neighbours_with_both_sides_and_the_bounds_of_the_change(client, documents):
    courses = record(documents, {"sessions": "20期"}, None, {"sessions": "18期"})
    record(documents, None, {"members": "4200多名"}, {"members": "4500名"}, slug=VOLUNTEERS)
    names = ("measure", "period_a", "period_b", "wording_a", "low_a", "wording_b", "comparable", "reason", "change_low")
    rows = file_rows(client, YEARS)
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("sessions", "2022", "2023", "20期", "20", "", "no", "2023年没有这个数字", ""),
        ("sessions", "2023", "2024", "", "", "18期", "no", "2023年没有这个数字", ""),
        ("members", "2022", "2023", "", "", "4200多名", "no", "2022年没有这个数字", ""),
        ("members", "2023", "2024", "4200多名", "4200", "4500名", "yes", "", "200"),
    ]
    assert (rows[0]["kind"], rows[0]["slug"], rows[0]["unit_a"]) == ("training", COURSE, "期")
    assert rows[0]["url_a"] == f"http://testserver{courses[0].get_absolute_url()}"
    assert (rows[-1]["change_high"], rows[-1]["percent_low"], rows[-1]["percent_high"]) == ("300", "4", "8")
    answer = client.get("/compare.csv", {"period": YEARS})
    assert 'filename="compare-2022-2024.csv"' in answer["Content-Disposition"]


def test_a_page_holds_25_figures_and_asks_as_many_questions_however_many_there_are(
    client, documents, django_assert_max_num_queries
):
    for number in range(26):
        title = {"slug": f"course-{number:02}", "title": f"课程{number:02}"}
        record(documents, *[title | {"participants": "5人"}] * 3)
    for periods in (YEARS[:2], ["2017-2021", *YEARS]):
        with django_assert_max_num_queries(6):  # association, menu, periods, measures, facts, figures
            assert len(compared(client, period=periods)) == 25
    assert len(compared(client, page="2")) == 1


def test_what_is_not_public_is_not_compared(client, courses, documents):
    record(documents, {"members": "4200多名"}, slug=VOLUNTEERS)
    corrected(courses[0], state="withdrawn")
    assert [row[:2] for row in compared(client, kind="training").values()] == [["无", "19期"], ["无", "2500人"]]


def test_an_address_of_when_two_were_compared_leads_to_the_same_comparison(client, courses):
    for path in ("/compare/", "/compare.csv"):
        answer = client.get(path, {"a": "2023", "b": "2022", "kind": "training"})
        assert (answer.status_code, answer["Location"]) == (301, f"{path}?kind=training&period=2023&period=2022")
        assert client.get(answer["Location"]).status_code == 200
