"""A figure in the database: its wording, the number it sorts by, and the characters it was read from."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from xinyi_sat.reading.quantity import Quantity, UnreadableQuantityError

TOO_LARGE = 10**12  # A database keeps fifteen digits exactly: twelve before the point, and the places after it.
PLACES = 3
NUMBER, START, END = "_number", "_start", "_end"


def place(start: int | None, end: int | None) -> str:
    """Offsets as a reader counts characters, from 1 to the last; empty where the place is not known."""
    return "" if start is None else f"{start + 1}–{end}"


class CompanionField:
    """A column that a QuantityField keeps beside its wording."""

    figure: str | None = None

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        # A migration declares the columns that its QuantityField has added already.
        if all(field.name != name for field in cls._meta.local_fields):
            super().contribute_to_class(cls, name, **kwargs)


class QuantityNumberField(CompanionField, models.DecimalField):
    """The printed number of a figure, for sorting and filtering; follows the wording on every save."""

    def pre_save(self, instance: models.Model, add: bool) -> Any:  # noqa: FBT001 (Django's signature)
        if self.figure:
            quantity = instance._meta.get_field(self.figure).to_python(getattr(instance, self.figure))
            setattr(instance, self.attname, quantity.number if quantity else None)
        return super().pre_save(instance, add)


class QuantityOffsetField(CompanionField, models.PositiveIntegerField):
    """A character offset of a figure in its paragraph, counted from 0; empty where nobody has located it."""


class QuantityField(models.CharField):
    """A figure as printed, read into a Quantity; empty where the source gives none.

    `units` are the counting words the field takes; any when none are named.
    Beside `participants` stand `participants_number`, `participants_start` and `participants_end`.
    """

    def __init__(self, *args: Any, units: tuple[str, ...] = (), **kwargs: Any):
        kwargs = {"max_length": 40, "null": True, "blank": True} | kwargs
        super().__init__(*args, **kwargs)
        self.units = units
        label = self.verbose_name or ""
        self.companions = {
            NUMBER: QuantityNumberField(
                f"{label}（数值）",
                max_digits=15,
                decimal_places=PLACES,
                null=True,
                blank=True,
                editable=False,
                serialize=False,
            ),
            START: QuantityOffsetField(f"{label}起于第几字", null=True, blank=True),
            END: QuantityOffsetField(f"{label}止于第几字", null=True, blank=True),
        }

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        for suffix, companion in self.companions.items():
            companion = copy(companion)
            companion.figure = name
            companion.contribute_to_class(cls, name + suffix)

    def to_python(self, value: Any) -> Quantity | None:
        if isinstance(value, Quantity) or value in self.empty_values:
            return value or None
        try:
            return Quantity.read(str(value))
        except UnreadableQuantityError as error:
            raise ValidationError(str(error), code="unreadable") from error

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Quantity | None:
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in self.empty_values else str(value)

    def pre_save(self, instance: models.Model, add: bool) -> Quantity | None:  # noqa: FBT001 (Django's signature)
        quantity = self.to_python(getattr(instance, self.attname))
        self.validate(quantity, instance)
        self.run_validators(quantity)
        setattr(instance, self.attname, quantity)
        return quantity

    def validate(self, value: Quantity | None, model_instance: models.Model) -> None:
        super().validate(value, model_instance)
        if reason := value and self.unfitness(value):
            raise ValidationError(reason)

    def unfitness(self, value: Quantity) -> str:
        """Why a quantity can't be a figure of this field, and what could; empty where it can."""
        if value.number >= TOO_LARGE or value.number != round(value.number, PLACES):
            return f"“{value}”存不下：应小于一万亿，小数不多于 {PLACES} 位。"
        if self.units and not value.unit:
            example = value.number if value.number and not value.number % 1 else 17
            left_out = "" if value.number else "原文没有这个数就留空。"
            return f"“{value}”没有单位，应写数字和单位，例如“{example:.0f}{self.units[0]}”。{left_out}"
        if self.units and value.unit not in self.units:
            return f"{self.verbose_name}的单位应为“{'”“'.join(self.units)}”，而“{value}”的单位是“{value.unit}”。"
        return ""

    def run_validators(self, value: Quantity | None) -> None:
        super().run_validators(self.get_prep_value(value))

    def value_from_object(self, obj: models.Model) -> str | None:
        return self.get_prep_value(super().value_from_object(obj))

    def value_to_string(self, obj: models.Model) -> str:
        return self.value_from_object(obj)
