"""From the text of a new review to drafts of facts: its quantities by sentence, under the service of their heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from xinyi_sat.facts.choices import PassageRole, Service
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, DraftFact, Passage
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
    """A sentence that counts something: where it stands in its paragraph, its words and its quantities."""

    start: int
    end: int
    words: str
    quantities: list[Expression]


def heading_of(text: str) -> Service | None:
    """The service that a paragraph is the heading of; none for any other paragraph."""
    words = text.strip()
    if not words or len(words) > LONGEST_HEADING or words.endswith(ENDS_A_SENTENCE):
        return None
    return next((service for service, marks in HEADINGS.items() if any(mark in words for mark in marks)), None)


def services_of(paragraphs: list[str]) -> Iterator[tuple[int, str, Service | None, bool]]:
    """Each paragraph with its number, the service it stands under, and whether it is that service's heading."""
    service = None
    for number, text in enumerate(paragraphs, 1):
        heading = heading_of(text)
        service = heading or service
        yield number, text, service, heading is not None


def counting_sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph that count something."""
    quantities = [one for one in read_expressions(text) if one.kind is Kind.QUANTITY]
    for match in SENTENCE.finditer(text):
        inside = [one for one in quantities if match.start() <= one.start < match.end()]
        if inside:
            yield Sentence(match.start(), max(match.end(), inside[-1].end), match.group(), inside)


@transaction.atomic
def draft_facts(document: Document, paragraphs: list[str]) -> list[DraftFact]:
    """Draft what the paragraphs of a document count and no fact or draft has yet; the new drafts.

    The paragraphs take the service of their heading, where nobody has given them one; those that readers see stay as
    they are, for a change of them has to be explained.
    """
    passages = {passage.paragraph: passage for passage in document.passages.all()}
    recorded = recorded_places(document)
    titles = earlier_titles(document)
    made = []
    for number, text, service, is_heading in services_of(paragraphs):
        if number in passages:
            mark_service(passages[number], service, is_heading=is_heading)
            made += draft_passage(passages[number], text, service, recorded, titles)
    return made


def mark_service(passage: Passage, service: Service | None, *, is_heading: bool) -> None:
    """Note the service of a paragraph nobody has sorted or seen yet."""
    if service and passage.is_draft and not passage.service and passage.role == PassageRole.BODY:
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
    """Drop the drafts of a passage whose every quantity is recorded now."""
    if not DraftFact.objects.filter(passage=passage).exists():
        return  # as mostly; to ask for figures of any kind takes longer
    figures = all_figures(lambda kind, measure: kind.objects.filter(passage=passage))
    DraftFact.objects.settle(passage, {figure.start for figure in figures})


def recorded_places(document: Document) -> set[tuple[int, int | None]]:
    """Paragraph and first character of every figure that was read from a document."""
    figures = all_figures(lambda kind, measure: kind.objects.in_document(document))
    return {(figure.paragraph, figure.start) for figure in figures}


def earlier_titles(document: Document) -> list[str]:
    """The titles of all facts of other documents, the longest first: a sentence may name one of them again."""
    others = (kind.objects.exclude(passage__document=document).order_by() for kind in fact_kinds())
    titles = {title for facts in others for title in facts.values_list("title", flat=True).distinct()}
    return sorted(titles, key=lambda title: (-len(title), title))


def title_in(words: str, titles: list[str]) -> str:
    """What a sentence is about: a title known from other periods, else a name in its quotation marks, else nothing."""
    known = next((title for title in titles if title in words), "")
    named = NAME.search(words)
    return known or (named and next(filter(None, named.groups()))) or ""
