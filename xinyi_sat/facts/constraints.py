"""Rules that several kinds of fact share, as constraints of the database."""

from functools import reduce
from operator import and_

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Model, Q

from xinyi_sat.facts.fields import END, NUMBER, START, TOO_LARGE

ATTENDANCES = "人次"


def figure_rules(**units: tuple[str, ...]) -> list[CheckConstraint]:
    """What must be true of each figure: it has its number and one of its units, and stands on characters of its passage."""
    return [
        rule
        for name, words in units.items()
        for rule in (has_its_number(name), has_its_unit(name, words), stands_in_its_passage(name))
    ]


def beside_their_fields(broken: ValidationError) -> ValidationError:
    """The messages of rules that are broken, each beside the field that the rule names as its error code."""
    beside: dict[str, list[ValidationError]] = {}
    for name, errors in broken.error_dict.items():
        for error in errors:
            beside.setdefault(error.code if name == NON_FIELD_ERRORS and error.code else name, []).append(error)
    return ValidationError(beside)


def checks_hold(record: Model, exclude: set[str]) -> bool:
    """Whether a record breaks none of its checks, but for those about the fields to leave out; one question for all."""
    checks = [one.condition for one in record._meta.constraints if isinstance(one, CheckConstraint)]
    asked = [one for one in checks if not one.referenced_base_fields & exclude]
    try:
        CheckConstraint(condition=reduce(and_, asked, Q()), name="all").validate(type(record), record, exclude)
    except ValidationError:
        return False
    return True


def present(*names: str) -> Q:
    """Every one of these columns has a value; a CHECK takes a comparison with NULL for true."""
    return Q(**{f"{name}__isnull": False for name in names})


def has_its_number(name: str) -> CheckConstraint:
    """A wording without a number would be sorted as if it were missing, and a number without a wording can't be read."""
    return CheckConstraint(
        condition=Q(**{f"{name}__isnull": True, f"{name}{NUMBER}__isnull": True})
        | present(name, name + NUMBER) & Q(**{f"{name}{NUMBER}__gte": 0, f"{name}{NUMBER}__lt": TOO_LARGE}),
        name=f"%(app_label)s_%(class)s_{name}_has_its_number",
        violation_error_message="数字的原文与数值必须同时有或同时没有，不能为负，且小于一万亿。",
    )


def has_its_unit(name: str, units: tuple[str, ...]) -> CheckConstraint:
    """A wording names one of the units of its field; attendances never stand where people are counted."""
    named = Q()
    for unit in units:
        named |= Q(**{f"{name}__contains": unit})
    if ATTENDANCES not in units:
        named &= ~Q(**{f"{name}__contains": ATTENDANCES})
    return CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | present(name) & named,
        name=f"%(app_label)s_%(class)s_{name}_has_its_unit",
        violation_error_code=name,
        violation_error_message=f"单位应为“{'”“'.join(units)}”。",
    )


def stands_in_its_passage(name: str) -> CheckConstraint:
    """Start and end come together, in this order, and only for a figure that is there."""
    nowhere = Q(**{f"{name}{START}__isnull": True, f"{name}{END}__isnull": True})
    somewhere = present(name, name + START, name + END) & Q(**{f"{name}{START}__lt": F(name + END)})
    return CheckConstraint(
        condition=nowhere | somewhere,
        name=f"%(app_label)s_%(class)s_{name}_stands_in_passage",
        violation_error_code=name + END,
        violation_error_message="起止字位必须同时填写，起在止前，并且有对应的数字。",
    )


def is_one_of(name: str, choices: type, *, or_empty: bool = False) -> CheckConstraint:
    """A choice the site has a word for."""
    return CheckConstraint(
        condition=Q(**{f"{name}__in": [*choices.values, *([""] if or_empty else [])]}),
        name=f"%(app_label)s_%(class)s_{name}_is_known",
        violation_error_message="请在列出的选项中选择。",
    )
