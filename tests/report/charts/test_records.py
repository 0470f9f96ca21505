"""Records with a figure and without, one bar for each service."""

from types import SimpleNamespace

from xinyi_sat.facts.choices import Service
from xinyi_sat.report.charts.records import records_chart


def scope(**counts: tuple[int, int]) -> SimpleNamespace:
    """What is asked of a scope: so many records, so many of them with figures, by services."""
    found = [SimpleNamespace(service=name, records=all_, with_figures=some) for name, (all_, some) in counts.items()]
    return SimpleNamespace(counts=found, services=list(Service), period=SimpleNamespace(slug="2030"))


def test_records_are_counted_by_service_with_and_without_figures():
    chart = records_chart(scope(workers=(12, 5), literacy=(3, 3)))
    assert [row.name for row in chart.rows] == Service.labels
    assert [dict(row.cells) for row in chart.rows[::2]] == [
        {"有数字": "5", "没有数字": "7", "合计": "12"},
        {"有数字": "3", "没有数字": "0", "合计": "3"},
        {"有数字": "0", "没有数字": "0", "合计": "0"},
    ]
    assert chart.rows[0].url == "/services/workers/?period=2030"
    assert chart.description == "共 15 条记录，其中 8 条有数字，7 条没有。"
    assert "由本站统计，不是原文的数字" in chart.note
    assert records_chart(scope()) is None
