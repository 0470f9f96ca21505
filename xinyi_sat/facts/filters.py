"""What a reader can ask of a list, kept in the address of the page."""

import django_filters
from django import forms
from django.db import models

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.fields import NUMBER
from xinyi_sat.facts.models import Organisation, Period
from xinyi_sat.facts.querysets import few_words, words_in


class WordsFilter(django_filters.ChoiceFilter):
    """The words that stand in a text field, to choose from."""

    @property
    def field(self) -> forms.Field:
        used = self.model.objects.public().exclude(**{self.field_name: ""}).order_by(self.field_name)
        self.extra["choices"] = [(word, word) for word in used.values_list(self.field_name, flat=True).distinct()]
        return super().field


def organisations_named(field: models.Field) -> dict:
    """For a filter of organisations: those that this field names."""
    return {
        "queryset": lambda request: Organisation.objects.filter(pk__in=field.model.objects.public().values(field.name)),
        "to_field_name": "slug",
    }


class FactFilter(django_filters.FilterSet):
    """Every list can be searched, and narrowed to a period, a service and a least number of each of its figures."""

    q = django_filters.CharFilter(method="search", label="查找", max_length=100, validators=[few_words])
    period = django_filters.ModelChoiceFilter(
        queryset=lambda request: Period.objects.public(), to_field_name="slug", label="时期"
    )
    service = django_filters.ChoiceFilter(choices=Service.choices, label="服务")

    class Meta:
        filter_overrides = {
            models.CharField: {"filter_class": WordsFilter},
            models.ForeignKey: {"filter_class": django_filters.ModelChoiceFilter, "extra": organisations_named},
            models.ManyToManyField: {"filter_class": django_filters.ModelChoiceFilter, "extra": organisations_named},
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
    def least(cls, name: str) -> django_filters.NumberFilter:
        """A least number for a figure, compared in the database."""
        label = f"{cls._meta.model._meta.get_field(name).verbose_name}不少于"
        return django_filters.NumberFilter(field_name=name + NUMBER, lookup_expr="gte", label=label, min_value=0)

    def search(self, facts: models.QuerySet, name: str, words: str) -> models.QuerySet:
        """Narrow to the facts that have every word."""
        return facts.search(words_in(words), facts.model.figure_names())
