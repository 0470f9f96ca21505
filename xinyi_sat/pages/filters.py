"""What a reader can ask of the list of one kind, kept in the address of the page."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db import models

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Measure, Organisation, Term, TermField
from xinyi_sat.facts.search import refuse_many_words, words_in
from xinyi_sat.pages.forms import LeastField


class OfferedFilter(django_filters.ChoiceFilter):
    """A choice of what the facts of the list have; asked of the database before the form is rendered."""

    @property
    def field(self) -> forms.Field:
        self.extra["choices"] = list(self.offered())
        return super().field

    def offered(self) -> Iterable[tuple[str, str]]:
        raise NotImplementedError


class WordsFilter(OfferedFilter):
    """The words that stand in a text field."""

    def offered(self) -> list[tuple[str, str]]:
        used = self.parent.queryset.order_by(self.field_name).exclude(**{self.field_name: ""})
        return [(word, word) for word in used.values_list(self.field_name, flat=True).distinct()]


class SlugFilter(OfferedFilter):
    """A choice of records by their slug."""

    def filter(self, facts: models.QuerySet, value: str) -> models.QuerySet:
        return facts.filter(**{f"{self.field_name}__slug": value}) if value else facts


class NamesFilter(SlugFilter):
    """The organisations that a field names."""

    def offered(self) -> models.QuerySet:
        named = self.parent.queryset.order_by().values(self.field_name)
        return Organisation.objects.filter(pk__in=named).values_list("slug", "name")


class TermFilter(SlugFilter):
    """The words of a vocabulary."""

    def offered(self) -> list[tuple[str, str]]:
        vocabulary = self.model._meta.get_field(self.field_name).vocabulary
        return [(term.slug, str(term)) for term in self.parent.terms if term.vocabulary == vocabulary]


class LeastFilter(django_filters.NumberFilter):
    """The least that the figure of a measure is to be."""

    field_class = LeastField

    def __init__(self, measure: Measure):
        super().__init__(label=f"{measure.label}不少于")
        self.measure = measure

    def filter(self, facts: models.QuerySet, value: Any) -> models.QuerySet:
        return facts if value is None else facts.filter(figures__measure=self.measure, figures__number__gte=value)

    def get_max_validator(self) -> None:
        """The field has its own, which says so in words that a reader knows."""


class FactFilter(django_filters.FilterSet):
    """Every list can be searched, and narrowed to a service and a least number of each of its measures.

    What there is to choose from is what the facts have that it narrows: those of the period shown.
    """

    q = django_filters.CharFilter(method="search", label="查找", max_length=100, validators=[refuse_many_words])
    service = django_filters.ChoiceFilter(choices=Service.choices, label="服务")

    class Meta:
        filter_overrides = {
            models.CharField: {"filter_class": WordsFilter},
            TermField: {"filter_class": TermFilter},
            models.ForeignKey: {"filter_class": NamesFilter},
            models.ManyToManyField: {"filter_class": NamesFilter},
        }

    def __init__(self, *args: Any, measures: list[Measure], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for measure in measures:
            name = f"{measure.slug}_min"
            self.filters[name] = LeastFilter(measure)
            self.filters[name].parent = self

    @classmethod
    def get_filters(cls) -> dict:
        """The words to search first, then what the kind has, then the service."""
        filters = super().get_filters()
        return {"q": filters.pop("q")} | filters

    @cached_property
    def terms(self) -> list[Term]:
        """The words of all vocabularies that this kind chooses from; one question to the database."""
        model = self._meta.model
        vocabularies = [model._meta.get_field(name).vocabulary for name in model.term_names()]
        return list(Term.objects.filter(vocabulary__in=vocabularies))

    def search(self, facts: models.QuerySet, name: str, words: str) -> models.QuerySet:
        return facts.search(words_in(words))
