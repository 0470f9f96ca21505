"""What a reader can ask of a list, kept in the address of the page."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Count
from django.http import HttpRequest

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.fields import NUMBER
from xinyi_sat.facts.forms import LeastField
from xinyi_sat.facts.models import Organisation
from xinyi_sat.facts.querysets import few_words, words_in

MOST_OFFERED = 200  # words in a list to choose from; others are found by typing them


class WordsFilter(django_filters.ChoiceFilter):
    """The words that stand in a text field, to choose from; of very many those that stand there most often."""

    @property
    def field(self) -> forms.Field:
        used = self.parent.queryset.order_by().exclude(**{self.field_name: ""}).values_list(self.field_name)
        counted = used.annotate(times=Count("pk")).order_by("-times", self.field_name)
        offered = list(counted[: MOST_OFFERED + 1])
        words = {word for word, _ in offered[:MOST_OFFERED]}
        if len(offered) > MOST_OFFERED:
            self.extra["empty_label"] = f"全部（只列最常见的 {MOST_OFFERED} 个）"
        if asked := self.parent.data.get(self.field_name):
            words |= {word for word, _ in counted.filter(**{self.field_name: asked})}
        self.extra["choices"] = [(word, word) for word in sorted(words)]
        return super().field


class NamesFilter(django_filters.ModelChoiceFilter):
    """The organisations that a field names, to choose from."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, to_field_name="slug", **kwargs)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return Organisation.objects.filter(pk__in=self.parent.queryset.order_by().values(self.field_name))


class LeastFilter(django_filters.NumberFilter):
    """The least that a figure is to be."""

    field_class = LeastField

    def get_max_validator(self) -> None:
        """The field has its own, which says so in words that a reader knows."""


class FactFilter(django_filters.FilterSet):
    """Every list can be searched, and narrowed to a service and a least number of each of its figures.

    What there is to choose from is what the facts have that it narrows: those of the period shown.
    """

    q = django_filters.CharFilter(method="search", label="查找", max_length=100, validators=[few_words])
    service = django_filters.ChoiceFilter(choices=Service.choices, label="服务")

    class Meta:
        filter_overrides = {
            models.CharField: {"filter_class": WordsFilter},
            models.ForeignKey: {"filter_class": NamesFilter},
            models.ManyToManyField: {"filter_class": NamesFilter},
        }

    @classmethod
    def get_filters(cls) -> dict:
        """The words to search first, what the kind has next, then what all kinds have."""
        filters = super().get_filters()
        first = {"q": filters.pop("q")}
        return first | filters | {f"{name}_min": cls.least(name) for name in cls.figure_names()}

    @classmethod
    def figure_names(cls) -> list[str]:
        """The figures of the kind; none for this base class, which has no kind."""
        return cls._meta.model.figure_names() if cls._meta.model else []

    @classmethod
    def least(cls, name: str) -> LeastFilter:
        """A least number for a figure, compared in the database."""
        label = f"{cls._meta.model._meta.get_field(name).verbose_name}不少于"
        return LeastFilter(field_name=name + NUMBER, lookup_expr="gte", label=label)

    def search(self, facts: models.QuerySet, name: str, words: str) -> models.QuerySet:
        """Narrow to the facts that have every word."""
        return facts.search(words_in(words), facts.model.figure_names())
