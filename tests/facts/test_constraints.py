"""What must be true is a rule of the database: here it refuses what would break it."""

from operator import attrgetter

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import CheckConstraint, ProtectedError

from achievements.models import Award
from outreach.models import Team, Training
from tests.periods import new_period
from xinyi_sat.facts.fields import END, NUMBER, START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period

pytestmark = pytest.mark.django_db


def refused_by(model, values: dict, **record: str) -> str:
    """Write past every form and model; the words of what refuses, which name the rule, or nothing.

    Of several rules that are broken each database names another: these tests break one at a time.
    """
    columns = ", ".join(f'"{name}" = %s' for name in values)
    one = model.objects.get(**record)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s', [*values.values(), one.pk])
    except (IntegrityError, DataError) as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("outreach_training_participants_has_its_number", {"participants_number": None}),
        ("outreach_training_participants_has_its_number", {"participants_number": -1}),
        ("outreach_training_attendances_has_its_number", {"attendances_number": 5}),
        ("outreach_training_participants_has_its_number", {"participants": "", "participants_number": None}),
        ("outreach_training_participants_has_its_unit", {"participants": ""}),
        ("outreach_training_participants_has_its_unit", {"participants": "很多"}),
        ("outreach_training_participants_has_its_unit", {"participants": "2342户"}),
        ("outreach_training_sessions_has_its_unit", {"sessions": "17人次"}),
        ("outreach_training_participants_stands_in_passage", {"participants_end": None}),
        ("outreach_training_participants_stands_in_passage", {"participants_start": 400}),
        ("outreach_training_households_stands_in_passage", {"households_start": 1, "households_end": 2}),
        ("outreach_training_participants_has_its_unit", {"participants": "2342人次"}),
        ("outreach_training_attendances_has_its_unit", {"attendances": "3000人", "attendances_number": 3000}),
        (
            "outreach_training_people_do_not_exceed_attendances",
            {"attendances": "2341人次", "attendances_number": 2341},
        ),
        ("outreach_training_has_a_title", {"title": ""}),
        ("outreach_training_service_is_known", {"service": "elsewhere"}),
        ("outreach_training_basis_is_known", {"basis": "monthly"}),
        ("outreach_training_form_is_known", {"form": "unknown"}),
    ],
)
def test_a_training_that_cannot_be_true_is_refused(rule, values):
    assert rule in refused_by(Training, values, slug="continuing-education")


def test_a_number_of_thirteen_digits_is_refused_by_the_rule_or_by_the_column_itself():
    """PostgreSQL holds a column to its digits before any rule is asked, and SQLite does not."""
    refusal = refused_by(Training, {"participants_number": 10**12}, slug="continuing-education")
    assert "outreach_training_participants_has_its_number" in refusal or "numeric field overflow" in refusal


@pytest.mark.parametrize(
    ("model", "record", "values", "rule"),
    [
        (Period, {"slug": "2017-2021"}, {"ends_on": "2016-12-31"}, "facts_period_starts_before_it_ends"),
        (Period, {"slug": "2017-2021"}, {"slug": "all"}, "facts_period_is_not_called_all"),
        (Passage, {"paragraph": 4}, {"paragraph": 0}, "facts_passage_is_counted_from_one"),
        (Passage, {"paragraph": 4}, {"role": "title"}, "facts_passage_role_is_known"),
        (Organisation, {"slug": "xinhua-daily"}, {"kind": "paper"}, "facts_organisation_kind_is_known"),
        (Award, {"slug": "advanced-party-organisation"}, {"level": "global"}, "achievements_award_level_is_known"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(model, record, values, rule):
    assert rule in refused_by(model, values, **record)


def broken_by(constraint: CheckConstraint, model) -> dict:
    """Values that one of the rules all kinds share has to refuse."""
    rule = constraint.name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
    names = getattr(model, "figure_names", list)()
    nothing = {name + suffix: None for name in names for suffix in ("", NUMBER, START, END)}
    for name in names:
        figure = nothing | {name: f"5{model._meta.get_field(name).units[0]}", f"{name}_number": 5}
        if rule == f"{name}_has_its_number":
            return figure | {f"{name}_number": None}
        if rule == f"{name}_has_its_unit":
            return figure | {name: "5"}
        if rule == f"{name}_stands_in_passage":
            return figure | {f"{name}_start": 9, f"{name}_end": 3}
    return {"title": ""} if rule == "has_a_title" else {rule.removesuffix("_is_known"): "unheard-of"}


SHARED = ("_has_its_number", "_has_its_unit", "_stands_in_passage", "_has_a_title", "_is_known")
RULES = [
    (model, rule)
    for model in (Period, Organisation, Document, Passage, *fact_kinds())
    for rule in model._meta.constraints
    if isinstance(rule, CheckConstraint)
]


@pytest.mark.parametrize(
    ("model", "rule"),
    [(model, rule) for model, rule in RULES if rule.name.endswith(SHARED)],
    ids=lambda one: getattr(one, "name", ""),
)
def test_a_rule_that_kinds_share_refuses_in_every_kind(model, rule):
    assert rule.name in refused_by(model, broken_by(rule, model), pk=model.objects.first().pk)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in fact_kinds() for name in kind.figure_names()], ids=str
)
def test_the_database_takes_every_unit_that_the_form_takes_and_no_other(kind, name):
    [rule] = [one for one in kind._meta.constraints if one.name.endswith(f"_{name}_has_its_unit")]
    for unit in kind._meta.get_field(name).units:
        assert rule.condition.check({name: f"5{unit}"})
        assert rule.condition.check({name: f"近5{unit}以上"})
    assert not rule.condition.check({name: "5只"})
    assert rule.condition.check({name: "5人次"}) == (name == "attendances")


def test_the_rules_that_only_one_model_has_are_all_shown_above():
    own = {rule.name for model, rule in RULES if not rule.name.endswith(SHARED)}
    assert own == {
        "facts_period_starts_before_it_ends",
        "facts_period_is_not_called_all",
        "facts_passage_is_counted_from_one",
        "outreach_training_people_do_not_exceed_attendances",
    }


@pytest.mark.parametrize(
    ("state", "wrong"),
    [("draft", "archived"), ("published", "draft"), ("archived", "draft"), ("draft", "known-to-nobody")],
)
def test_a_period_goes_from_state_to_state_as_it_may_only(state, wrong):
    period = new_period("2022", state=state)
    assert "facts_period" in refused_by(Period, {"state": wrong}, pk=period.pk)


@pytest.mark.parametrize("column", ["passage_id", "period_id"])
@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_no_fact_is_without_a_passage_and_a_period(kind, column):
    assert column in refused_by(kind, {column: None}, pk=kind.objects.first().pk)


def test_a_slug_is_taken_once_in_a_period():
    other = Team.objects.get(slug="science-volunteers")
    refusal = refused_by(Team, {"slug": other.slug}, slug="committee-members")
    assert "period_id" in refusal
    assert "slug" in refusal


def test_a_paragraph_is_recorded_once():
    assert "paragraph" in refused_by(Passage, {"paragraph": 5}, paragraph=4)


@pytest.mark.parametrize("source", ["period", "passage", "passage__document", "passage__document__publisher"])
def test_a_source_that_facts_lean_on_cannot_be_deleted(source):
    fact = Award.objects.select_related(source).get(slug="advanced-party-organisation")
    with pytest.raises(ProtectedError):
        attrgetter(source.replace("__", "."))(fact).delete()
