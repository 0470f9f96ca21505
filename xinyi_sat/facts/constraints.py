"""Rules that several kinds of fact share, as constraints of the database."""

from django.db.models import CheckConstraint, F, Q

from xinyi_sat.facts.fields import END, NUMBER, START, TOO_LARGE


def figure_rules(*names: str) -> list[CheckConstraint]:
    """What must be true of each figure: it has its number, and it stands on whole characters of its passage."""
    return [rule for name in names for rule in (has_its_number(name), stands_in_its_passage(name))]


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


def stands_in_its_passage(name: str) -> CheckConstraint:
    """Start and end come together, in this order, and only for a figure that is there."""
    nowhere = Q(**{f"{name}{START}__isnull": True, f"{name}{END}__isnull": True})
    somewhere = present(name, name + START, name + END) & Q(**{f"{name}{START}__lt": F(name + END)})
    return CheckConstraint(
        condition=nowhere | somewhere,
        name=f"%(app_label)s_%(class)s_{name}_stands_in_passage",
        violation_error_message="起止字位必须同时填写，起在止前，并且有对应的数字。",
    )


def is_one_of(name: str, choices: type, *, or_empty: bool = False) -> CheckConstraint:
    """A choice the site has a word for."""
    return CheckConstraint(
        condition=Q(**{f"{name}__in": [*choices.values, *([""] if or_empty else [])]}),
        name=f"%(app_label)s_%(class)s_{name}_is_known",
        violation_error_message="请在列出的选项中选择。",
    )
