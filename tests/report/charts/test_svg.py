"""The elements of drawings: what a strict policy, paper and a screen reader need of them."""

import pytest

from tests.report.charts.drawings import Drawing, drawn
from xinyi_sat.report.charts.svg import wrapped

ALLOWED = {
    *("viewBox", "width", "height", "role", "font-family", "font-size", "text-anchor", "fill", "stroke"),
    *("stroke-width", "x", "y", "d"),
}
TAGS = {"svg", "title", "desc", "text", "tspan", "rect", "path", "g"}
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\"'&amp;]]>"


@pytest.fixture
def chart() -> Drawing:
    return drawn("20000多人", "近9人", title=HOSTILE)


def test_a_drawing_has_attributes_of_presentation_only(chart):
    assert {one.tag.split("}")[1] for one in chart.root.iter()} <= TAGS
    assert {name for one in chart.root.iter() for name in one.attrib} <= ALLOWED


def test_a_drawing_is_an_image_with_a_title_first_and_a_description(chart):
    title, description, *_ = chart.root
    assert chart.root.get("role") == "img"
    assert (title.tag, title.text) == (f"{SVG}title", "条形图：以“人”计的数字（口径：原文未说明）")
    assert description.tag == f"{SVG}desc"
    assert description.text == f"2 个数字，写出的数最大的是：{HOSTILE}，人数 20000多人。"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("全市科技节", ["全市科技", "节"]),
        ("甲乙丙（丁）戊", ["甲乙丙", "（丁）戊"]),
        ("到场4200多名", ["到场", "4200多", "名"]),
        ("a" * 10, ["a" * 6, "a" * 4]),
    ],
)
def test_a_long_title_is_broken_where_a_reader_would_break_it(words, lines):
    assert wrapped(words, 48) == lines
