"""What the site counts itself: records with a figure and without, one bar for each service."""

import pytest

from tests.report.charts.drawn import Drawn
from xinyi_sat.report.charts.stacks import Stack, StackedChart
from xinyi_sat.report.charts.strips import LEFT


@pytest.fixture
def chart() -> StackedChart:
    return StackedChart((Stack("为科技工作者服务", "/services/workers/", 5, 15), Stack("科协组织建设", "", 10, 0)))


def test_a_part_is_known_by_its_pattern_and_by_words(chart):
    drawn = Drawn(chart.svg)
    [box] = [one for one in drawn.all("rect") if one.get("stroke")]
    (left, middle), (_, end) = drawn.bars()
    assert left == LEFT
    assert float(box.get("x")) == middle
    assert float(box.get("width")) == pytest.approx(3 * (middle - left), abs=0.02)
    assert end - left == pytest.approx(2 * (middle - left), abs=0.02)
    assert [text for text in drawn.text if "条，" in text] == ["有数字5条，没有15条", "有数字10条，没有0条"]
    assert drawn.text[-2:] == ["有数字", "没有数字"]
    assert drawn.overlaps() == []


def test_it_says_that_the_count_is_our_own(chart):
    assert "由本站统计，不是原文的数字" in chart.note
    assert "共 30 条记录，其中 15 条有数字，15 条没有。" in chart.svg


def test_the_data_table_adds_up(chart):
    assert chart.heads == ("服务", "有数字", "没有数字", "合计")
    assert chart.rows[0].cells == [("有数字", "5"), ("没有数字", "15"), ("合计", "20")]


def test_a_service_without_records_has_no_bar_and_says_so():
    drawn = Drawn(StackedChart((Stack("甲", "", 0, 0), Stack("乙", "", 0, 3))).svg)
    assert drawn.bars() == []
    assert "有数字0条，没有0条" in drawn.text


def test_counts_of_five_digits_stay_on_a_line():
    drawn = Drawn(StackedChart((Stack("甲", "", 12345, 23456), Stack("乙", "", 99999, 99999))).svg)
    assert "有数字12345条，没有23456条" in drawn.text
    assert drawn.overlaps() == []
