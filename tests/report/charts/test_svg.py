"""The elements of drawings: what a strict policy, paper and a screen reader need of them."""

import pytest

from tests.report.charts.drawn import Drawn, figure
from xinyi_sat.report.charts.chart import figures_chart
from xinyi_sat.report.charts.svg import hatched, width_of, wrapped

ALLOWED = {
    *("viewBox", "width", "height", "role", "font-family", "font-size", "text-anchor", "fill", "stroke"),
    *("stroke-width", "x", "y", "d"),
}
TAGS = {"svg", "title", "desc", "text", "tspan", "rect", "path", "g"}
HOSTILE = "<script>alert(1)</script>\"'&amp;]]>"


@pytest.fixture
def chart() -> Drawn:
    return Drawn(figures_chart([figure("20000多人", HOSTILE), figure("近9人")]).svg)


def test_a_drawing_has_attributes_of_presentation_only(chart):
    assert {one.tag.split("}")[1] for one in chart.root.iter()} <= TAGS
    assert {name for one in chart.root.iter() for name in one.attrib} <= ALLOWED


def test_a_drawing_is_an_image_with_a_title_first_and_a_description(chart):
    title, description, *_ = chart.root
    assert chart.root.get("role") == "img"
    assert (title.tag, title.text) == (
        "{http://www.w3.org/2000/svg}title",
        "条形图：以“人”计的数字（口径：原文未说明）",
    )
    assert description.tag == "{http://www.w3.org/2000/svg}desc"
    assert description.text == f"2 个数字，写出的数最大的是：{HOSTILE}，人数 20000多人。"


def test_a_drawing_grows_with_its_page_and_names_a_chinese_typeface_for_its_words(chart):
    assert chart.root.get("viewBox") == f"0 0 360 {chart.root.get('height')}"
    families = chart.root.get("font-family").split(",")
    assert "Noto Sans CJK SC" in families
    assert [family for family in families if family != family.strip()] == []


def test_a_hostile_title_is_text(chart):
    svg = figures_chart([figure("20000多人", HOSTILE), figure("近9人")]).svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert HOSTILE in "".join(chart.text)


def test_equal_figures_give_equal_bytes():
    first, second = (figures_chart([figure("3至5场"), figure("12场")]).svg for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("words", "width"), [("科协", 24), ("“名”", 36), ("4200多名", 52.8), ("GB/T", 28.8), ("（甲）", 36), ("", 0)]
)
def test_chinese_takes_an_em_and_a_digit_a_little_more_than_half_of_one(words, width):
    assert width_of(words, 12) == pytest.approx(width)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("全市科技节", ["全市科技", "节"]),
        ("全科技节，开幕", ["全科技", "节，开幕"]),
        ("甲乙丙（丁）戊", ["甲乙丙", "（丁）戊"]),
        ("到场4200多名", ["到场", "4200多", "名"]),
        ("a" * 10, ["a" * 6, "a" * 4]),
        ("全科技 节", ["全科技", "节"]),
        ("甲\n乙", ["甲 乙"]),
        ("", [""]),
    ],
)
def test_a_long_title_is_broken_where_a_reader_would_break_it(words, lines):
    assert wrapped(words, 48, 12) == lines


def test_slanted_lines_stay_in_their_box():
    _, path = hatched(10, 20, 33, 11)
    ends = path.get("d").replace("M", " ").replace("L", " ").split()
    assert all(10 <= float(x) <= 43 for x in ends[::2])
    assert all(20 <= float(y) <= 31 for y in ends[1::2])
    assert len(ends) > 20
