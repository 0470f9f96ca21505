"""The columns of tables of facts and figures.

A column whose file has something else than its accessor leads to says so in `file_cell`.
"""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.db.models import F, Field, ManyToManyField, QuerySet
from django.utils.html import format_html, format_html_join

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Fact, Measure, Organisation, TermField
from xinyi_sat.facts.models.fact import measured
from xinyi_sat.pages.exports import plain_number
from xinyi_sat.pages.figure_links import figure_link


def hidden(label: str, **kwargs: Any) -> tables.Column:
    """A column that files have and the page has not."""
    return tables.Column(verbose_name=label, visible=False, orderable=False, **kwargs)


class StatedFirstColumn(tables.Column):
    """A column in which what is not stated comes last, whichever way and in whichever database it is sorted."""

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:  # noqa: FBT001 (its signature)
        values = [F(name) for name in self.order_by]
        if is_descending:
            return queryset.order_by(*(value.desc(nulls_last=True) for value in values)), True
        return queryset.order_by(*(value.asc(nulls_last=True) for value in values)), True


class MeasureColumn(StatedFirstColumn):
    """The figures of one measure: their wording, sorted by their number, leading to the passage."""

    def __init__(self, measure: Measure):
        super().__init__(
            accessor="pk",
            verbose_name=measure.label,
            order_by=f"{measured(measure.slug)}__number",
            attrs={"cell": {"class": "quantity"}},
        )
        self.measure = measure

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:  # noqa: FBT001 (its signature)
        return super().order(queryset.with_measure(self.measure), is_descending)

    def render(self, record: Fact) -> str:
        figure = record.figure(self.measure.slug)
        return figure_link(figure) if figure else ""

    def file_cell(self, record: Fact) -> str | None:
        figure = record.figure(self.measure.slug)
        return figure and figure.wording


class BoundColumn(tables.Column):
    """For files: the lower or upper bound of the figures of one measure, as a number."""

    def __init__(self, measure: Measure, bound: str, label: str):
        super().__init__(accessor="pk", verbose_name=f"{measure.label}（{label}）", visible=False, orderable=False)
        self.measure, self.bound = measure, bound

    def file_cell(self, record: Fact) -> int | Decimal | None:
        figure = record.figure(self.measure.slug)
        return plain_number(getattr(figure, self.bound)) if figure else None


class ServiceColumn(tables.Column):
    """The service in a word; in files its whole name."""

    def render(self, record: Fact) -> str:
        return record.short_service

    def file_cell(self, record: Fact) -> str:
        return Service(record.service).label


class BasisColumn(tables.Column):
    """What the figures of a fact cover; empty for a fact without any."""

    def render(self, record: Fact) -> str:
        return record.get_basis_display() if record.figures.all() else ""

    file_cell = render


class CorrectedColumn(tables.Column):
    """For files: which figures were corrected since they were published, and when: 人数2026年3月1日更正."""

    def file_cell(self, record: Fact) -> str:
        return "；".join(f"{one.label}{one.correction}" for one in record.figures.all() if one.correction)


def organisation_link(organisation: Organisation, querystring: str) -> str:
    """An organisation by name, leading to its page; the querystring keeps what the reader has chosen."""
    return format_html('<a href="{}{}">{}</a>', organisation.get_absolute_url(), querystring, organisation)


class NameColumn(StatedFirstColumn):
    """An organisation, leading to the page of what names it."""

    def render(self, value: Organisation, table: tables.Table) -> str:
        return organisation_link(value, table.querystring)


class NamesColumn(tables.Column):
    """Organisations, each leading to the page of what names it; not ManyToManyColumn, which asks again for each row."""

    def render(self, value: Any, table: tables.Table) -> str:
        return format_html_join("、", "{}", ((organisation_link(one, table.querystring),) for one in value.all()))

    def file_cell(self, record: Fact) -> str:
        return "、".join(map(str, self.accessor.resolve(record).all()))


def column_of(field: Field, *, visible: bool = True) -> tables.Column:
    """The column of a field that only one kind of fact has."""
    shared = {"accessor": field.name, "verbose_name": field.verbose_name, "visible": visible}
    if isinstance(field, ManyToManyField):
        return NamesColumn(orderable=False, **shared)
    if isinstance(field, TermField):
        return tables.Column(order_by=f"{field.name}__slug", **shared)
    if field.related_model is Organisation:
        return NameColumn(order_by=(f"{field.name}__kind", f"{field.name}__slug"), **shared)
    return tables.Column(**shared)
