"""The tables that the report's files hold: facts, figures, kinds, and where they come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q, QuerySet

from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.pages.exports import FACT_COLUMNS, FIGURE_COLUMNS, fact_cells, figure_cells
from xinyi_sat.pages.tables import table_of
from xinyi_sat.report.data.columns import Column, fact_columns, kind_columns, model_columns
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope

References = dict[tuple[str, ...], tuple[str, tuple[str, ...]]]  # from columns to a table and its columns


@dataclass(frozen=True)
class Resource:
    """One table: what it is called, its columns, its rows, and what ties them to other tables."""

    name: str
    title: str
    description: str
    columns: list[Column]
    rows: list[list]
    key: list[str]
    references: References = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.name}.csv"


def all_resources(imprint: Imprint, site: Site) -> list[Resource]:
    """All tables of a report: figures and facts, each kind, then what they refer to."""
    referred_to = (organisations, periods, documents, passages)
    return [*fact_resources(imprint, site), *(make(imprint, site) for make in referred_to)]


def fact_resources(imprint: Imprint, site: Site) -> list[Resource]:
    """Figures and facts, then each kind; in a part of a report, the kinds it has facts of."""
    scope = imprint.scope
    kinds = [kind for kind in scope.kinds if not scope.parts or scope.facts(kind).exists()]
    return [figures(scope, site), facts(scope, site), *(facts_of_kind(kind, scope, site) for kind in kinds)]


def figures(scope: Scope, site: Site) -> Resource:
    """A row for each figure."""
    rows = [figure_cells(figure, site.build_absolute_uri) for figure in scope.figures()]
    described, key = fact_columns(), ["kind", "slug", "period", "measure"]
    columns = [described[name] for name in FIGURE_COLUMNS]
    to_fact = {("kind", "slug", "period"): ("facts", ("kind", "slug", "period"))}
    return Resource("figures", "全部数字", "每个数字一行，注明读法和出处。", columns, rows, key, to_fact)


def facts(scope: Scope, site: Site) -> Resource:
    """A row for each fact, those without a figure too."""
    rows = [fact_cells(fact, site.build_absolute_uri) for fact in scope.facts().with_source()]
    described = fact_columns()
    columns = [described[name] for name in FACT_COLUMNS]
    to_source: References = {
        ("period",): ("periods", ("slug",)),
        ("document", "paragraph"): ("passages", ("document", "paragraph")),
    }
    title, meaning = "全部记录", "每条记录一行，没有数字的也在内。"
    return Resource("facts", title, meaning, columns, rows, ["kind", "slug", "period"], to_source)


def facts_of_kind(kind: type[Fact], scope: Scope, site: Site) -> Resource:
    """A row for each fact of a kind, with the columns of its page and CSV."""
    table = table_of(kind)(scope.facts(kind).with_source().with_named().with_figures())
    label = kind._meta.verbose_name
    meaning = f"{label}，每条记录一行；列与网站上“{label}”的 CSV 文件相同。"
    rows = [
        [cell if isinstance(cell, int | Decimal | None) else str(cell) for cell in row]
        for row in table.file_rows(site.build_absolute_uri)
    ]
    return Resource(kind.plural(), label, meaning, kind_columns(table), rows, ["url"])


def organisations(imprint: Imprint, site: Site) -> Resource:
    """The organisations that the facts name, and those that published the documents, in the order of their slugs."""
    columns = model_columns(Organisation, "slug", "name", "kind", "note", "url")
    meaning = "记录中提到的机构和文献的发布单位。"
    return Resource("organisations", "机构", meaning, columns, cells(named_in(imprint), columns, site), ["slug"])


def named_in(imprint: Imprint) -> QuerySet[Organisation]:
    """The organisations of a report."""
    named = Q(pk__in=[one.publisher_id for one in imprint.documents])
    for kind in imprint.scope.kinds:
        for name in kind.organisation_names():
            named |= Q(pk__in=imprint.scope.facts(kind).order_by().values(name))
    return Organisation.objects.filter(named).order_by("slug")


def periods(imprint: Imprint, site: Site) -> Resource:
    """The period, and those that the documents are about."""
    found = {imprint.period, *(one.period for one in imprint.documents)}
    columns = model_columns(Period, "slug", "title", "starts_on", "ends_on", "is_inferred", "note")
    rows = cells(sorted(found, key=lambda one: one.slug), columns, site)
    return Resource("periods", "时期", "数字和记录所述的时期。", columns, rows, ["slug"])


def documents(imprint: Imprint, site: Site) -> Resource:
    """The documents that the facts were read from."""
    columns = model_columns(Document, "slug", "title", "publisher", "published_on", "period", "note", "url")
    meaning = "数字和记录读自哪些文献；不含原文。"
    references: References = {("publisher",): ("organisations", ("slug",)), ("period",): ("periods", ("slug",))}
    rows = cells(imprint.documents, columns, site)
    return Resource("documents", "文献", meaning, columns, rows, ["slug"], references)


def passages(imprint: Imprint, site: Site) -> Resource:
    """The paragraphs of the documents by number, length and digest."""
    asked = Passage.objects.filter(document__in=imprint.documents).select_related("document")
    columns = model_columns(Passage, "document", "paragraph", "role", "service", "length", "digest", "url")
    meaning = "文献各段的字数和校验值，用来核对手中的原文；不含原文。"
    rows = cells(asked.order_by("document__slug", "paragraph"), columns, site)
    to_document: References = {("document",): ("documents", ("slug",))}
    return Resource("passages", "段落", meaning, columns, rows, ["document", "paragraph"], to_document)


def cells(records: Iterable[Model], columns: list[Column], site: Site) -> list[list]:
    """The records as rows: a related record by its slug, an address in full."""
    return [[cell(record, column.name, site.build_absolute_uri) for column in columns] for record in records]


def cell(record: Model, name: str, absolute: Callable[[str], str]) -> Any:
    """One field of a record."""
    if name == "url":
        return absolute(record.get_absolute_url())
    value = getattr(record, name)
    if isinstance(value, bool):
        return str(value).lower()
    return value.slug if isinstance(value, Model) else value
