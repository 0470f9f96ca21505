"""Bars: no number other than the printed one, and what a word like 多 or 近 says is seen in the mark."""

from dataclasses import replace
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from tests.report.charts.drawn import CORRECTED, Drawn, figure
from xinyi_sat.facts.choices import Basis
from xinyi_sat.reading.quantity import LONGEST_WORDING
from xinyi_sat.report.charts.bars import BarChart, DifferentMeasures
from xinyi_sat.report.charts.marks import ARROW, RAGGED
from xinyi_sat.report.charts.strips import LEFT
from xinyi_sat.report.charts.svg import INK

WORDINGS = [
    *("数百人", "上千人", "近1000人", "30至50人", "约300人", "0.536万人", "2000多人", "超100人", "百余人"),
    *("0人", "50人左右", "20余人", "9人", "3000人", "三千人"),
]
LONG = "新时代文明实践科普志愿服务活动暨“科普＋文艺”进乡村（第二批）"


def drawn(*wordings: str, title: str = "农技班") -> Drawn:
    return Drawn(BarChart(tuple(figure(wording, title) for wording in wordings)).svg)


def extent(chart: Drawn, number: int) -> tuple[float, float]:
    """From where to where the slanted lines of a chart reach, read on the scale that its last bar gives."""
    [box] = [one for one in chart.all("rect") if one.get("stroke")]
    left, width = float(box.get("x")) - LEFT, float(box.get("width"))
    scale = (chart.bars()[-1][1] - LEFT) / number
    return round(left / scale), round((left + width) / scale)


def test_a_corrected_number_bears_its_mark_in_the_drawing_and_in_what_is_told_of_it():
    svg = BarChart((figure("2000多人", mark=CORRECTED), figure("30人", "讲座"))).svg
    assert {"2000多人〔更〕", "30人"} <= set(Drawn(svg).text)
    assert Drawn(svg).overlaps() == []
    assert "2000多人〔更〕。" in svg


def test_figures_of_another_unit_have_no_place_on_the_axis():
    with pytest.raises(
        DifferentMeasures, match="只能有一种单位和一种口径，这里有：人次（原文未说明）、人（原文未说明）"
    ):
        BarChart((figure("2342人"), figure("5.36万人次")))


def test_figures_of_another_basis_have_no_place_on_the_axis():
    with pytest.raises(ValueError, match="户（全期合计）、户（每年）"):
        BarChart((figure("506户", basis=Basis.YEARLY), figure("6300户", basis=Basis.WHOLE_PERIOD)))


def test_beside_the_printed_chart_a_corrected_figure_has_its_mark():
    chart = BarChart((figure("12人"), figure("30人", mark=CORRECTED)))
    html = render_to_string("report/_printed_chart.html", {"chart": chart})
    assert ">30人</a><sup>〔更〕</sup>" in html
    assert ">12人</a>" in html


def test_there_is_no_chart_of_nothing():
    with pytest.raises(DifferentMeasures, match="没有数字"):
        BarChart(())


def test_bars_are_as_long_as_their_numbers():
    bars = drawn("50名", "100名", "200名").bars()
    assert {left for left, _ in bars} == {LEFT}
    assert [(right - LEFT) / (bars[0][1] - LEFT) for _, right in bars] == pytest.approx([1, 2, 4], abs=0.001)


def test_every_number_is_labelled_as_printed_behind_its_bar():
    chart = drawn(*WORDINGS)
    assert [text for text in chart.text if text in WORDINGS] == WORDINGS


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [("400多人", 400, 500), ("300至500人", 300, 500), ("近800人", 0, 800), ("数百人", 200, 1000)],
)
def test_slanted_lines_reach_from_the_lower_bound_to_the_upper_one(wording, low, high):
    chart = drawn(wording, "1000人")
    assert extent(chart, 1000) == (low, high)
    assert len(chart.bars()) == (2 if low else 1)


def test_a_number_without_an_upper_bound_ends_in_an_arrow_that_has_no_length_to_read():
    for wording in ("上百人", "超100人"):
        chart = drawn(wording, "1000人")
        end = chart.bars()[0][1]
        [head] = [one.get("d") for one in chart.all("path") if one.get("fill") == INK]
        assert f"L{end + ARROW:.2f} " in head


def test_an_upper_bound_too_near_to_be_seen_is_an_open_tip():
    chart = drawn("350多名", "20000名")
    [tip] = [one for one in chart.all("path") if one.get("fill") == "#fff"]
    assert tip.get("d").startswith(f"M{chart.bars()[0][1]:.2f} ")
    assert "多于：上限很近，只画尖头" in chart.text


@pytest.mark.parametrize(
    ("wording", "key"),
    [
        ("400多人", "多于：斜线到上限为止"),
        ("近400人", "不到：只画斜线"),
        ("约400人", "大约：末端锯齿"),
        ("超400人", "不少于：箭头，没有上限"),
        ("300至500人", "区间：斜线在两数之间"),
        ("0.04万人", "舍入：末端双线"),
    ],
)
def test_a_mark_that_is_no_plain_bar_is_explained_below(wording, key):
    keys = [text for text in drawn(wording, "1000人").text if "：" in text]
    assert keys == ["实条：写出的数", key]


def test_plain_bars_need_no_key():
    assert not [text for text in drawn("20名", "30名").text if "：" in text]


def test_a_rounded_number_ends_in_a_double_line_at_the_number():
    chart = drawn("0.05万人", "500人", "1000人")
    [double] = [one.get("d") for one in chart.all("path") if one.get("fill") == INK]
    end = chart.bars()[0][1]
    assert double.count("Z") == 2
    assert f"H{end:.2f}V" in double


def test_about_ends_in_teeth_on_both_sides_of_the_number():
    chart = drawn("约500人", "500人", "1000人")
    [teeth] = [one.get("d") for one in chart.all("path") if one.get("fill") == INK]
    end = chart.bars()[0][1]
    assert (teeth.count(f"L{end + RAGGED:.2f} "), teeth.count(f"L{end - RAGGED:.2f} ")) == (3, 2)


@pytest.mark.parametrize("title", ["班", LONG, LONG * 3, "a" * 200])
def test_no_words_stand_on_others_however_long_they_are(title):
    assert drawn(*WORDINGS, title=title).overlaps() == []


def test_the_longest_wording_that_can_be_recorded_finds_room():
    longest = replace(figure("9人").quantity, wording="约" * LONGEST_WORDING)
    chart = Drawn(BarChart((replace(figure("9人"), quantity=longest), figure("20000多人"))).svg)
    assert chart.overlaps() == []
    assert "".join(chart.text).count("约") == LONGEST_WORDING


def test_a_small_bar_beside_a_large_one_is_labelled_where_it_ends():
    chart = drawn("9人", "20000多人")
    [label] = [one for one in chart.words if one.text == "9人"]
    assert chart.bars()[0][1] < 4
    assert label.left == pytest.approx(chart.bars()[0][1] + 6, abs=0.1)


def test_bars_stand_in_the_order_of_their_figures():
    chart = drawn("9人", "20000多人", "30人")
    baselines = [one.baseline for wording in ("9人", "20000多人", "30人") for one in chart.words if one.text == wording]
    assert all(upper < lower for upper, lower in pairwise(baselines))


def test_a_chart_is_titled_by_unit_and_basis_and_says_what_it_leaves_out():
    chart = BarChart((figure("2人"), figure("3人")), left_out=4)
    assert (chart.title, chart.note) == ("以“人”计的数字", "口径：原文未说明；画出写出的数最大的 2 个，另有 4 个未画")
    assert BarChart((figure("20"), figure("30"))).title == "没有单位的数字"


def test_the_data_table_has_each_name_measure_wording_and_place():
    [row] = BarChart((figure("20余名"),)).rows
    assert (row.name, row.url) == ("农技班", "/outreach/trainings/2030/farm-course/")
    assert row.cells == [("指标", "人数")]
    assert (str(row.figure.quantity), row.figure.passage_url) == ("20余名", "/sources/linhu/#p2-0")
