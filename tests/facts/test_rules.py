"""What must be true is a rule of the database: here it refuses what would break it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from outreach.models import Training
from tests.support import drafted, fact, new_period
from xinyi_sat.facts.entry import FigureEntry, checked_figures
from xinyi_sat.facts.models import Association, Change, Fact, Figure, Measure, Passage, Period, Term

pytestmark = pytest.mark.django_db


def refused(rule: str, queryset: models.QuerySet, **values: object) -> None:
    """The database itself refuses these values, whoever writes them, and names the rule."""
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        queryset.update(**values)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("fact_has_a_title", {"title": ""}),
        ("fact_has_a_kind", {"kind": ""}),
        ("fact_headline_rank_is_from_1_to_9", {"headline_rank": 10}),
        ("facts_fact_service_is_known", {"service": "sports"}),
        ("facts_fact_basis_is_known", {"basis": "weekly"}),
        ("facts_fact_state_is_known", {"state": "lost"}),
        ("facts_fact_keeps_to_its_states", {"state": "draft"}),
    ],
)
def test_a_fact_that_cannot_be_true_is_refused(rule, values):
    refused(rule, Fact.objects.filter(slug="continuing-education"), **values)


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("figure_starts_before_it_ends", {"start": 235, "end": 230}),
        ("figure_starts_before_it_ends", {"end": None}),
        ("figure_low_is_not_above_high", {"low": 3000, "high": 2000}),
        ("figure_is_from_zero_to_a_trillion", {"number": -1}),
        ("figure_unit_fits_its_dimension", {"unit": "人次"}),
        ("figure_unit_fits_its_dimension", {"dimension": "attendances"}),
        ("facts_figure_dimension_is_known", {"dimension": "length", "unit": "米"}),
    ],
)
def test_a_figure_that_cannot_be_true_is_refused(rule, values):
    figure = Figure.objects.filter(fact__slug="continuing-education", measure__slug="participants")
    assert figure.count() == 1
    refused(rule, figure, **values)


def test_a_fact_has_one_figure_of_a_measure():
    sessions, _ = Figure.objects.filter(fact__slug="continuing-education").order_by("measure__position")
    refused("facts_figure.fact_id, facts_figure.measure_id|figure_is_the_only_one_of_its_measure",
            Figure.objects.filter(pk=sessions.pk), measure=Measure.objects.get(slug="participants"))  # fmt: skip


def test_a_slug_is_taken_once_in_a_period_whatever_the_kind():
    refused("facts_fact.period_id, facts_fact.slug|fact_slug_is_unique_in_its_period",
            Fact.objects.filter(slug="science-volunteers"), slug="continuing-education")  # fmt: skip
    draft = drafted(fact("continuing-education"))
    draft.slug = "science-volunteers"
    with pytest.raises(ValidationError, match="这个时期已有同一标识的记录。"):
        draft.full_clean()


@pytest.mark.parametrize(
    ("rule", "records", "values"),
    [
        ("facts_period_starts_before_it_ends", Period.objects, {"starts_on": "2022-01-01"}),
        ("facts_period_is_not_called_all", Period.objects, {"slug": "all"}),
        ("facts_period_state_is_known", Period.objects, {"state": "open"}),
        ("facts_period_keeps_to_its_states", Period.objects, {"state": "draft"}),
        ("facts_passage_is_counted_from_one", Passage.objects.filter(paragraph=1), {"paragraph": 0}),
        ("facts_passage_role_is_known", Passage.objects, {"role": "footnote"}),
        ("facts_association_is_the_only_one", Association.objects, {"id": 2}),
        ("facts_measure_has_a_unit", Measure.objects.filter(slug="times"), {"units": ""}),
        ("facts_measure_dimension_is_known", Measure.objects, {"dimension": "length"}),
        ("facts_change_has_its_reason", Change.objects, {"kind": "correction"}),
        ("facts_change_kind_is_known", Change.objects, {"kind": "whim"}),
        ("unique|UNIQUE", Term.objects.filter(vocabulary="training-form"), {"slug": "course"}),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(rule, records, values):
    refused(rule, records.all(), **values)


def test_at_most_one_period_is_in_front():
    new_period("2031", is_front=True)
    with pytest.raises(IntegrityError, match="is_front"), transaction.atomic():
        Period.objects.update(is_front=True)


@pytest.mark.parametrize("column", ["period", "passage"])
def test_no_fact_is_without_a_passage_and_a_period(column):
    assert not Fact._meta.get_field(column).null
    assert Fact._meta.get_field(column).remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize(
    ("measure", "wording", "said"),
    [
        ("participants", "2342", "没有单位，应写数字和单位，例如“2342人”"),
        ("participants", "2342人次", "人数的单位应为“人”“名”“位”，而“2342人次”的单位是“人次”"),
        ("attendances", "5000人", "人次的单位应为“人次”"),
        ("participants", "许多人", "看不懂“许多人”"),
        ("participants", "9999999999999人", "存不下：应小于一万亿"),
    ],
)
def test_a_figure_that_does_not_fit_its_measure_is_refused_in_words(measure, wording, said):
    training = fact("continuing-education")
    with pytest.raises(ValidationError, match=said):
        Figure(fact=training, measure=Measure.objects.get(slug=measure), wording=wording).clean()


def test_every_measure_takes_its_own_units_only():
    for measure in Measure.objects.all():
        measure.full_clean()
        for unit in measure.unit_words:
            figure = Figure(fact=Training.objects.first(), measure=measure, wording=f"12{unit}")
            figure.read_wording()
            assert (figure.unit, figure.dimension) == (unit, measure.dimension)


@pytest.mark.parametrize(
    ("measure", "wording", "unit", "number"),
    [
        ("sessions", "29次（期）", "次", 29),
        ("attendances", "5.36万人（次）", "人次", 53600),
        ("share", "12.5％", "%", 12.5),
        ("amount", "120万元", "元", 1200000),
    ],
)
def test_what_a_figure_counts_in_is_read_from_its_wording(measure, wording, unit, number):
    figure = Figure(fact=Training.objects.first(), measure=Measure.objects.get(slug=measure), wording=wording)
    figure.read_wording()
    assert (figure.wording, figure.unit, figure.number) == (wording, unit, number)


def test_a_measure_keeps_to_its_dimension_and_to_what_figures_use():
    people = Measure.objects.get(slug="participants")
    people.units = "人、人次"
    with pytest.raises(ValidationError, match="“人次”不是数“人数”的单位"):
        people.full_clean()
    people.units = "名、位"
    with pytest.raises(ValidationError, match="已有数字用单位“人”，不能去掉"):
        people.full_clean()
    people.units, people.kinds = "人", "award"
    with pytest.raises(ValidationError, match="已有这类记录用这个指标，不能去掉"):
        people.full_clean()


def test_people_who_come_are_never_more_than_attendances():
    measures = {one.slug: one for one in Training.measures()}
    entries = {measures["participants"]: FigureEntry("300人"), measures["attendances"]: FigureEntry("299人次")}
    with pytest.raises(ValidationError, match="人数不能多于人次"):
        checked_figures(fact("continuing-education"), entries)


def test_a_measure_is_not_called_as_a_field():
    measure = Measure(slug="title", label="题目", dimension="count", units="个", kinds="training")
    with pytest.raises(ValidationError, match="记录已有这个名字的栏目"):
        measure.full_clean()
