"""Tables of facts: one column list serves the page and its files."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_tables2.columns import library
from django_tables2.utils import OrderBy

from xinyi_sat.facts.changes.marks import marks_of
from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.chosen import Chosen
from xinyi_sat.facts.fields import NUMBER, QuantityField
from xinyi_sat.facts.figures import FIGURE_TIES, Figure, figure_of
from xinyi_sat.facts.file_cells import cell_of
from xinyi_sat.facts.models import Fact, Organisation


def figure_link(figure: Figure) -> SafeString:
    """A figure as printed, leading to the characters it was read from, and its mark, leading to its changes."""
    link = format_html(
        '<a class="figure" href="{}" title="{}，见原文第 {} 段">{}</a>',
        figure.passage_url,
        figure.quantity.qualifier.label,
        figure.paragraph,
        figure.quantity,
    )
    return format_html('<span class="corrected">{}{}</span>', link, mark_link(figure)) if figure.mark else link


def mark_link(figure: Figure) -> SafeString:
    """The mark of a figure that was corrected since it was published; nothing for any other."""
    if figure.mark is None:
        return SafeString("")
    words = f"{figure.mark}，见更改记录"
    address = f"{figure.url}#changes"
    return format_html(
        '<sup class="sign"><a href="{}" title="{}" aria-label="{}">{}</a></sup>',
        *(address, words, words, figure.mark.sign),
    )


def figure_on_paper(figure: Figure) -> SafeString:
    """A figure as paper has it, with its mark."""
    return format_html("{}{}", figure.quantity, mark_on_paper(figure))


def mark_on_paper(figure: Figure) -> SafeString:
    """The mark of a figure in brackets, so that it is one in plain text too; nothing where it is as it was published."""
    return format_html("<sup>〔{}〕</sup>", figure.mark.sign) if figure.mark else SafeString("")


class StatedFirstColumn(tables.Column):
    """A column in which what is not stated comes last, whichever way and in whichever database it is sorted."""

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:  # noqa: FBT001 (its signature)
        values = [F(name) for name in self.order_by]
        if is_descending:
            return queryset.order_by(*(value.desc(nulls_last=True) for value in values)), True
        return queryset.order_by(*(value.asc(nulls_last=True) for value in values)), True


@library.register
class QuantityColumn(StatedFirstColumn):
    """A figure: its wording, sorted by its number, linked to its passage."""

    attrs = {"cell": {"class": "quantity"}}

    @classmethod
    def from_field(cls, field: Any, **kwargs: Any) -> tables.Column | None:
        """The column of a model's QuantityField."""
        if isinstance(field, QuantityField):
            return cls(verbose_name=field.verbose_name, order_by=field.name + NUMBER)
        return None

    def render(self, record: Fact, bound_column: Any) -> str:
        return figure_link(figure_of(record, bound_column.name))

    def value(self, value: Any) -> str:
        return str(value)


def organisation_link(organisation: Organisation, query: str) -> str:
    """An organisation by name, leading to its page; `query` keeps what the reader has chosen."""
    return format_html('<a href="{}{}">{}</a>', organisation.get_absolute_url(), query, organisation)


class NameColumn(StatedFirstColumn):
    """An organisation, leading to the page of what names it."""

    def render(self, value: Organisation, table: tables.Table) -> str:
        return organisation_link(value, table.query)

    def value(self, value: Organisation) -> str:
        return str(value)


class NamesColumn(tables.Column):
    """Organisations, each leading to the page of what names it; not ManyToManyColumn, which asks again for each row."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, orderable=False, **kwargs)

    def render(self, value: Any, table: tables.Table) -> str:
        return format_html_join("、", "{}", ((organisation_link(one, table.query),) for one in value.all()))

    def value(self, value: Any) -> str:
        return "、".join(str(organisation) for organisation in value.all())


def hidden(label: str, **kwargs: Any) -> tables.Column:
    """A column that files have and the page has not."""
    return tables.Column(verbose_name=label, visible=False, orderable=False, **kwargs)


class StableTable(tables.Table):
    """A table whose ties are broken: what the database orders as it likes would lose rows between two pages."""

    ties = ("pk",)
    query = ""  # what its links add to addresses, so that the period a reader has chosen is kept

    def show(self, chosen: Chosen) -> None:
        """Tell of which period each row is, where they are of several; links go on saying what was chosen."""
        self.query = chosen.query
        if chosen.mixes:
            self.columns.show("period_title")

    @tables.Table.order_by.setter
    def order_by(self, aliases: Any) -> None:
        tables.Table.order_by.fset(self, aliases)
        rows = self.data.data
        if isinstance(rows, QuerySet):
            is_descending = bool(self.order_by) and OrderBy(self.order_by[0]).is_descending
            ties = [f"-{name}" if is_descending else name for name in self.ties]
            self.data.data = rows.order_by(*rows.query.order_by, *ties)


class FactTable(StableTable):
    """Every table of facts begins with the title, and ends with the basis, the service and the passage of each row."""

    title = tables.Column(linkify=True)
    basis = tables.Column()
    service = tables.Column()
    source = tables.Column(
        accessor="passage__label",
        verbose_name="出处",
        linkify=lambda record: record.passage.get_absolute_url(),
        order_by=("passage__document", "passage__paragraph", "pk"),
    )
    paragraph = hidden("段落", accessor="passage__paragraph")
    slug = hidden("标识")
    period_title = tables.Column(
        accessor="period__title", verbose_name="时期", visible=False, order_by=("period__ends_on", "period__starts_on")
    )
    document = hidden("文献", accessor="passage__document__title")
    note = hidden("说明")
    url = hidden("网址", accessor="get_absolute_url")
    corrected = hidden("更正与修订", accessor="pk")

    class Meta:
        empty_text = "没有符合条件的记录。"
        sequence = (
            "title",
            "...",
            "basis",
            "service",
            "source",
            "paragraph",
            "slug",
            "period_title",
            "document",
            "note",
            "url",
            "corrected",
        )
        default = ""
        order_by = "source"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, extra_columns=self.bounds(), **kwargs)

    @property
    def caption(self) -> str:
        """What the table lists, for those who hear it."""
        return self._meta.model._meta.verbose_name

    @classmethod
    def bounds(cls) -> list[tuple[str, tables.Column]]:
        """For files: the bounds of each figure as numbers, beside its wording."""
        model = cls._meta.model
        figures = [name for name in model.figure_names() if name in cls.base_columns] if model else []
        return [
            (
                f"{name}_{bound}",
                hidden(f"{model._meta.get_field(name).verbose_name}（{label}）", accessor=f"{name}__{bound}"),
            )
            for name in figures
            for bound, label in (("low", "下限"), ("high", "上限"))
        ]

    def file_columns(self) -> list[tables.columns.BoundColumn]:
        """The columns that files have, those that the page has not too."""
        return list(self.columns.iterall())

    def file_rows(self) -> Iterator[list]:
        """All rows, unpaginated, with a cell for each of the columns of files."""
        cells = [cell_of(column, self._meta.model) for column in self.file_columns()]
        return ([cell(row.record) for cell in cells] for row in self.rows)

    def render_url(self, value: str) -> str:
        return self.request.build_absolute_uri(value)

    def render_corrected(self, record: Fact) -> str:
        """Which figures were corrected since they were published, and when: 人数2026年3月1日更正."""
        field = record._meta.get_field
        return "；".join(f"{field(name).verbose_name}{mark}" for name, mark in marks_of(record).items())

    def render_service(self, record: Fact) -> str:
        return Service(record.service).short

    def value_service(self, record: Fact) -> str:
        return record.get_service_display()

    def render_basis(self, record: Fact) -> str:
        return Basis(record.basis).label if any(getattr(record, name) for name in record.figure_names()) else ""


def table_of(kind: type[Fact]) -> type[FactTable]:
    """The table of a kind of fact, which stands in the tables of its app."""
    tables_of_app = import_module(f"{kind._meta.app_config.name}.tables")
    classes = (one for one in vars(tables_of_app).values() if isinstance(one, type) and issubclass(one, FactTable))
    return next(one for one in classes if one._meta.model is kind)


class FigureTable(StableTable):
    """All figures of all kinds; its rows are Figures, sorted by the database."""

    ties = FIGURE_TIES
    caption = "全部数字"

    kind_label = tables.Column(verbose_name="类别", order_by="kind")
    title = tables.Column(verbose_name="名称", linkify=lambda record: record.url)
    label = tables.Column(verbose_name="指标", order_by="measure")
    quantity = tables.Column(verbose_name="数字", order_by="number", attrs={"cell": {"class": "quantity"}})
    meaning = tables.Column(accessor="quantity__qualifier__label", verbose_name="读法", order_by="number")
    basis_label = tables.Column(verbose_name="口径", order_by="basis")
    service_label = tables.Column(accessor="short_service", verbose_name="服务", order_by="service")
    source = tables.Column(
        accessor="paragraph",
        verbose_name="出处",
        order_by=("document_slug", "paragraph", "start"),
        linkify=lambda record: record.passage_url,
    )
    period_title = tables.Column(verbose_name="时期", visible=False, order_by=("period_ends_on", "period_slug"))

    class Meta:
        empty_text = "没有符合条件的数字。"
        order_by = "source"

    def render_quantity(self, record: Figure) -> str:
        return figure_link(record)

    def render_source(self, record: Figure) -> str:
        return f"第 {record.paragraph} 段"
