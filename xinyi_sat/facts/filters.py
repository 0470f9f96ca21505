"""What a reader can ask of a list, kept in the address of the page."""

from typing import Any

import django_filters
from django.db import models

from xinyi_sat.facts.fields import NUMBER
from xinyi_sat.facts.models import Organisation, Period, Service


class WordsFilter(django_filters.ChoiceFilter):
    """The words that stand in a text field, to choose from."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, choices=self.words, **kwargs)

    def words(self) -> list[tuple[str, str]]:
        """Each word in use once, the empty one left out."""
        used = self.model.objects.exclude(**{self.field_name: ""}).order_by(self.field_name)
        return [(word, word) for word in used.values_list(self.field_name, flat=True).distinct()]


def organisations_named(field: models.Field) -> dict:
    """For a filter of organisations: those that this field names."""
    return {
        "queryset": lambda request: Organisation.objects.filter(pk__in=field.model.objects.values(field.name)),
        "to_field_name": "slug",
    }


class FactFilter(django_filters.FilterSet):
    """Every list can be searched, and narrowed to a period, a service and a least number of each of its figures."""

    q = django_filters.CharFilter(method="search", label="查找")
    period = django_filters.ModelChoiceFilter(queryset=Period.objects.all(), to_field_name="slug", label="时期")
    service = django_filters.ChoiceFilter(choices=Service.choices, label="服务")

    class Meta:
        filter_overrides = {
            models.CharField: {"filter_class": WordsFilter},
            models.ForeignKey: {"filter_class": django_filters.ModelChoiceFilter, "extra": organisations_named},
            models.ManyToManyField: {"filter_class": django_filters.ModelChoiceFilter, "extra": organisations_named},
        }

    @classmethod
    def get_filters(cls) -> dict:
        filters = super().get_filters()
        for name in cls._meta.model.figure_names() if cls._meta.model else []:
            label = f"{cls._meta.model._meta.get_field(name).verbose_name}不少于"
            filters[f"{name}_min"] = django_filters.NumberFilter(
                field_name=name + NUMBER, lookup_expr="gte", label=label, min_value=0
            )
        return filters

    def search(self, facts: models.QuerySet, name: str, words: str) -> models.QuerySet:
        """Narrow to the facts that have every word."""
        return facts.search(words)
