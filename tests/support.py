"""What many tests do: correct a record as an admin does, draft one, and make another period."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.entry import FigureEntry, checked_figures, save_figures
from xinyi_sat.facts.models import (
    Document,
    Fact,
    Measure,
    Organisation,
    Passage,
    Period,
    Term,
    Tracked,
    digest_of,
    record_change,
)

REASON = "核对原文后更正"


def fact(slug: str, period: str | None = None) -> Fact:
    """A fact of any kind as its own model, by its slug; of the only period that has it."""
    found = Fact.objects.get(slug=slug, **({"period__slug": period} if period else {}))
    return found.model.objects.get(pk=found.pk)


def save(
    record: Tracked,
    kind: ChangeKind,
    reason: str = "",
    *,
    made_at: datetime | None = None,
    user: AbstractBaseUser | None = None,
    **values: Any,
) -> Any:
    """Save a record with these values as one change; names of measures take wordings, None for no figure."""
    figures = {name: values.pop(name) for name in [*values] if isinstance(record, Fact) and is_measure(record, name)}
    many = {field.name: values.pop(field.name) for field in record._meta.many_to_many if field.name in values}
    for name, value in values.items():
        setattr(record, name, term(record, name, value) if is_term(record, name, value) else value)
    checked = checked_figures(record, entries(record, figures)) if figures else {}
    with record_change(record, kind, reason, made_at=made_at, user=user):
        record.save()
        for name, others in many.items():
            getattr(record, name).set(others)
        if figures:
            save_figures(record, checked)
    return record


def is_term(record: Tracked, name: str, value: Any) -> bool:
    """Whether a value is the slug of a term for a field that holds one."""
    return isinstance(record, Fact) and isinstance(value, str) and name in record.term_names()


def term(record: Fact, name: str, slug: str) -> Term:
    """A term of the vocabulary of a field."""
    return Term.objects.get(vocabulary=record._meta.get_field(name).vocabulary, slug=slug)


def is_measure(record: Fact, name: str) -> bool:
    """Whether facts of this kind have a measure of this name."""
    return any(measure.slug == name for measure in record.measures())


def entries(record: Fact, wordings: Mapping[str, str | FigureEntry | None]) -> dict[Measure, FigureEntry | None]:
    """Figures as entered, by measure; where a figure is known already its place stays, unless an entry says another."""
    found = {}
    for name, wording in wordings.items():
        there = record.figure(name) if record.pk else None
        place = (there.start, there.end) if there else (None, None)
        entry = FigureEntry(wording, *place) if isinstance(wording, str) else wording
        found[Measure.objects.get(slug=name)] = entry
    return found


def corrected(record: Tracked, reason: str = REASON, **values: Any) -> Any:
    """A record with these values, its figures among them, as a correction."""
    return save(record, ChangeKind.CORRECTION, reason, **values)


def drafted(record: Fact, **values: Any) -> Any:
    """A draft beside a fact, like it and with its figures but for its slug and these values."""
    draft = record.model.objects.get(pk=record.pk)
    figures = {one.measure.slug: FigureEntry(one.wording, one.start, one.end) for one in draft.figures.all()}
    named = {field.name: list(getattr(draft, field.name).all()) for field in draft._meta.many_to_many}
    draft.pk = draft.id = None
    draft._state.adding = True
    beside = {"slug": f"{record.slug}-draft", "state": FactState.DRAFT}
    return save(draft, ChangeKind.ENTERED, **figures | named | beside | values)


def new_period(slug: str, title: str = "", years: tuple[int, int] | None = None, **values: Any) -> Period:
    """A period of whole years, the one of its slug where none are given; published unless said otherwise."""
    first, last = years or (int(slug), int(slug))
    usual = {"state": "published", "starts_on": date(first, 1, 1), "ends_on": date(last, 12, 31)}
    return Period.objects.create(slug=slug, title=title or f"{slug}年", **usual | values)


def new_document(period: Period, paragraphs: int = 3, **values: Any) -> Document:
    """A document about a period, its first paragraph a heading of the page and no source."""
    usual = {"slug": f"review-{period.slug}", "title": f"{period}工作回顾", "published_on": period.ends_on}
    publisher = Organisation.objects.get(slug="xinyi-ast")
    document = Document.objects.create(period=period, **{"publisher": publisher} | usual | values)
    for number in range(1, paragraphs + 1):
        role, digest = "furniture" if number == 1 else "body", digest_of(f"{document.slug} {number}")
        Passage.objects.create(document=document, paragraph=number, role=role, length=300, digest=digest)
    return document


def again(record: Fact, document: Document, **values: Any) -> Any:
    """The same matter in the period of another document, with these figures and values only."""
    kept = {name: getattr(record, name) for name in ("title", "slug", "service", *record.own_names())}
    source = {"period": document.period, "passage": document.passages.get(paragraph=2)}
    return save(record.model(), ChangeKind.ENTERED, **kept | source | values)


def break_rule(table: str, rule: str = "keeps_to_its_states") -> None:
    """Take a trigger away that keeps the rows of a table, as only who holds the database can."""
    with connection.cursor() as cursor:
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {table}_{rule}{of_table}")
