"""What a kind of fact says of itself: its words in addresses and files, its fields, and what it counts."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.urls import reverse

from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.vocabulary import Measure, TermField

if TYPE_CHECKING:
    from xinyi_sat.facts.models.fact import Fact


class FactKind(models.Model):
    """The names, fields and measures of a kind of fact."""

    class Meta:
        abstract = True

    @classmethod
    @cache
    def noun(cls) -> str:
        """The word for this kind in files and addresses: `enterprise_link`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def plural(cls) -> str:
        return f"{cls.noun()[:-1]}ies" if cls.noun().endswith("y") else f"{cls.noun()}s"

    @classmethod
    def list_url(cls) -> str:
        return reverse(f"{cls._meta.app_label}:{cls.plural()}")

    @classmethod
    def measures(cls) -> list[Measure]:
        """What facts of this kind count, in the order pages show it; one query."""
        return Measure.objects.for_kind(cls.noun())

    @classmethod
    def organisation_names(cls) -> list[str]:
        relations = chain(cls._meta.fields, cls._meta.many_to_many)
        return [field.name for field in relations if field.related_model is Organisation]

    @classmethod
    def term_names(cls) -> list[str]:
        return [field.name for field in cls._meta.fields if isinstance(field, TermField)]

    @classmethod
    def own_names(cls) -> list[str]:
        """The fields that only this kind has, organisations left out."""
        local = [field for field in cls._meta.local_fields if not field.primary_key] if cls._meta.parents else []
        return [field.name for field in local if field.name not in cls.organisation_names()]

    @property
    def own_noun(self) -> str:
        return self.kind or type(self).noun()

    @property
    def model(self) -> type[Fact]:
        """The model of its kind, also where only the row that all kinds share was fetched."""
        return kind_named(self.kind)

    @property
    def kind_label(self) -> str:
        return self.model._meta.verbose_name

    def details(self) -> list[tuple[str, str | list[Organisation]]]:
        """Label and value of the fields that only this kind has; empty ones are left out."""
        own = [(name, getattr(self, name)) for name in self.own_names()]
        named = [(name, self.organisations(name)) for name in self.organisation_names()]
        return [
            (self._meta.get_field(name).verbose_name, value if isinstance(value, list) else str(value))
            for name, value in own + named
            if value
        ]

    def organisations(self, name: str) -> list[Organisation]:
        if self._meta.get_field(name).many_to_many:
            return list(getattr(self, name).all())
        return [getattr(self, name)] if getattr(self, name) else []

    def texts(self) -> list[str]:
        """The texts, terms and names of organisations that a search finds a fact and its figures by."""
        own = [str(value) for name in self.own_names() if (value := getattr(self, name))]
        named = [str(one) for name in self.organisation_names() for one in self.organisations(name)]
        return [self.title, self.note, *own, *named]


@cache
def fact_kinds() -> list[type[Fact]]:
    """Every kind of fact there is, in the order pages show them: achievements before outreach."""
    return [model for model in apps.get_models() if issubclass(model, FactKind) and model._meta.parents]


@cache
def kind_named(noun: str) -> type[Fact]:
    """The model of a kind such as `enterprise_link`; KeyError if there is none."""
    return {model.noun(): model for model in fact_kinds()}[noun]
