"""Which charts are drawn: figures counted alike, and what earlier periods had too."""

import pytest

from tests.report.charts.drawings import figure
from tests.support import again, corrected, fact, new_document, new_period
from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.models import Fact, Figure, Period
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.choice import MOST_BARS, bar_charts, period_charts

VOLUNTEERS = "science-volunteers"


def figures(service: str) -> list[Figure]:
    """The figures of the review under a service."""
    asked = Figure.objects.public().filter(fact__period__slug="2017-2021", fact__service=service)
    return list(asked.with_fact().in_reading_order())


def charts_of_periods() -> list[Chart]:
    return period_charts(figures("organisation"), Period.objects.get(slug="2017-2021"), "organisation")


def recorded(first: int, last: int, members: str = "3000名", state: str = "published", **values: object) -> Fact:
    """The volunteers of another period."""
    document = new_document(new_period(f"{first}-{last}", f"{first}—{last}年", (first, last), state=state))
    return again(fact(VOLUNTEERS, "2017-2021"), document, members=members, **values)


@pytest.mark.django_db
def test_what_is_counted_alike_is_one_chart_in_reading_order():
    charts = bar_charts(figures("literacy"))
    assert [(chart.title, chart.note) for chart in charts] == [
        ("以“人”计的数字", "口径：原文未说明"),
        ("以“名”计的数字", "口径：原文未说明"),
        ("以“期”计的数字", "口径：原文未说明"),
    ]
    assert [str(one) for one in charts[0].figures] == ["9人", "20000多人", "1023人"]


@pytest.mark.django_db
def test_a_corrected_figure_is_in_its_chart_and_a_withdrawn_one_is_not():
    corrected(fact(VOLUNTEERS), members="4300余名")
    assert "4300余名〔更〕" in bar_charts(figures("organisation"))[0].svg
    corrected(fact(VOLUNTEERS), state="withdrawn")
    assert "4300余名" not in bar_charts(figures("organisation"))[0].svg


def test_of_many_figures_the_largest_are_drawn_in_their_order_and_the_others_counted():
    wordings = [f"{number}人" for number in (3, 40, *range(10, 30), 2, 50)]
    [chart] = bar_charts([figure(wording) for wording in wordings])
    assert [str(one) for one in chart.figures] == ["40人", *(f"{number}人" for number in range(20, 30)), "50人"]
    assert len(chart.rows) == MOST_BARS
    assert "另有 12 个未画" in chart.note


@pytest.mark.django_db
def test_a_measure_that_two_earlier_periods_of_the_same_length_have_is_a_chart_of_periods(django_assert_num_queries):
    recorded(2012, 2016, "3500余名")
    recorded(2007, 2011)
    [chart] = charts_of_periods()
    assert chart.title == "科技志愿者：各时期的人数"
    assert [str(one) for one in chart.figures] == ["3000名", "3500余名", "4200多名"]
    assert [row.name for row in chart.rows] == ["2007—2011年", "2012—2016年", "2017—2021年"]
    with django_assert_num_queries(4):  # two of them the figures and the period that are given
        charts_of_periods()


@pytest.mark.django_db
def test_only_figures_counted_alike_are_beside_each_other():
    recorded(2002, 2006)
    recorded(2007, 2011, basis=Basis.YEARLY)
    recorded(2012, 2016, "3500人")
    assert charts_of_periods() == []
    recorded(1997, 2001)
    assert [row.name for row in charts_of_periods()[0].rows] == ["1997—2001年", "2002—2006年", "2017—2021年"]


@pytest.mark.django_db
def test_what_readers_may_not_see_is_in_no_chart():
    recorded(2012, 2016)
    recorded(2007, 2011, state="draft")
    corrected(recorded(2002, 2006), state="withdrawn")
    assert charts_of_periods() == []
