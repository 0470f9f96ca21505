"""Hidden characters are removed from typed texts."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models

from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.reading.plain_text import visible_text


class VisibleTexts(models.Model):
    """A record without hidden characters in its texts."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: set[str] | None = None) -> None:
        """Validate each field, after removing hidden characters; control characters are refused."""
        errors = dict(self._errors_of_texts(set(exclude or ())))
        try:
            super().clean_fields(exclude={*(exclude or ()), *errors})
        except ValidationError as error:
            errors |= error.error_dict
        if errors:
            raise ValidationError(errors)

    def _errors_of_texts(self, exclude: set[str]) -> Iterator[tuple[str, list[ValidationError]]]:
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            is_text = isinstance(field, models.CharField | models.TextField) and isinstance(value, str)
            if not is_text or not field.editable or field.name in exclude:
                continue
            try:
                refuse_invisible(value)
            except ValidationError as error:
                yield field.name, error.error_list
            else:
                setattr(self, field.attname, visible_text(value))
