"""More periods beside the review, and what was read of them."""

from datetime import date
from typing import Any

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period, digest_of, one_change


def new_period(slug: str, title: str = "", years: tuple[int, int] | None = None, **fields: Any) -> Period:
    """A period of whole years, the one of its slug where none are given; published unless said otherwise."""
    first, last = years or (int(slug), int(slug))
    fields = {"state": "published", "starts_on": date(first, 1, 1), "ends_on": date(last, 12, 31)} | fields
    return Period.objects.create(slug=slug, title=title or f"{slug}年", **fields)


def new_document(period: Period, paragraphs: int = 3, **fields: Any) -> Document:
    """A document about a period, its first paragraph a heading of the page and no source."""
    fields = {"slug": f"review-{period.slug}", "title": f"{period}工作回顾", "published_on": period.ends_on} | fields
    document = Document.objects.create(
        period=period, **{"publisher": Organisation.objects.get(slug="xinyi-ast")} | fields
    )
    for number in range(1, paragraphs + 1):
        Passage.objects.create(
            document=document,
            paragraph=number,
            role="furniture" if number == 1 else "body",
            length=300,
            digest=digest_of(f"{document.slug} {number}"),
        )
    return document


def again(fact: Fact, document: Document, **fields: Any) -> Fact:
    """The same matter in the period of another document, with figures of its own."""
    figures = dict.fromkeys(fact.figure_names())
    places = {f"{name}_{side}": None for name in figures for side in ("start", "end")}
    kept = {name: getattr(fact, name) for name in ("title", "slug", "service", *fact.own_names())}
    named = {field.name: fields.pop(field.name, []) for field in fact._meta.many_to_many}
    source = {"period": document.period, "passage": document.passages.get(paragraph=2)}
    made = type(fact)(**kept | source | figures | places | fields)
    made.full_clean()
    with one_change(made, ChangeKind.ENTERED):
        made.save()
        for name, organisations in named.items():
            getattr(made, name).set(organisations)
    return made
