"""Drafts of facts from the text of a new review: its quantities by sentence, under the service of their heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from xinyi_sat.facts.choices import PassageRole, Service
from xinyi_sat.facts.models import Document, DraftFact, Fact, Figure, Passage
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions

SENTENCE = re.compile("[^。；！？]+[。；！？]?")
NAME = re.compile("“([^“”]{2,40})”|《([^《》]{2,60})》")
ENDS_A_SENTENCE = tuple("。；！？，、：")
LONGEST_HEADING = 30
HEADINGS = {
    Service.WORKERS: ("科技工作者",),
    Service.INNOVATION: ("创新驱动", "创新发展", "经济发展"),
    Service.LITERACY: ("科学素质", "科普"),
    Service.DECISIONS: ("决策", "建言", "智库", "党和政府", "党委政府"),
    Service.ORGANISATION: ("组织建设", "自身建设", "科协组织", "科协系统", "党建"),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence with a quantity: its offsets in the paragraph, its words and its quantities."""

    start: int
    end: int
    words: str
    quantities: list[Expression]


def heading_of(text: str) -> Service | None:
    """The service that a paragraph is the heading of; None for any other paragraph."""
    words = text.strip()
    if not words or len(words) > LONGEST_HEADING or words.endswith(ENDS_A_SENTENCE):
        return None
    return next((service for service, marks in HEADINGS.items() if any(mark in words for mark in marks)), None)


def counting_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph that have a quantity."""
    quantities = [one for one in read_expressions(text) if one.kind is Kind.QUANTITY]
    for match in SENTENCE.finditer(text):
        inside = [one for one in quantities if match.start() <= one.start < match.end()]
        if inside:
            yield Sentence(match.start(), max(match.end(), inside[-1].end), match.group(), inside)


@transaction.atomic
def draft_facts(document: Document, paragraphs: list[str]) -> list[DraftFact]:
    """Draft the quantities of a document that no fact or draft has yet, and return the new drafts.

    Paragraphs without a service take that of their heading; those that readers see stay as they are, since their
    changes need a reason.
    """
    passages = {passage.paragraph: passage for passage in document.passages.all()}
    of_document = Figure.objects.filter(fact__passage__document=document).order_by()
    recorded = set(of_document.values_list("fact__passage__paragraph", "start"))
    titles = earlier_titles(document)
    drafts, service = [], None
    for number, text in enumerate(paragraphs, 1):
        heading = heading_of(text)
        service = heading or service
        if number in passages:
            mark_service(passages[number], service, is_heading=heading is not None)
            drafts += draft_passage(passages[number], text, service, recorded, titles)
    return drafts


def mark_service(passage: Passage, service: Service | None, *, is_heading: bool) -> None:
    """Save the service of a paragraph that has none, and that readers don't see yet."""
    if service and passage.document.period.is_draft and not passage.service and passage.role == PassageRole.BODY:
        passage.service = service
        passage.role = PassageRole.HEADING if is_heading else PassageRole.BODY
        passage.save()


def draft_passage(
    passage: Passage, text: str, service: Service | None, recorded: set, titles: list[str]
) -> Iterator[DraftFact]:
    """Draft each sentence of a paragraph that counts what is not recorded, under the paragraph's service or this one."""
    for sentence in counting_sentences(text):
        new = [one for one in sentence.quantities if (passage.paragraph, one.start) not in recorded]
        if not new:
            continue
        draft, created = DraftFact.objects.get_or_create(
            period=passage.document.period,
            passage=passage,
            start=sentence.start,
            defaults={
                "end": sentence.end,
                "service": passage.service or service or "",
                "title": title_in(sentence.words, titles),
                "figures": [{"wording": one.wording, "start": one.start, "end": one.end} for one in new],
            },
        )
        if created:
            yield draft


def settle_drafts(passage: Passage) -> None:
    """Delete the drafts of a passage whose every quantity is recorded now."""
    recorded = set(Figure.objects.filter(fact__passage=passage).values_list("start", flat=True))
    for draft in DraftFact.objects.filter(passage=passage):
        if {figure["start"] for figure in draft.figures} <= recorded:
            draft.delete()


def earlier_titles(document: Document) -> list[str]:
    """The titles of all facts of other documents, the longest first: a sentence may name one of them again."""
    others = Fact.objects.exclude(passage__document=document).order_by()
    return sorted(set(others.values_list("title", flat=True)), key=lambda title: (-len(title), title))


def title_in(words: str, titles: list[str]) -> str:
    """What a sentence is about: a title of other documents, else a name in quotation marks; empty where there is neither."""
    title = next((title for title in titles if title in words), "")
    name = NAME.search(words)
    return title or (name and next(filter(None, name.groups()))) or ""
