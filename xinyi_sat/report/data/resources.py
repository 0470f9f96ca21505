"""The tables that the report's files hold: facts, figures, kinds, and where they come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import chain

from django.db.models import Model, QuerySet

from xinyi_sat.facts.exports import FACT_COLUMNS, FIGURE_COLUMNS, fact_cells, figure_cells
from xinyi_sat.facts.models import Fact, Organisation, Passage
from xinyi_sat.facts.tables import table_of
from xinyi_sat.report.data.columns import (
    Column,
    document_columns,
    fact_columns,
    kind_columns,
    organisation_columns,
    passage_columns,
    period_columns,
)
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope


@dataclass(frozen=True)
class Resource:
    """One table: what it is called, its columns, its rows, and what ties them to other tables."""

    name: str
    title: str
    description: str
    columns: list[Column]
    rows: list[list]
    key: list[str]
    references: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = field(default_factory=dict)


Maker = Callable[[], Resource]  # makes a table when it is needed: together they would take much memory


@dataclass(frozen=True)
class Resources:
    """All tables of a report, with addresses at a site."""

    imprint: Imprint
    site: Site

    @property
    def scope(self) -> Scope:
        """What all of them are about."""
        return self.imprint.scope

    def all(self) -> list[Maker]:
        """Figures and facts, each kind, then what they refer to."""
        return [*self.of_facts(), self.organisations, self.periods, self.documents, self.passages]

    def of_facts(self) -> list[Maker]:
        """Figures and facts, then each kind; in a part of a report, the kinds it has facts of."""
        kinds = [kind for kind in self.scope.kinds if not self.scope.parts or self.scope.facts(kind).exists()]
        return [self.figures, self.facts, *(partial(self.kind, kind) for kind in kinds)]

    def figures(self) -> Resource:
        """A row for each figure."""
        rows = [figure_cells(figure, self.site.build_absolute_uri) for figure in self.scope.figures()]
        columns = [fact_columns()[name] for name in FIGURE_COLUMNS]
        key = ["kind", "slug", "period", "measure"]
        to_fact = {("kind", "slug", "period"): ("facts", ("kind", "slug", "period"))}
        return Resource("figures", "全部数字", "每个数字一行，注明读法和出处。", columns, rows, key, to_fact)

    def facts(self) -> Resource:
        """A row for each fact, those without a figure too."""
        rows = [fact_cells(fact, self.site.build_absolute_uri) for fact in self.scope.statements()]
        columns = [fact_columns()[name] for name in FACT_COLUMNS]
        to_source = {
            ("period",): ("periods", ("slug",)),
            ("document", "paragraph"): ("passages", ("document", "paragraph")),
        }
        title, meaning = "全部记录", "每条记录一行，没有数字的也在内。"
        return Resource("facts", title, meaning, columns, rows, ["kind", "slug", "period"], to_source)

    def kind(self, kind: type[Fact]) -> Resource:
        """A row for each fact of a kind, with the columns of its page and CSV."""
        table = table_of(kind)(self.scope.facts(kind).with_source().with_named().in_reading_order())
        table.request = self.site
        label = kind._meta.verbose_name
        meaning = f"{label}，每条记录一行；列与网站上“{label}”的 CSV 文件相同。"
        rows = [
            [cell if isinstance(cell, str | int | Decimal | None) else str(cell) for cell in row]
            for row in table.file_rows()
        ]
        return Resource(kind.plural(), label, meaning, kind_columns(table), rows, ["url"])

    def organisations(self) -> Resource:
        """The organisations that the facts name, and those that published the documents."""
        rows = self.cells(self.named(), organisation_columns())
        return Resource(
            "organisations", "机构", "记录中提到的机构和文献的发布单位。", organisation_columns(), rows, ["slug"]
        )

    def named(self) -> QuerySet:
        """The organisations, in the order of their slugs."""
        facts = ((self.scope.facts(kind), kind.organisation_names()) for kind in self.scope.kinds)
        asked = chain.from_iterable(
            (of.order_by().values_list(name, flat=True) for name in names) for of, names in facts
        )
        found = {pk for pks in asked for pk in pks} | {one.publisher_id for one in self.imprint.documents}
        return Organisation.objects.filter(pk__in=found - {None}).order_by("slug")

    def periods(self) -> Resource:
        """The period, and those that the documents are about."""
        found = {self.scope.period, *(one.period for one in self.imprint.documents)}
        rows = self.cells(sorted(found, key=lambda one: one.slug), period_columns())
        return Resource("periods", "时期", "数字和记录所述的时期。", period_columns(), rows, ["slug"])

    def documents(self) -> Resource:
        """The documents that the facts were read from."""
        rows = self.cells(self.imprint.documents, document_columns())
        references = {("publisher",): ("organisations", ("slug",)), ("period",): ("periods", ("slug",))}
        meaning = "数字和记录读自哪些文献；不含原文。"
        return Resource("documents", "文献", meaning, document_columns(), rows, ["slug"], references)

    def passages(self) -> Resource:
        """The paragraphs of the documents by number, length and digest."""
        asked = Passage.objects.filter(document__in=self.imprint.documents).select_related("document")
        rows = self.cells(asked.order_by("document__slug", "paragraph"), passage_columns())
        meaning = "文献各段的字数和校验值，用来核对手中的原文；不含原文。"
        to_document = {("document",): ("documents", ("slug",))}
        return Resource("passages", "段落", meaning, passage_columns(), rows, ["document", "paragraph"], to_document)

    def cells(self, records: Iterable[Model], columns: list[Column]) -> list[list]:
        """The records as rows: a related record by its slug, an address in full."""
        return [[self.cell(record, column.name) for column in columns] for record in records]

    def cell(self, record: Model, name: str) -> object:
        """One field of a record."""
        if name == "url":
            return self.site.build_absolute_uri(record.get_absolute_url())
        value = getattr(record, name)
        if isinstance(value, bool):
            return str(value).lower()
        return value.slug if isinstance(value, Model) else value
