"""Constraints that several models share, and the fields at which their messages are shown."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Q


def errors_by_field(error: ValidationError) -> ValidationError:
    """The messages of broken constraints, each under the field that the constraint names as its error code."""
    by_field: dict[str, list[ValidationError]] = {}
    for name, errors in error.error_dict.items():
        for one in errors:
            by_field.setdefault(one.code if name == NON_FIELD_ERRORS and one.code else name, []).append(one)
    return ValidationError(by_field)


def is_one_of(name: str, choices: type, *, or_empty: bool = False) -> CheckConstraint:
    """The constraint that a field has one of its choices."""
    return CheckConstraint(
        condition=Q(**{f"{name}__in": [*choices.values, *([""] if or_empty else [])]}),
        name=f"%(app_label)s_%(class)s_{name}_is_known",
        violation_error_message="请在列出的选项中选择。",
    )
