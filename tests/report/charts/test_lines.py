"""Lines: one measure over periods as long as each other, joined where nothing is missing between them."""

from datetime import date

import pytest

from tests.report.charts.drawn import CORRECTED, Drawn, figure
from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.models import Period
from xinyi_sat.report.charts.bars import DifferentMeasures
from xinyi_sat.report.charts.lines import LineChart

YEARLY = ["1200人", "1350多人", "近1400人", "上千人", "0.12万人", "约900人", "数百人", "1500余人"]


def year(number: int) -> Period:
    return Period(slug=str(number), title=f"{number}年", starts_on=date(number, 1, 1), ends_on=date(number, 12, 31))


def by_years(*wordings: str | None, first: int = 2019) -> LineChart:
    """A line with a wording, or nothing, for each year from the first one on."""
    years = range(first, first + len(wordings))
    points = ((year(number), words and figure(words)) for number, words in zip(years, wordings, strict=True))
    return LineChart(tuple(points))


def test_a_corrected_number_bears_its_mark_in_the_drawing():
    chart = LineChart(((year(2019), figure("1200人")), (year(2020), figure("1350多人", mark=CORRECTED))))
    drawn = Drawn(chart.svg)
    assert {"1200人", "1350多人〔更〕"} <= set(drawn.text)
    assert drawn.overlaps() == []


def joints(chart: LineChart) -> int:
    """How many pieces the line has."""
    return len([one for one in Drawn(chart.svg).all("path") if one.get("stroke-width") == "1.6"])


def heights(chart: LineChart) -> list[float]:
    """How high each dot is above 0, which the lowest line of the scale is."""
    drawn = Drawn(chart.svg)
    [base] = [one.get("d") for one in drawn.all("path") if one.get("stroke") == "#000"]
    return [float(base.split()[1].split("H")[0]) - float(dot.get("cy")) for dot in drawn.all("circle")]


def test_points_are_as_high_as_their_numbers_above_0():
    low, middle, high = heights(by_years("500人", "1000人", "1500人"))
    assert (middle / low, high / low) == (pytest.approx(2, abs=0.01), pytest.approx(3, abs=0.01))


def test_a_period_without_the_figure_is_a_gap_and_never_0():
    whole, broken = by_years("100人", "200人", "300人"), by_years("100人", None, "300人")
    assert (joints(whole), joints(broken)) == (2, 0)
    assert len(heights(broken)) == 2
    assert "线断开：其间没有可比的数字" in Drawn(broken.svg).text
    assert "缺 1 个" in broken.svg
    assert broken.rows[1].cells == [("数字", "没有可比的数字"), ("出处", "—")]


def test_a_year_that_nobody_recorded_leaves_a_gap_and_its_room():
    points = ((year(number), figure("100人")) for number in (2018, 2019, 2021))
    chart = LineChart(tuple(points))
    assert joints(chart) == 1
    first, second, last = (float(dot.get("cx")) for dot in Drawn(chart.svg).all("circle"))
    assert last - second == pytest.approx(2 * (second - first), rel=0.01)


def test_every_number_of_a_short_line_is_labelled_as_printed():
    drawn = Drawn(by_years("1200人", "1350多人", None, "近1400人").svg)
    assert [text for text in drawn.text if text.endswith("人") and text in YEARLY] == ["1200人", "1350多人", "近1400人"]


@pytest.mark.parametrize("wordings", [YEARLY, YEARLY * 3, ["9人", "20000多人", "9人"], ["17人"] * 6])
def test_no_words_stand_on_others(wordings):
    assert Drawn(by_years(*wordings, first=2000).svg).overlaps() == []


def test_about_and_below_are_hollow_dots():
    drawn = Drawn(by_years("300人", "约300人", "近300人").svg)
    assert [dot.get("fill") == "#fff" for dot in drawn.all("circle")] == [False, True, True]
    assert [text for text in drawn.text if "：" in text] == ["不到：斜线到空心点为止", "空心点：大约或舍入的数"]


def test_a_hollow_dot_is_explained_as_what_it_stands_for():
    below, about = (Drawn(by_years("300人", wording).svg) for wording in ("近300人", "约300人"))
    assert [text for text in below.text if "空心" in text] == ["不到：斜线到空心点为止"]
    assert [text for text in about.text if "空心" in text] == ["空心点：大约或舍入的数"]


@pytest.mark.parametrize(
    ("wording", "basis", "message"),
    [("300人次", Basis.NOT_STATED, "一种单位"), ("300人", Basis.YEARLY, "一种口径")],
)
def test_another_unit_or_basis_is_refused(wording, basis, message):
    with pytest.raises(ValueError, match=message):
        LineChart(((year(2019), figure("200人")), (year(2020), figure(wording, basis=basis))))


def test_another_fact_or_measure_is_refused():
    with pytest.raises(ValueError, match="同一记录的同一指标"):
        LineChart(((year(2019), figure("200人")), (year(2020), figure("300人", slug="another"))))


def test_periods_of_another_length_are_refused():
    review = Period(slug="r", title="2015—2019年", starts_on=date(2015, 1, 1), ends_on=date(2019, 12, 31))
    with pytest.raises(ValueError, match="一样长"):
        LineChart(((review, figure("200人")), (year(2020), figure("300人"))))


def test_periods_out_of_order_are_refused():
    with pytest.raises(ValueError, match="从早到晚"):
        LineChart(((year(2020), figure("200人")), (year(2019), figure("300人"))))


def lasting(starts_on: date, ends_on: date) -> Period:
    return Period(slug=str(starts_on), title=str(starts_on), starts_on=starts_on, ends_on=ends_on)


def test_a_month_is_as_long_from_whatever_day_it_begins():
    months = lasting(date(2020, 1, 15), date(2020, 2, 14)), lasting(date(2020, 3, 10), date(2020, 4, 9))
    assert len(heights(LineChart(tuple((month, figure("200人")) for month in months)))) == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2021, 1, 1), date(2021, 12, 30)),
        (date(2021, 1, 2), date(2021, 12, 31)),
        (date(2021, 1, 1), date(2022, 12, 31)),
        (date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_day_more_or_less_is_another_length(starts_on, ends_on):
    with pytest.raises(DifferentMeasures, match="一样长"):
        LineChart(((year(2020), figure("200人")), (lasting(starts_on, ends_on), figure("300人"))))
