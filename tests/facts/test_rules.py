"""The rules of the database, worked out without it, are answered as the database answers them."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Upper

from outreach.models import Training
from xinyi_sat.facts.fields import NUMBER, QuantityField
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.rules import NotReadHere, broken_rules, condition_of, fields_in, holds, is_broken

pytestmark = pytest.mark.django_db

WORDINGS = [None, "17期", "300人", "5.36万人次", "近1000人"]
NUMBERS = [None, Decimal(-1), Decimal(0), Decimal(17), Decimal(10**12)]
PLACES = [None, 0, 5, 6]
WORDS = ["", "x", "course", "county", "literacy", "not_stated", "confirmed"]


def any_value(field, choose: random.Random):
    """Some value for a field, right or wrong."""
    if isinstance(field, QuantityField):
        return choose.choice(WORDINGS)
    if field.name.endswith(NUMBER):
        return choose.choice(NUMBERS)
    if field.get_internal_type() == "PositiveIntegerField":
        return choose.choice(PLACES)
    if field.choices:
        return choose.choice([*dict(field.choices), *WORDS])
    return choose.choice(WORDS)


def refused_by_database(rule: CheckConstraint, fact: Fact) -> bool:
    try:
        rule.validate(type(fact), fact)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_every_rule_of_every_kind_is_answered_as_the_database_answers_it(kind):
    choose = random.Random(kind.kind())
    for rule in kind._meta.constraints:
        if not isinstance(rule, CheckConstraint):
            continue
        answers = set()
        for _ in range(30):
            fact = kind()
            for name in set(fields_in(rule.condition)):
                setattr(fact, name, any_value(kind._meta.get_field(name), choose))
            expected = refused_by_database(rule, fact)
            answers.add(expected)
            assert (holds(condition_of(rule), fact) is False) == expected, (rule.name, fact.__dict__)
        assert answers == {True, False}, rule.name


@pytest.mark.parametrize(
    "condition",
    [
        ~Q(participants__contains="人次") & ~Q(attendances__contains="人次"),
        ~(Q(participants__isnull=True) | ~Q(participants_number__gt=F("attendances_number"))),
        ~Q(participants_number__lt=F("attendances_number")),
        Q(participants="17期") | Q(attendances="17期"),
        ~(Q(participants="17期") & ~Q(attendances="17期")),
    ],
    ids=str,
)
def test_nothing_is_unknown_as_in_sql_and_false_below_a_not_as_in_django(condition):
    rule = CheckConstraint(condition=condition, name="rule")
    choose = random.Random(1)
    for _ in range(60):
        fact = Training()
        for name in set(fields_in(condition)):
            setattr(fact, name, any_value(Training._meta.get_field(name), choose))
        assert is_broken(rule, fact) == refused_by_database(rule, fact), fact.__dict__


@pytest.mark.parametrize(
    "condition",
    [Q(title__startswith="农"), Q(title=Upper("slug")), Q(title="农") ^ Q(slug="a")],
    ids=["lookup", "function", "xor"],
)
def test_what_is_not_read_here_the_database_is_asked(condition):
    rule = CheckConstraint(condition=condition, name="rule")
    with pytest.raises(NotReadHere):
        holds(condition, Training(title="林", slug="b"))
    assert is_broken(rule, Training(title="林", slug="b"))


def test_a_broken_rule_names_its_fields_and_its_reason(django_assert_num_queries):
    fact = Training(
        title="农技班",
        slug="farm-course",
        service="literacy",
        form="course",
        participants="300人",
        participants_number=300,
        attendances="200人次",
        attendances_number=200,
    )
    with django_assert_num_queries(0):
        [(names, reason)] = broken_rules(fact, known_unique=("period", "slug"))
    assert names == ["participants_number", "attendances_number"]
    assert reason == "人数不能多于人次。"
