"""Records with a figure and without, one bar for each service."""

import pytest

from tests.report.charts.drawn import Drawn
from tests.report.office import empty_period
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.report.charts.layout import LEFT
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import all_sections

pytestmark = pytest.mark.django_db


def test_records_are_counted_by_service_with_and_without_figures(client, django_assert_num_queries):
    scope = review_scope()
    with django_assert_num_queries(1):
        chart = records_chart(scope)
    assert [row.name for row in chart.rows] == list(Service.labels)
    for row, one in zip(chart.rows, all_sections(scope), strict=True):
        facts = [fact for group in one.groups for fact in group.facts]
        counted = sum(1 for fact in facts if any(getattr(fact, name) for name in fact.figure_names()))
        expected = {"有数字": counted, "没有数字": len(facts) - counted, "合计": len(facts)}
        assert dict(row.cells) == {head: str(number) for head, number in expected.items()}
    assert client.get(chart.rows[0].url).status_code == 200


def test_each_part_is_known_by_its_pattern_and_by_words():
    chart = records_chart(review_scope())
    drawn = Drawn(chart.svg)
    boxes = [float(one.get("x")) for one in drawn.all("rect") if one.get("stroke")]
    assert {left for left, _ in drawn.bars()} == {LEFT}
    assert set(boxes) <= {right for _, right in drawn.bars()} | {LEFT}
    assert drawn.text[-2:] == ["有数字", "没有数字"]
    assert len([text for text in drawn.text if "条，没有" in text]) == len(Service)
    assert drawn.overlaps() == []
    assert "由本站统计，不是原文的数字" in chart.note


@pytest.mark.parametrize("period", [None, "empty"])
def test_nothing_is_drawn_of_no_records(period):
    scope = Scope(period and empty_period())
    assert records_chart(scope) is None
    assert all(section.charts == [] for section in all_sections(scope))
