"""All figures of all kinds, searched, sorted and narrowed; and the facts that a search finds besides."""

import pytest

from tests.pages.reading import column, page
from tests.support import corrected, fact

pytestmark = pytest.mark.django_db


def figures(client, **question) -> list[str]:
    return column(client, "/figures/", "数字", **question)


def test_all_figures_are_listed_by_place(client, only_selects, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        shown = page(client, "/figures/")
    assert "共 37 个数字" in shown
    assert figures(client)[:3] == ["20名", "2人", "150多条"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2342", ["2342人"]),
        ("5.36万", ["5.36万人次"]),
        ("２３４２人", ["2342人"]),
        ("2\u200b342", ["2342人"]),
        ("培训 人数", ["2342人", "20000多人", "1023人"]),
        ("培训人数", ["2342人", "20000多人", "1023人"]),
        ("培训 户数", ["6300户", "506户"]),
        ("无此事", []),
    ],
)
def test_figures_are_found_by_number_measure_kind_and_words(client, only_selects, words, found):
    assert figures(client, q=words) == found


def test_figures_sort_by_number_across_kinds(client, only_selects):
    largest = ["5.36万人次", "20000多人", "6300户", "4200多名", "3000多名"]
    assert figures(client, sort="-quantity")[:5] == largest


@pytest.mark.parametrize(
    ("question", "count"),
    [({"service": "organisation"}, 9), ({"basis": "yearly"}, 1), ({"kind": "team"}, 8), ({"at_least": "1000"}, 7)],
)
def test_figures_are_narrowed(client, only_selects, question, count):
    assert f"共 {count} 个数字" in page(client, "/figures/", **question)


def test_a_question_that_cannot_be_read_shows_none_and_says_why(client):
    shown = page(client, "/figures/", at_least="许多")
    assert "输入一个数" in shown
    assert "没有符合条件的数字。" in shown


def test_a_search_names_the_facts_without_a_figure_too(client, only_selects):
    shown = page(client, "/figures/", q="斯尔克")
    assert "没有符合条件的数字" in shown
    assert '/achievements/coverages/2017-2021/one-step-process-team/">斯尔克集团公司一步制造法研发团队宣传</a>' in shown


def test_a_search_follows_what_was_corrected(client):
    corrected(fact("continuing-education"), title="公需科目培训")
    assert figures(client, q="公需科目") == ["17期", "2342人"]
    corrected(fact("continuing-education"), participants="2352人")
    assert figures(client, q="2342") == []
    assert figures(client, q="2352") == ["2352人 更"]
