"""The rules of the database, asked of thousands of records without asking the database.

To ask it is right and takes ten milliseconds a record; a workbook of a few thousand rows would take a minute. So the
conditions are worked out here, with SQL's third answer, unknown. What this reading doesn't know, the database is asked;
and it refuses on saving whatever should have been overlooked. A test compares both on every rule of every kind.
"""

import operator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, CheckConstraint, F, Model, Q, UniqueConstraint

LOOKUPS = {
    "exact": operator.eq,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda value, several: value in several,
    "contains": lambda text, part: str(part) in str(text),
}


class NotReadHere(LookupError):  # noqa: N818 (it says what the condition is)
    """A condition that only the database can answer."""


def broken_rules(record: Model, *, known_unique: tuple[str, ...]) -> list[tuple[list[str], str]]:
    """The rules a record breaks: the fields each speaks of, and its message.

    That no two records have `known_unique` alike is for the caller to see to.
    """
    return [
        (fields_of(rule), str(rule.get_violation_error_message()))
        for rule in record._meta.constraints
        if not (isinstance(rule, UniqueConstraint) and rule.fields == known_unique) and is_broken(rule, record)
    ]


def refuse_broken(record: Model) -> None:
    """ValidationError for a record that breaks a rule of its fields, its model or its table, hardly asking the database.

    What it refers to has to be there, and its natural key to be its own: that is for the caller to see to.
    """
    there = {one.name for one in record._meta.concrete_fields if one.many_to_one and getattr(record, one.attname)}
    record.clean_fields(exclude=there)
    record.clean()
    record.validate_unique(exclude={"slug"})
    if broken := broken_rules(record, known_unique=natural_key_of(type(record))):
        raise ValidationError([reason for _, reason in broken])


def natural_key_of(model: type[Model]) -> tuple[str, ...]:
    """The fields of the first rule that no two records are alike in; none where the slug alone is."""
    unique = (rule.fields for rule in model._meta.constraints if isinstance(rule, UniqueConstraint))
    return next(unique, ())


def is_broken(rule: BaseConstraint, record: Model) -> bool:
    """Whether a record breaks a rule."""
    try:
        return holds(condition_of(rule), record) is False
    except NotReadHere:
        try:
            rule.validate(type(record), record)
        except ValidationError:
            return True
        return False


def condition_of(rule: BaseConstraint) -> Q:
    """What a CHECK demands; NotReadHere for any other rule."""
    if not isinstance(rule, CheckConstraint) or not isinstance(rule.condition, Q):
        raise NotReadHere
    return rule.condition


def holds(condition: Q, record: Model, *, negated: bool = False) -> bool | None:
    """What SQL would answer: true, false, or None for unknown."""
    if condition.connector == Q.XOR:
        raise NotReadHere
    negated ^= condition.negated
    answers = [
        holds(part, record, negated=negated) if isinstance(part, Q) else compared(part, record, negated=negated)
        for part in condition.children
    ]
    decisive = condition.connector == Q.OR  # one such answer decides; an unknown one leaves it open
    answer = decisive if decisive in answers else None if None in answers else not decisive
    return not answer if condition.negated and answer is not None else answer


def compared(part: Any, record: Model, *, negated: bool) -> bool | None:
    """One comparison; below a NOT, Django has SQL take a comparison with nothing for false."""
    if not isinstance(part, tuple):
        raise NotReadHere
    name, _, lookup = part[0].partition("__")
    value, expected = value_of(record, name), part[1]
    if lookup == "isnull":
        return (value is None) == expected
    if isinstance(expected, F):
        expected = value_of(record, expected.name)
    if hasattr(expected, "resolve_expression") or (lookup or "exact") not in LOOKUPS:
        raise NotReadHere
    if value is None or expected is None:
        return False if negated else None
    return LOOKUPS[lookup or "exact"](value, expected)


def value_of(record: Model, name: str) -> Any:
    """What the database would hold for a field."""
    field = record._meta.get_field(name)
    return field.get_prep_value(getattr(record, field.attname))


def fields_of(rule: BaseConstraint) -> list[str]:
    """The fields a rule speaks of."""
    condition = getattr(rule, "condition", None)
    return list(dict.fromkeys([*getattr(rule, "fields", ()), *(fields_in(condition) if condition else ())]))


def fields_in(condition: Q) -> list[str]:
    """The fields that stand in a condition."""
    names = []
    for part in condition.children:
        if isinstance(part, Q):
            names += fields_in(part)
        elif isinstance(part, tuple):
            names += [part[0].split("__")[0], *([part[1].name] if isinstance(part[1], F) else [])]
    return names
