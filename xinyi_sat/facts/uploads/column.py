"""One field of a fact as a column of a sheet: what every sort of column has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.uploads.refusal import RefusedCell

if TYPE_CHECKING:
    from xinyi_sat.facts.uploads.known import Known


@dataclass(frozen=True)
class Column:
    """One field of a fact as a column of a sheet."""

    field: models.Field

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def header(self) -> str:
        """The words of the field."""
        return str(self.field.verbose_name)

    @property
    def is_required(self) -> bool:
        """Whether a record needs something here."""
        return not self.field.blank and not self.field.has_default()

    @property
    def options(self) -> list[str]:
        """The words it takes, where they are few."""
        return []

    @property
    def help(self) -> str:
        """What to write here."""
        return str(self.field.help_text)

    @property
    def example(self) -> str:
        """What might stand here."""
        return ""

    def of(self, fact: Fact) -> Any:
        """What a record has here."""
        return getattr(fact, self.name)

    def read(self, cell: Any, known: Known) -> Any:
        """What a cell says; RefusedCell where it can't be."""
        value = self.meant(cell, known)
        if value in (None, "", ()):
            if self.is_required:
                raise RefusedCell("必填。")
            return self.field.get_default() if self.field.has_default() else value
        return value

    def meant(self, cell: Any, known: Known) -> Any:
        """What a cell says, or nothing."""
        raise NotImplementedError

    def shown(self, value: Any) -> Any:
        """A value as it stands in a sheet."""
        return "" if value is None else str(value)


def checked(field: models.Field, value: Any) -> Any:
    """A value as its field takes it; RefusedCell with the field's own reason."""
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise RefusedCell("".join(dict.fromkeys(error.messages))) from error
