"""A document as its page shows it: each paragraph with the facts and figures read from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from xinyi_sat.facts.changes.marks import asked_together
from xinyi_sat.facts.chosen import Chosen
from xinyi_sat.facts.figures import Figure, Statement, all_statements, figures_of
from xinyi_sat.facts.kinds import fact_kinds, kind_named
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions


@dataclass
class ReadPassage:
    """A paragraph and the facts that were read from it."""

    passage: Passage
    facts: list[Fact] = field(default_factory=list)

    @cached_property
    def set_aside(self) -> list[Expression]:
        """The numerals of its words that count nothing; none where the words are not here."""
        return [one for one in read_expressions(self.passage.text) if one.kind is not Kind.QUANTITY]

    @cached_property
    def read(self) -> list[tuple[Fact, list[Figure]]]:
        """Each fact with its figures."""
        return [(fact, figures_of(fact)) for fact in self.facts]

    @property
    def placed(self) -> list[Figure]:
        """The figures whose characters are known, in the order they stand."""
        figures = (figure for _, of_fact in self.read for figure in of_fact if figure.start is not None)
        return sorted(figures, key=lambda figure: figure.start)

    @cached_property
    def marked(self) -> list[Figure]:
        """The figures that can be marked in its words, in the order they stand; none where the words are not here."""
        marked, done = [], 0
        for figure in self.placed if self.passage.text else ():
            if figure.start >= done:
                marked.append(figure)
                done = figure.end
        return marked

    @cached_property
    def figures(self) -> set[Figure]:
        """All figures that were read in it."""
        return {figure for _, of_fact in self.read for figure in of_fact}

    @cached_property
    def differing(self) -> set[Figure]:
        """The figures that are not as its words have them; none where the words are not here."""
        return {one for one in self.figures if self.passage.differs(one.quantity.wording, one.start, one.end)}

    @cached_property
    def changed(self) -> set[Figure]:
        """The figures whose wording is not said to be the document's: they were changed, or are not as its words have them."""
        return {one for one in self.figures if one.mark} | self.differing

    @property
    def wording_label(self) -> str:
        """What the wordings of its figures are called together."""
        if not self.changed:
            return "原文写作"
        return "现写作" if self.changed == self.figures else "写法"

    @cached_property
    def marked_anchors(self) -> set[str]:
        """The anchors that stand in its words; every other figure has its anchor in the list below them."""
        return {figure.anchor for figure in self.marked}

    @cached_property
    def words(self) -> SafeString:
        """Its words with the figures marked, each leading to its fact; empty where the words are not here."""
        text, done, pieces = self.passage.text, 0, []
        for figure in self.marked:
            pieces += [escape(text[done : figure.start]), mark(figure, text[figure.start : figure.end])]
            done = figure.end
        # Safe: every piece is escaped.
        return mark_safe("".join([*pieces, escape(text[done:])]))


def mark(figure: Figure, words: str) -> SafeString:
    """The words of a figure, leading to its fact; the place other pages lead to."""
    now = "" if words == figure.quantity.wording else f"，现为“{figure.quantity}”"
    return format_html(
        '<a class="mark" id="{}" href="{}" title="{}：{}{}">{}</a>',
        *(figure.anchor, figure.url, figure.title, figure.label, now, words),
    )


def passages_with_facts(document: Document, numbers: range) -> list[ReadPassage]:
    """The paragraphs of a document that have these numbers, in order, those nothing was read from too."""
    within = (numbers.start, numbers.stop - 1)
    passages = document.passages.filter(paragraph__range=within).order_by("paragraph")
    read = {passage.pk: ReadPassage(passage) for passage in passages}
    documented = (kind.objects.public().in_document(document) for kind in fact_kinds())
    asked = (facts.filter(passage__paragraph__range=within) for facts in documented)
    for fact in asked_together([fact for facts in asked for fact in facts.select_related("period").in_reading_order()]):
        one = read[fact.passage_id]
        fact.passage = one.passage  # the same for all of them, and not fetched with each again
        one.facts.append(fact)
    return list(read.values())


def facts_naming(organisation: Organisation, chosen: Chosen) -> QuerySet:
    """A Statement for each fact that names an organisation in the period shown, the latest period first."""
    named = all_statements(lambda kind: chosen.narrow(kind.objects.public()).naming(organisation))
    return named.order_by("-period_ends_on", "period_slug", "document_slug", "paragraph", "kind", "slug")


def facts_stated(statements: Iterable[Statement]) -> list[Fact]:
    """The facts that these statements are of, in their order, with their sources."""
    wanted = [(one.kind, one.period_slug, one.slug) for one in statements]
    found = {}
    for kind in {kind_named(name) for name, _, _ in wanted}:
        _, periods, slugs = zip(*(one for one in wanted if one[0] == kind.kind()), strict=True)
        for fact in kind.objects.filter(period__slug__in=periods, slug__in=slugs).with_source():
            found[kind.kind(), fact.period.slug, fact.slug] = fact
    return asked_together([found[one] for one in wanted])


def is_named(organisation: Organisation) -> bool:
    """Whether any fact names an organisation, one that readers don't see too."""
    return any(kind.objects.naming(organisation).exists() for kind in fact_kinds())
