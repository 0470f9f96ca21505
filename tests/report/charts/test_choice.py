"""Which charts are drawn: figures counted alike, and what earlier periods had too."""

from collections import Counter

import pytest

from outreach.models import Team, Training
from tests.changes import corrected
from tests.periods import again, new_document, new_period
from tests.report.charts.drawn import figure
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.choice import MOST_BARS, bar_charts
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section, all_sections

pytestmark = pytest.mark.django_db


def section(service: Service, **part: object) -> Section:
    return Section(service, Scope(review_scope().period, **part))


def period_charts() -> list[Chart]:
    return [chart for chart in section(Service.ORGANISATION).charts if chart.sort == "by-period"]


def volunteers() -> Team:
    return Team.objects.get(slug="science-volunteers", period__slug="2017-2021")


def recorded(first: int, last: int, members: str = "3000名", period_state: str = "published", **fields: object) -> Team:
    """The volunteers of another period."""
    document = new_document(new_period(f"{first}-{last}", f"{first}—{last}年", (first, last), state=period_state))
    return again(volunteers(), document, members=members, **fields)


def test_every_unit_and_basis_that_two_figures_share_is_one_chart_in_reading_order():
    for one in all_sections(review_scope()):
        shared = Counter((figure.quantity.unit, figure.basis) for figure in one.figures)
        charts = {(chart.unit, chart.figures[0].basis): chart for chart in one.charts}
        assert set(charts) == {measure for measure, count in shared.items() if count > 1}
        for measure, chart in charts.items():
            alike = [figure for figure in one.figures if (figure.quantity.unit, figure.basis) == measure]
            assert list(chart.figures) == alike
            assert [figure.paragraph for figure in alike] == sorted(figure.paragraph for figure in alike)


def test_people_attendances_and_yearly_figures_are_on_axes_of_their_own():
    charts = section(Service.LITERACY).charts
    assert [(chart.title, chart.note) for chart in charts] == [
        ("以“人”计的数字", "口径：原文未说明"),
        ("以“名”计的数字", "口径：原文未说明"),
        ("以“期”计的数字", "口径：原文未说明"),
    ]
    assert [str(one.quantity) for one in charts[0].figures] == ["9人", "20000多人", "1023人"]


def test_a_part_of_a_report_has_the_charts_of_its_facts():
    charts = {chart.unit: chart for chart in section(Service.LITERACY, kind=Training).charts}
    assert set(charts) == {"期", "人"}
    assert [str(one.quantity) for one in charts["人"].figures] == ["20000多人", "1023人"]


def test_a_corrected_figure_is_in_its_chart_and_a_withdrawn_one_is_not():
    corrected(volunteers(), members="4300余名")
    assert "4300余名" in section(Service.ORGANISATION).charts[0].svg
    corrected(volunteers(), state="withdrawn")
    assert "4300余名" not in section(Service.ORGANISATION).charts[0].svg


def test_of_many_figures_the_largest_are_drawn_in_their_order_and_the_others_counted():
    wordings = [f"{number}人" for number in (3, 40, *range(10, 30), 2, 50)]
    [chart] = bar_charts(figure(wording) for wording in wordings)
    drawn = [str(one.quantity) for one in chart.figures]
    assert drawn == ["40人", *(f"{number}人" for number in range(20, 30)), "50人"]
    assert (len(drawn), chart.left_out) == (MOST_BARS, 12)


def test_a_measure_that_two_earlier_periods_of_the_same_length_have_is_a_chart_of_periods():
    recorded(2012, 2016, "3500余名")
    recorded(2007, 2011)
    [chart] = period_charts()
    assert chart.title == "科技志愿者：各时期的人数"
    assert [str(one.quantity) for one in chart.figures] == ["3000名", "3500余名", "4200多名"]
    assert [row.name for row in chart.rows] == ["2007—2011年", "2012—2016年", "2017—2021年"]


def test_only_figures_counted_alike_are_beside_each_other():
    recorded(2002, 2006)
    recorded(2007, 2011, basis=Basis.YEARLY)
    recorded(2012, 2016, "3500人")
    assert period_charts() == []
    recorded(1997, 2001)
    assert [row.name for row in period_charts()[0].rows] == ["1997—2001年", "2002—2006年", "2017—2021年"]


@pytest.mark.parametrize("others", [[(2012, 2016)], [(2012, 2016), (2016, 2016)], [(2012, 2016), (2018, 2022)]])
def test_one_period_of_another_length_or_a_later_one_makes_no_chart(others):
    for first, last in others:
        recorded(first, last)
    assert period_charts() == []


def test_what_readers_may_not_see_is_in_no_chart():
    recorded(2012, 2016)
    recorded(2007, 2011, period_state="draft")
    corrected(recorded(2002, 2006), state="withdrawn")
    assert period_charts() == []


def test_charts_of_periods_cost_three_questions(django_assert_num_queries):
    recorded(2007, 2011)
    recorded(2012, 2016)
    asked = section(Service.ORGANISATION)
    assert asked.figures
    with django_assert_num_queries(3):
        assert asked.charts
