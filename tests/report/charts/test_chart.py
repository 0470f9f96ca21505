"""Bars: no number other than the printed one, and what a word like 多 or 近 says is seen in the mark."""

import pytest

from tests.report.charts.drawings import Drawing, corrected, drawn, figure
from xinyi_sat.facts.choices import Basis
from xinyi_sat.report.charts.chart import MixedMeasuresError, figures_chart, periods_chart
from xinyi_sat.report.charts.layout import LEFT
from xinyi_sat.report.charts.svg import INK

WORDINGS = [
    *("数百人", "上千人", "近1000人", "30至50人", "约300人", "0.536万人", "2000多人", "超100人", "百余人"),
    *("0人", "50人左右", "20余人", "9人", "3000人", "三千人"),
]
LONG = "新时代文明实践科普志愿服务活动暨“科普＋文艺”进乡村（第二批）"


@pytest.mark.parametrize(
    "mixed",
    [
        [figure("2342人"), figure("5.36万人次")],
        [figure("506户", basis=Basis.YEARLY), figure("6300户", basis=Basis.WHOLE_PERIOD)],
    ],
)
@pytest.mark.parametrize("chart", [figures_chart, periods_chart])
def test_people_and_attendances_or_a_year_and_a_whole_period_never_share_an_axis(chart, mixed):
    with pytest.raises(MixedMeasuresError, match="一条轴上只能有一种单位和一种口径"):
        chart(mixed)


def test_a_corrected_number_has_its_mark_in_the_drawing_and_its_description():
    svg = figures_chart([corrected(figure("2000多人")), figure("30人", "讲座")]).svg
    assert {"2000多人〔更〕", "30人"} <= set(Drawing(svg).text)
    assert "2000多人〔更〕。" in svg


def test_bars_begin_at_0_and_are_as_long_as_their_numbers():
    bars = drawn("50名", "100名", "200名").bars()
    assert {left for left, _ in bars} == {LEFT}
    assert [(right - LEFT) / (bars[0][1] - LEFT) for _, right in bars] == pytest.approx([1, 2, 4], abs=0.001)


@pytest.mark.parametrize(
    ("wording", "low", "high"),
    [("400多人", 400, 500), ("300至500人", 300, 500), ("近800人", 0, 800), ("数百人", 200, 1000)],
)
def test_slanted_lines_reach_from_the_lower_bound_to_the_upper_one(wording, low, high):
    chart = drawn(wording, "1000人")
    [box] = [one for one in chart.all("rect") if one.get("stroke")]
    left, width = float(box.get("x")) - LEFT, float(box.get("width"))
    scale = (chart.bars()[-1][1] - LEFT) / 1000
    assert (round(left / scale), round((left + width) / scale)) == (low, high)


@pytest.mark.parametrize("wording", ["上百人", "超100人"])
def test_a_number_without_an_upper_bound_ends_in_an_arrow(wording):
    assert len([one for one in drawn(wording, "1000人").all("path") if one.get("fill") == INK]) == 1


@pytest.mark.parametrize("wording", ["约500人", "0.05万人"])
def test_about_and_rounded_numbers_end_in_teeth_on_both_sides_of_the_number(wording):
    chart = drawn(wording, "500人", "1000人")
    [teeth] = [one.get("d") for one in chart.all("path") if one.get("fill") == INK]
    end = chart.bars()[0][1]
    assert (teeth.count(f"L{end + 2.5:.2f} "), teeth.count(f"L{end - 2.5:.2f} ")) == (3, 2)


@pytest.mark.parametrize(
    ("wording", "key"),
    [
        ("400多人", "多于：斜线到上限为止"),
        ("近400人", "不到：只画斜线"),
        ("约400人", "大约：末端锯齿"),
        ("超400人", "不少于：箭头，没有上限"),
        ("300至500人", "区间：斜线在两数之间"),
        ("0.04万人", "舍入：末端锯齿"),
    ],
)
def test_a_mark_that_is_no_plain_bar_is_explained_below(wording, key):
    assert [text for text in drawn(wording, "1000人").text if "：" in text] == ["实条：写出的数", key]
    assert not [text for text in drawn("20名", "30名").text if "：" in text]


@pytest.mark.parametrize("title", ["班", LONG * 3, "a" * 200])
def test_every_number_is_labelled_as_printed_and_no_words_stand_on_others(title):
    drawing = drawn(*WORDINGS, title=title)
    assert [text for text in drawing.text if text in WORDINGS] == WORDINGS
    assert drawing.overlaps() == []


def test_a_chart_is_titled_by_unit_and_basis_and_says_what_it_leaves_out():
    chart = figures_chart([figure("2人"), figure("3人")], left_out=4)
    assert (chart.title, chart.note) == ("以“人”计的数字", "口径：原文未说明；画出写出的数最大的 2 个，另有 4 个未画")


def test_a_chart_of_periods_has_a_bar_a_period_and_names_each_document():
    chart = periods_chart([figure("20人", year="2029"), figure("30余人")])
    assert chart.title == "农技班：各时期的人数"
    assert (chart.note, chart.description) == ("单位：人；口径：原文未说明", "2029年至2030年，2 个数字。")
    assert [text for text in Drawing(chart.svg).text if "年" in text or "余" in text] == ["2029年", "2030年", "30余人"]
    assert all(row.names_document for row in chart.rows)
