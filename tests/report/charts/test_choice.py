"""Which charts are drawn is found in the records: figures counted alike, and what earlier periods had too."""

from collections import Counter
from datetime import date

import pytest

from outreach.models import Team, Training
from tests.changes import corrected
from tests.report.charts.drawn import figure
from tests.report.office import empty_period
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.report.charts.bars import BarChart
from xinyi_sat.report.charts.choice import MOST_BARS, bar_charts, records_chart
from xinyi_sat.report.charts.lines import LineChart
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section, all_sections

pytestmark = pytest.mark.django_db


def section(service: Service, **part: object) -> Section:
    return Section(service, Scope(review_scope().period, **part))


def lines_of(service: Service) -> list[LineChart]:
    return [chart for chart in section(service).charts if isinstance(chart, LineChart)]


def earlier_period(first: int, last: int, state: str = "published") -> Period:
    return Period.objects.create(
        slug=f"{first}-{last}",
        title=f"{first}—{last}年",
        starts_on=date(first, 1, 1),
        ends_on=date(last, 12, 31),
        state=state,
    )


def recorded_in(period: Period, fact: Fact, **fields: object) -> Fact:
    """The same fact in another period."""
    again = type(fact).objects.get(pk=fact.pk)
    again.pk, again.period, again._state.adding = None, period, True
    for name, value in fields.items():
        setattr(again, name, value)
    again.save()
    return again


@pytest.fixture
def volunteers() -> Team:
    return Team.objects.get(slug="science-volunteers")


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


def test_a_corrected_figure_is_in_its_chart_and_a_withdrawn_one_is_not(volunteers):
    corrected(volunteers, members="4300余名")
    assert "4300余名" in section(Service.ORGANISATION).charts[0].svg
    corrected(volunteers, state="withdrawn")
    assert "4300余名" not in section(Service.ORGANISATION).charts[0].svg


def test_of_many_figures_the_largest_are_drawn_in_their_order_and_the_others_counted():
    wordings = [f"{number}人" for number in (3, 40, *range(10, 30), 2, 50)]
    [chart] = bar_charts(figure(wording) for wording in wordings)
    assert isinstance(chart, BarChart)
    drawn = [str(one.quantity) for one in chart.figures]
    assert drawn == ["40人", *(f"{number}人" for number in range(20, 30)), "50人"]
    assert (len(drawn), chart.left_out) == (MOST_BARS, 12)


def test_records_are_counted_by_service_with_and_without_figures(client, django_assert_num_queries):
    scope = review_scope()
    with django_assert_num_queries(1):
        chart = records_chart(scope)
    assert [stack.name for stack in chart.stacks] == list(Service.labels)
    for stack, one in zip(chart.stacks, all_sections(scope), strict=True):
        facts = [fact for group in one.groups for fact in group.facts]
        with_figures = [fact for fact in facts if any(getattr(fact, name) for name in fact.figure_names())]
        assert (stack.counted, stack.total) == (len(with_figures), len(facts))
    assert client.get(chart.stacks[0].url).status_code == 200


def test_nothing_is_drawn_of_nothing():
    for scope in (Scope(None), Scope(empty_period())):
        assert records_chart(scope) is None
        assert Section(Service.WORKERS, scope).charts == []


def test_a_measure_that_two_earlier_periods_of_the_same_length_have_is_a_line(volunteers):
    for first, wording in ((2007, "3000名"), (2012, "3500余名")):
        recorded_in(earlier_period(first, first + 4), volunteers, members=wording)
    [line] = lines_of(Service.ORGANISATION)
    assert line.title == "科技志愿者：各时期的人数"
    assert [str(one.quantity) for one in line.figures] == ["3000名", "3500余名", "4200多名"]
    assert [row.name for row in line.rows] == ["2007—2011年", "2012—2016年", "2017—2021年"]
    assert lines_of(Service.WORKERS) == []


def test_an_earlier_period_without_a_comparable_figure_is_a_gap(volunteers):
    asked = {2002: {}, 2007: {"basis": Basis.YEARLY}, 2012: {"members": "3500人"}}
    for first, fields in asked.items():
        recorded_in(earlier_period(first, first + 4), volunteers, **fields)
    assert lines_of(Service.ORGANISATION) == []
    recorded_in(earlier_period(1997, 2001), volunteers)
    [line] = lines_of(Service.ORGANISATION)
    assert [bool(found) for _, found in line.points] == [True, True, False, False, True]


@pytest.mark.parametrize("others", [[(2012, 2016)], [(2012, 2016), (2016, 2016)], [(2012, 2016), (2018, 2022)]])
def test_one_period_of_another_length_or_a_later_one_makes_no_line(volunteers, others):
    for first, last in others:
        recorded_in(earlier_period(first, last), volunteers)
    assert lines_of(Service.ORGANISATION) == []


def test_a_span_of_years_that_two_periods_have_is_one_point(volunteers):
    for first in (2007, 2012):
        recorded_in(earlier_period(first, first + 4), volunteers)
    again = Period.objects.create(
        slug="again", title="再次", starts_on=date(2012, 1, 1), ends_on=date(2016, 12, 31), state="published"
    )
    recorded_in(again, volunteers, members="3600名")
    [line] = lines_of(Service.ORGANISATION)
    assert [row.name for row in line.rows] == ["2007—2011年", "再次", "2017—2021年"]


def test_what_readers_may_not_see_is_in_no_line(volunteers):
    recorded_in(earlier_period(2007, 2011, state="draft"), volunteers)
    recorded_in(earlier_period(2012, 2016), volunteers)
    withdrawn = recorded_in(earlier_period(2002, 2006), volunteers)
    corrected(withdrawn, state="withdrawn")
    assert lines_of(Service.ORGANISATION) == []


def test_a_line_costs_three_questions(volunteers, django_assert_num_queries):
    for first in (2007, 2012):
        recorded_in(earlier_period(first, first + 4), volunteers)
    asked = section(Service.ORGANISATION)
    assert asked.figures
    with django_assert_num_queries(3):
        assert asked.charts
