"""A document and the figures read from it, reconciled both ways.

Every quantity of the text must be a figure, and every figure a quantity of the text, at the same characters and in the
same wording, unless it was corrected since or its fact was withdrawn, with a reason. Figures of facts that are not yet
confirmed are listed separately. Paragraphs are recognised by their digests: the database need not hold their words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Document, Figure, Period, digest_of
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions


@dataclass(frozen=True)
class Gap:
    """A place where document and records disagree: the paragraph, and what was expected and found, in Chinese."""

    paragraph: int
    reason: str

    def __str__(self) -> str:
        return f"第 {self.paragraph} 段：{self.reason}"


@dataclass
class Audit:
    """What a reconciliation found: figures that agree, those corrected against the document with what stands there,
    those withdrawn or not yet confirmed, gaps, and numerals set aside with their paragraphs."""

    document: Document
    agreed: list[Figure] = field(default_factory=list)
    corrected: list[tuple[Figure, Expression]] = field(default_factory=list)
    withdrawn: list[Figure] = field(default_factory=list)
    unconfirmed: list[Figure] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    set_aside: list[tuple[int, Expression]] = field(default_factory=list)


def audit(paragraphs: list[str], document: Document) -> Audit:
    """Reconcile the paragraphs of a document with all figures that were read from it."""
    found = Audit(document)
    figures = figures_by_place(document)
    for number, text in recorded_paragraphs(paragraphs, document, found.gaps):
        quantities = reconcile(number, text, figures.pop((number, FactState.CONFIRMED), []), found)
        for state, listed in ((FactState.WITHDRAWN, found.withdrawn), (FactState.DRAFT, found.unconfirmed)):
            others = figures.get((number, state), [])
            listed += [one for one in others if quantities.pop((one.start, one.end), None)]
        found.gaps += [
            Gap(number, f"原文第 {one.start + 1}–{one.end} 字的“{one.wording}”没有收录") for one in quantities.values()
        ]
    found.gaps += [
        Gap(number, f"{figure.fact}的{figure.label}“{figure}”：文献中没有这一段")
        for (number, state), left in figures.items()
        for figure in left
        if state == FactState.CONFIRMED
    ]
    found.gaps.sort(key=lambda gap: gap.paragraph)
    return found


def figures_by_place(document: Document) -> dict[tuple[int, str], list[Figure]]:
    """The figures of a document under the number of their paragraph and the state of their fact."""
    figures: dict[tuple[int, str], list[Figure]] = {}
    for figure in Figure.objects.filter(fact__passage__document=document).with_fact().in_reading_order():
        figures.setdefault((figure.fact.passage.paragraph, figure.fact.state), []).append(figure)
    return figures


def closest_document(paragraphs: list[str], period: Period) -> Document | None:
    """The document of a period that has most of these paragraphs; None where no document has any of them."""
    digests = {digest_of(text) for text in paragraphs if text.strip()}
    shared = Count("passages", filter=Q(passages__digest__in=digests))
    return period.document_set.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", "slug").first()


def recorded_paragraphs(paragraphs: list[str], document: Document, gaps: list[Gap]) -> Iterator[tuple[int, str]]:
    """Each recorded paragraph that is there, with its text; those that are not as they were recorded become gaps."""
    texts = dict(enumerate(paragraphs, 1))
    unrecorded = {number for number, text in texts.items() if text.strip()}
    for passage in document.passages.order_by("paragraph"):
        number = passage.paragraph
        unrecorded.discard(number)
        if number not in texts:
            gaps.append(Gap(number, "文献中没有这一段"))
            continue
        if digest_of(texts[number]) != passage.digest:
            gaps.append(Gap(number, "这一段的文字改动过，与记录的摘要不符"))
        yield number, texts[number]
    gaps += [Gap(number, "文献中有这一段，记录里没有") for number in sorted(unrecorded)]


def reconcile(number: int, text: str, figures: list[Figure], found: Audit) -> dict[tuple[int, int], Expression]:
    """Match the quantities of a paragraph with the figures read from it, by their characters; the quantities left over."""
    expressions = read_expressions(text)
    quantities = {(one.start, one.end): one for one in expressions if one.kind is Kind.QUANTITY}
    found.set_aside += [(number, one) for one in expressions if one.kind is not Kind.QUANTITY]
    for figure in figures:
        expression = quantities.pop((figure.start, figure.end), None)
        reason = disagreement(figure, expression, text)
        if figure.corrected_by and expression and reason:
            found.corrected.append((figure, expression))
        elif reason:
            found.gaps.append(Gap(number, f"{figure.fact}的{figure.label}“{figure}”：{reason}"))
        else:
            found.agreed.append(figure)
    return quantities


def disagreement(figure: Figure, expression: Expression | None, text: str) -> str:
    """Why a figure is not the quantity at its characters, in Chinese; empty where it is."""
    if figure.start is None:
        return "没有记下它在原文的字位"
    if expression is None:
        return (
            f"原文第 {figure.place} 字是“{text[figure.start : figure.end]}”，这里没有可收录的数字，或已被另一条记录收录"
        )
    if expression.wording != figure.wording:
        return f"原文写作“{expression.wording}”"
    return ""
