"""Addresses of the admin with nonsense in them are not found, as any page that isn't there."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import Http404, HttpRequest


class KnownAddresses(admin.ModelAdmin):
    """An admin whose pages are Http404 where an address names no record."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model:
        """The record; Http404 where there is none."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address of a new record fills in; Http404 where it names a record that isn't there."""
        values = super().get_changeform_initial_data(request)
        for name, value in values.items():
            if not self._is_there(name, value):
                raise Http404
        return values

    def _is_there(self, name: str, value: Any) -> bool:
        try:
            field = self.opts.get_field(name)
            keys = value if isinstance(value, list) else [value]
            return not field.is_relation or all(field.related_model.objects.filter(pk=key).exists() for key in keys)
        except FieldDoesNotExist:
            return True
        except (ValueError, ValidationError):
            return False
