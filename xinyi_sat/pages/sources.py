"""The documents that facts were read from, paragraph by paragraph with what was read there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import DetailView, ListView

from xinyi_sat.facts.models import Document, Fact, Figure, Passage
from xinyi_sat.pages.period_choice import PeriodPage, choice_of_period
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions


@dataclass
class ReadPassage:
    """A paragraph and the facts that were read from it, with their figures fetched."""

    passage: Passage
    facts: list[Fact] = field(default_factory=list)

    @cached_property
    def non_quantities(self) -> list[Expression]:
        """The numerals of its words that count nothing; none where the words are not here."""
        return [one for one in read_expressions(self.passage.text) if one.kind is not Kind.QUANTITY]

    @cached_property
    def figures(self) -> list[Figure]:
        return [figure for fact in self.facts for figure in fact.figures.all()]

    @cached_property
    def marked(self) -> list[Figure]:
        """The figures that can be marked in its words, in the order they stand; none where the words are not here."""
        placed = [one for one in self.figures if one.start is not None] if self.passage.text else []
        marked, done = [], 0
        for figure in sorted(placed, key=lambda one: one.start):
            if figure.start >= done:
                marked.append(figure)
                done = figure.end
        return marked

    @cached_property
    def differing(self) -> set[Figure]:
        """The figures that are not as its words have them; none where the words are not here."""
        return {one for one in self.figures if self.passage.differs(one.wording, one.start, one.end)}

    @cached_property
    def changed(self) -> set[Figure]:
        """The figures whose wording may not be the document's: they were corrected, or differ from its words."""
        return {one for one in self.figures if one.correction} | self.differing

    @cached_property
    def marked_anchors(self) -> set[str]:
        """The anchors that stand in its words; every other figure has its anchor in the list below them."""
        return {figure.anchor for figure in self.marked}

    @cached_property
    def words(self) -> SafeString:
        text, done, pieces = self.passage.text, 0, []
        for figure in self.marked:
            pieces += [escape(text[done : figure.start]), mark(figure, text[figure.start : figure.end])]
            done = figure.end
        # Safe: every piece is escaped.
        return mark_safe("".join([*pieces, escape(text[done:])]))


def mark(figure: Figure, words: str) -> SafeString:
    """The words of a figure, leading to its fact; the place other pages lead to."""
    now = "" if words == figure.wording else f"，现为“{figure}”"
    return format_html(
        '<a class="mark" id="{}" href="{}" title="{}：{}{}">{}</a>',
        *(figure.anchor, figure.fact.get_absolute_url(), figure.fact.title, figure.label, now, words),
    )


def read_passages(passages: Iterable[Passage]) -> list[ReadPassage]:
    """These paragraphs of one document, each with the public facts that were read from it."""
    read = {passage.pk: ReadPassage(passage) for passage in passages}
    facts = Fact.objects.public().filter(passage__in=read).select_related("period").with_figures()
    for fact in facts.in_reading_order():
        one = read[fact.passage_id]
        fact.passage = one.passage  # with its document, and not fetched again
        one.facts.append(fact)
    return list(read.values())


class SourceListView(PeriodPage, ListView):
    """The documents that facts were read from."""

    template_name = "pages/source_list.html"
    shows_all = True

    def get_queryset(self) -> list[Document]:
        documents = Document.objects.public().select_related("publisher", "period")
        return list(self.period_choice.narrow(documents))


class SourceDetailView(DetailView):
    """A document by paragraphs, each with what was read from it."""

    template_name = "pages/source_detail.html"
    queryset = Document.objects.public().select_related("publisher", "period")

    def get_context_data(self, **kwargs: Any) -> dict:
        passages = read_passages(self.object.passages.order_by("paragraph"))
        choice = choice_of_period(self.object.period)
        return super().get_context_data(period_choice=choice, passages=passages, **kwargs)
