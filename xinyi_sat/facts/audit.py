"""A document and the figures read from it, reconciled both ways.

Every quantity of the text must be a figure, and every figure a quantity of the text, at the same characters and in the
same wording, unless it was corrected since, or its fact withdrawn, with a reason; what readers can't see since it is not yet
confirmed is told apart. Paragraphs are known by their digests, so that an edited or moved one is found though its words are not here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.figures import Figure, all_figures
from xinyi_sat.facts.models import Document, Passage, Period, digest_of
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions


@dataclass(frozen=True)
class Gap:
    """A place where document and records don't agree: the paragraph, and in words what was expected and found."""

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
    figures = by_paragraph(document, FactState.CONFIRMED)
    unseen = [
        (found.withdrawn, by_paragraph(document, FactState.WITHDRAWN)),
        (found.unconfirmed, by_paragraph(document, FactState.DRAFT)),
    ]
    passages = list(document.passages.order_by("paragraph"))
    for number, text in located(paragraphs, passages, found.gaps):
        quantities = reconcile(number, text, figures.pop(number, []), found)
        for told, ours in unseen:
            told += [one for one in ours.get(number, []) if quantities.pop((one.start, one.end), None)]
        found.gaps += [
            Gap(number, f"原文第 {q.start + 1}–{q.end} 字的“{q.wording}”没有收录") for q in quantities.values()
        ]
    found.gaps += [missing(figure) for lost in figures.values() for figure in lost]
    found.gaps.sort(key=lambda gap: gap.paragraph)
    return found


def by_paragraph(document: Document, state: FactState) -> dict[int, list[Figure]]:
    """The figures of a document whose facts are in this state, under the numbers of their paragraphs."""
    figures: dict[int, list[Figure]] = {}
    for figure in all_figures(lambda kind, measure: kind.objects.in_document(document).filter(state=state)):
        figures.setdefault(figure.paragraph, []).append(figure)
    return figures


def closest_document(paragraphs: list[str], period: Period) -> Document | None:
    """The document of a period that has most of these paragraphs; none where no document has any of them."""
    digests = {digest_of(text) for text in paragraphs if text.strip()}
    shared = Count("passages", filter=Q(passages__digest__in=digests))
    return period.document_set.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", "slug").first()


def located(paragraphs: list[str], passages: list[Passage], gaps: list[Gap]) -> Iterator[tuple[int, str]]:
    """Each recorded paragraph with its text, found by digest where it moved; paragraphs that differ become gaps."""
    at = {digest_of(text): number for number, text in enumerate(paragraphs, 1)}
    unrecorded = {number for number, text in enumerate(paragraphs, 1) if text.strip()}
    for passage in passages:
        here = paragraphs[passage.paragraph - 1] if passage.paragraph <= len(paragraphs) else None
        number = passage.paragraph
        if here is None or digest_of(here) != passage.digest:
            number = at.get(passage.digest, number)
            gaps.append(Gap(passage.paragraph, changed(passage, number, here)))
        unrecorded.discard(number)
        if number <= len(paragraphs):
            yield passage.paragraph, paragraphs[number - 1]
    gaps += [Gap(number, "文献中有这一段，记录里没有") for number in sorted(unrecorded)]


def changed(passage: Passage, number: int, here: str | None) -> str:
    """In words what became of a paragraph that is not as it was recorded."""
    if number != passage.paragraph:
        return f"这一段移到了第 {number} 段"
    return "文献中没有这一段" if here is None else "这一段的文字改动过，与记录的摘要不符"


def reconcile(number: int, text: str, figures: list[Figure], found: Audit) -> dict[tuple[int, int], Expression]:
    """Match the quantities of a paragraph with the figures read from it, by their characters; the quantities left over."""
    expressions = read_expressions(text)
    quantities = {(one.start, one.end): one for one in expressions if one.kind is Kind.QUANTITY}
    found.set_aside += [(number, one) for one in expressions if one.kind is not Kind.QUANTITY]
    for figure in figures:
        expression = quantities.pop((figure.start, figure.end), None)
        reason = disagreement(figure, expression, text)
        if figure.mark and expression and reason:
            found.corrected.append((figure, expression))
        elif reason:
            found.gaps.append(Gap(number, f"{figure.title}的{figure.label}“{figure.quantity}”：{reason}"))
        else:
            found.agreed.append(figure)
    return quantities


def disagreement(figure: Figure, expression: Expression | None, text: str) -> str:
    """In words why a figure is not the quantity that stands at its characters; empty where it is."""
    if figure.start is None:
        return "没有记下它在原文的字位"
    if expression is None:
        return (
            f"原文第 {figure.place} 字是“{text[figure.start : figure.end]}”，这里没有可收录的数字，或已被另一条记录收录"
        )
    if expression.wording != figure.quantity.wording:
        return f"原文写作“{expression.wording}”"
    return ""


def missing(figure: Figure) -> Gap:
    """The gap of a figure whose paragraph the document does not have."""
    return Gap(figure.paragraph, f"{figure.title}的{figure.label}“{figure.quantity}”：文献中没有这一段")
