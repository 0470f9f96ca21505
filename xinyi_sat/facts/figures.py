"""Every figure of every kind, a row each, asked of the database as one query.

The kinds stand in tables of their own; a UNION of them sorts, pages and streams as one table does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import F, QuerySet, Value
from django.db.models.query import ValuesIterable
from django.urls import reverse

from xinyi_sat.facts.changes.marks import Key, Mark, marks, marks_of
from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.fields import END, NUMBER, START, place
from xinyi_sat.facts.kinds import fact_kinds, kind_named
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.models.sources import address_in
from xinyi_sat.reading.quantity import Quantity

SHARED = ("slug", "title", "service", "basis", "note")
FIGURE_TIES = ("kind", "period_slug", "slug", "measure")  # what no two figures have alike
UNSHOWN = ("pk", "number")  # columns for asking and sorting only
AT_ONCE = 2_000  # figures whose marks are asked for together: the question itself takes longer than its answer
ORIGIN = {
    "period_slug": F("period__slug"),
    "period_title": F("period__title"),
    "period_ends_on": F("period__ends_on"),
    "document_slug": F("passage__document__slug"),
    "document_title": F("passage__document__title"),
    "paragraph": F("passage__paragraph"),
}


@dataclass(frozen=True)
class Statement:
    """What a row of any kind says of its fact and where that was read."""

    kind: str
    slug: str
    title: str
    service: str
    basis: str
    note: str
    period_slug: str
    period_title: str
    period_ends_on: date
    document_slug: str
    document_title: str
    paragraph: int

    @property
    def model(self) -> type[Fact]:
        """The model of the fact."""
        return kind_named(self.kind)

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return self.model._meta.verbose_name

    @property
    def short_service(self) -> str:
        """The service in a word, for narrow columns."""
        return Service(self.service).short

    @property
    def basis_label(self) -> str:
        """What the figures count, in the reader's language."""
        return Basis(self.basis).label

    @cached_property
    def url(self) -> str:
        """The page of the fact."""
        return reverse(f"{self.model._meta.app_label}:{self.kind}", args=[self.period_slug, self.slug])

    @property
    def passage_url(self) -> str:
        """The paragraph on the page of its document."""
        return address_in(self.document_slug, self.paragraph, f"p{self.paragraph}")


@dataclass(frozen=True)
class Figure(Statement):
    """One quantity of one fact, with the characters it was read from."""

    measure: str
    quantity: Quantity
    start: int | None
    end: int | None
    mark: Mark | None

    @property
    def name(self) -> str:
        """Kind, slug and measure: the one figure of its period that has this name."""
        return f"{self.kind}/{self.slug}/{self.measure}"

    @property
    def label(self) -> str:
        """The measure in the reader's language."""
        return self.model._meta.get_field(self.measure).verbose_name

    @property
    def printed(self) -> str:
        """Its wording as paper has it, followed by its mark if it was corrected since it was published: 1024人〔更〕."""
        return f"{self.quantity}〔{self.mark.sign}〕" if self.mark else str(self.quantity)

    @property
    def place(self) -> str:
        """Its characters as a reader counts them, from 1 to the last; empty where its place is not known."""
        return place(self.start, self.end)

    @property
    def anchor(self) -> str:
        """The name of this figure on the page of its document; that of the paragraph where its place is not known."""
        return f"p{self.paragraph}" if self.start is None else f"p{self.paragraph}-{self.start}"

    @property
    def passage_url(self) -> str:
        """The characters on the page of the document."""
        return address_in(self.document_slug, self.paragraph, self.anchor)


def has_marks(figures: Iterable[Figure]) -> bool:
    """Whether any of these figures was corrected since it was published."""
    return any(figure.mark for figure in figures)


def figures_of(fact: Fact) -> list[Figure]:
    """The figures of one fact that has its source fetched; none where the document counts nothing."""
    return [figure_of(fact, name) for name in fact.figure_names() if getattr(fact, name)]


def figure_of(fact: Fact, measure: str) -> Figure:
    """One figure of a fact that has its source fetched."""
    return Figure(
        kind=fact.kind(),
        slug=fact.slug,
        title=fact.title,
        service=fact.service,
        basis=fact.basis,
        note=fact.note,
        period_slug=fact.period.slug,
        period_title=fact.period.title,
        period_ends_on=fact.period.ends_on,
        document_slug=fact.passage.document.slug,
        document_title=fact.passage.document.title,
        paragraph=fact.passage.paragraph,
        measure=measure,
        quantity=getattr(fact, measure),
        start=getattr(fact, measure + START),
        end=getattr(fact, measure + END),
        mark=marks_of(fact).get(measure),
    )


class StatementRows(ValuesIterable):
    """Rows of a union as Statements."""

    def __iter__(self) -> Iterator[Statement]:
        return (Statement(**row) for row in super().__iter__())


class FigureRows(ValuesIterable):
    """Rows of a union as Figures, their marks asked for many at once."""

    def __iter__(self) -> Iterator[Figure]:
        rows = super().__iter__()
        while some := list(islice(rows, AT_ONCE)):
            found = marks(key_of(row) for row in some)
            yield from (
                Figure(**{name: row[name] for name in row if name not in UNSHOWN}, mark=found.get(key_of(row)))
                for row in some
            )


def key_of(row: dict) -> Key:
    """Which figure a row of a union is."""
    return row["kind"], row["pk"], row["measure"]


def all_statements(narrow: Callable[[type[Fact]], QuerySet] = lambda kind: kind.objects.public()) -> QuerySet:
    """A Statement for each fact of the kinds as narrowed, in reading order."""
    parts = [narrow(kind).order_by().values(*SHARED, kind=Value(kind.kind()), **ORIGIN) for kind in fact_kinds()]
    return united(parts, StatementRows).order_by("document_slug", "paragraph", *FIGURE_TIES[:-1])


def all_figures(
    narrow: Callable[[type[Fact], str], QuerySet] = lambda kind, measure: kind.objects.public(),
) -> QuerySet:
    """A Figure for each quantity of the kinds and measures as narrowed, in reading order; first what has no place known."""
    parts = [measured(narrow(kind, name), name) for kind in fact_kinds() for name in kind.figure_names()]
    # Said, for databases differ in where NULL comes, and an edition is verified in another one than it was made in.
    place_in_paragraph = F("start").asc(nulls_first=True)
    return united(parts, FigureRows).order_by("document_slug", "paragraph", place_in_paragraph, *FIGURE_TIES)


def measured(facts: QuerySet, name: str) -> QuerySet:
    """A row for each of the facts that has this measure."""
    return (
        facts.filter(**{f"{name}__isnull": False})
        .order_by()
        .values(
            *SHARED,
            "pk",
            kind=Value(facts.model.kind()),
            measure=Value(name),
            quantity=F(name),
            number=F(name + NUMBER),
            start=F(name + START),
            end=F(name + END),
            **ORIGIN,
        )
    )


def united(parts: list[QuerySet], iterable_class: type[ValuesIterable]) -> QuerySet:
    """The rows of all parts, each as often as it stands there."""
    first, *others = parts
    rows = first.union(*others, all=True)
    rows._iterable_class = iterable_class
    return rows
