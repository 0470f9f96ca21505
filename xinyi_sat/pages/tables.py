"""Tables of facts and figures: one column list serves the page and its files."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django_tables2.columns import BoundColumn as TableColumn
from django_tables2.utils import OrderBy

from xinyi_sat.facts.models import Fact, Figure, Measure
from xinyi_sat.pages.columns import (
    BasisColumn,
    BoundColumn,
    CorrectedColumn,
    MeasureColumn,
    ServiceColumn,
    column_of,
    hidden,
)
from xinyi_sat.pages.figure_links import figure_link
from xinyi_sat.pages.period_choice import PeriodChoice

REST = (
    *("...", "basis", "service", "source", "paragraph", "slug", "period_title"),
    *("document", "note", "url", "corrected"),
)
BOUNDS = (("low", "下限"), ("high", "上限"))


class StableTable(tables.Table):
    """A table whose ties are broken: what the database orders as it likes would lose rows between two pages.

    Where it shows several periods, it says of each row which it is of.
    """

    def __init__(self, *args: Any, period_choice: PeriodChoice | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.querystring = period_choice.link_querystring if period_choice else ""
        if period_choice and period_choice.is_mixed:
            self.columns.show("period_title")

    def fetch_page(self) -> None:
        list(self.paginated_rows)

    @tables.Table.order_by.setter
    def order_by(self, aliases: Any) -> None:
        tables.Table.order_by.fset(self, aliases)
        rows = self.data.data
        if isinstance(rows, QuerySet):
            is_descending = bool(self.order_by) and OrderBy(self.order_by[0]).is_descending
            self.data.data = rows.order_by(*rows.query.order_by, "-pk" if is_descending else "pk")


class FactTable(StableTable):
    """The facts of one kind: the title, the kind's own fields and measures, then basis, service and passage.

    Own fields in `files_only` are in files and not on pages.
    """

    files_only: tuple[str, ...] = ()

    title = tables.Column(linkify=True)
    basis = BasisColumn()
    service = ServiceColumn()
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
    corrected = CorrectedColumn(accessor="pk", verbose_name="更正与修订", visible=False, orderable=False)

    class Meta:
        empty_text = "没有符合条件的记录。"
        fields = ()
        sequence = ("title", *REST)
        default = ""
        order_by = "source"

    def __init__(self, *args: Any, measures: list[Measure] | None = None, **kwargs: Any):
        self.measures = self._meta.model.measures() if measures is None else measures
        super().__init__(*args, extra_columns=self.own_columns(), **kwargs)

    @property
    def caption(self) -> str:
        return self._meta.model._meta.verbose_name

    def own_columns(self) -> list[tuple[str, tables.Column]]:
        options = self._meta.model._meta
        fields = [one for one in (*options.local_fields, *options.local_many_to_many) if not one.primary_key]
        return [
            *((one.name, column_of(one)) for one in fields if one.name not in self.files_only),
            *((one.slug, MeasureColumn(one)) for one in self.measures),
            *((one.name, column_of(one, visible=False)) for one in fields if one.name in self.files_only),
            *(
                (f"{one.slug}_{bound}", BoundColumn(one, bound, label))
                for one in self.measures
                for bound, label in BOUNDS
            ),
        ]

    def file_columns(self) -> list[TableColumn]:
        return list(self.columns.iterall())

    def file_rows(self, absolute: Callable[[str], str]) -> Iterator[list]:
        """All rows with a cell for each column of files, None for an empty one; `absolute` makes addresses whole."""
        cells = [file_cell(column, absolute) for column in self.file_columns()]
        return ([cell(record) for cell in cells] for record in self.data.data.iterator(chunk_size=2000))


def file_cell(column: TableColumn, absolute: Callable[[str], str]) -> Callable[[Fact], Any]:
    """What gives the cell that a file has in one column of a record."""
    if own := getattr(column.column, "file_cell", None):
        return own
    value_of = partial(column.accessor.resolve, quiet=True)
    if column.name == "url":
        return lambda record: absolute(value_of(record))
    return lambda record: None if (value := value_of(record)) == "" else value


@cache
def table_of(kind: type[Fact]) -> type[FactTable]:
    """The table of a kind of fact: `<Kind>Table` among the tables of its app, or one made of its fields and measures."""
    own = getattr(import_module(f"{kind._meta.app_config.name}.tables"), f"{kind.__name__}Table", None)
    return own or tables.table_factory(kind, table=FactTable)


class FigureTable(StableTable):
    """All figures of all kinds."""

    caption = "全部数字"

    kind_label = tables.Column(accessor="fact__kind_label", verbose_name="类别", order_by="fact__kind")
    title = tables.Column(
        accessor="fact__title", verbose_name="名称", linkify=lambda record: record.fact.get_absolute_url()
    )
    label = tables.Column(verbose_name="指标", order_by="measure__slug")
    quantity = tables.Column(
        accessor="wording", verbose_name="数字", order_by="number", attrs={"cell": {"class": "quantity"}}
    )
    meaning = tables.Column(accessor="qualifier_label", verbose_name="读法", order_by="number")
    basis_label = tables.Column(accessor="fact__get_basis_display", verbose_name="口径", order_by="fact__basis")
    service_label = tables.Column(accessor="fact__short_service", verbose_name="服务", order_by="fact__service")
    source = tables.Column(
        accessor="fact__passage__label",
        verbose_name="出处",
        order_by=("fact__passage__document__slug", "fact__passage__paragraph", "start"),
        linkify=lambda record: record.passage_url,
    )
    period_title = tables.Column(
        accessor="fact__period__title",
        verbose_name="时期",
        visible=False,
        order_by=("fact__period__ends_on", "fact__period__slug"),
    )

    class Meta:
        empty_text = "没有符合条件的数字。"
        order_by = "source"

    def render_quantity(self, record: Figure) -> str:
        return figure_link(record)
