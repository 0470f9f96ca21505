"""What there is already: the facts of a period, and what its facts may refer to, each asked for once."""

import re
from collections import defaultdict
from difflib import get_close_matches
from functools import cached_property

from django.db.models import Max

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period
from xinyi_sat.facts.uploads.cells import known_by
from xinyi_sat.facts.uploads.refusal import RefusedCell

SEPARATORS = re.compile("[、;；\n]")


class Known:
    """The records that the rows of an upload are compared with, and lead to."""

    def __init__(self, period: Period):
        self.period = period
        self._passages: dict[Document, dict[int, Passage]] = {}
        self._facts: dict[type[Fact], dict[str, Fact]] = {}

    @cached_property
    def _documents(self) -> list[Document]:
        return list(Document.objects.select_related("period"))

    @cached_property
    def _organisations(self) -> dict[str, list[Organisation]]:
        found = defaultdict(list)
        for one in Organisation.objects.all():
            for word in {one.slug, known_by(one.name)}:
                found[word].append(one)
        return dict(found)

    @cached_property
    def only_document(self) -> Document | None:
        """The document of the period, where there is but one."""
        own = [one for one in self._documents if one.period_id == self.period.pk]
        return own[0] if len(own) == 1 else None

    def document(self, text: str) -> Document:
        """The document of this title or slug; RefusedCell where there is none, or more than one."""
        found = [one for one in self._documents if known_by(text) in (one.slug, known_by(one.title))]
        own = [one for one in found if one.period_id == self.period.pk]
        if len(own or found) == 1:
            return (own or found)[0]
        if found:
            raise several("份文献", text, found)
        raise RefusedCell(f"没有文献“{text}”，请先在后台“文献”中登记。")

    def passage(self, document: Document, paragraph: int) -> Passage:
        """A paragraph of a document; RefusedCell where it is not registered."""
        if document not in self._passages:
            self._passages[document] = {one.paragraph: one for one in document.passages.all()}
            for passage in self._passages[document].values():
                passage.document = document
        passage = self._passages[document].get(paragraph)
        if passage is None:
            last = max(self._passages[document], default=0)
            raise RefusedCell(f"《{document}》没有登记第 {paragraph} 段，登记到第 {last} 段。")
        return passage

    def organisation(self, text: str) -> Organisation:
        """The organisation of this name or slug; RefusedCell where there is none, or more than one."""
        found = self._organisations.get(known_by(text))
        if found is None:
            close = get_close_matches(known_by(text), self._organisations, n=1, cutoff=0.7)
            hint = f"是不是“{self._organisations[close[0]][0]}”？" if close else ""
            raise RefusedCell(f"没有机构“{text}”。{hint}新的机构请先在后台“机构”中登记。")
        if len(found) > 1:
            raise several("家机构", text, found)
        return found[0]

    def organisations(self, text: str) -> list[Organisation]:
        """The organisations of these names; a name may itself have a mark that separates names."""
        if known_by(text) in self._organisations:
            return [self.organisation(text)]
        return [self.organisation(name.strip()) for name in SEPARATORS.split(text) if name.strip()]

    def facts(self, kind: type[Fact]) -> dict[str, Fact]:
        """The facts of a kind in the period, withdrawn ones too, by their slugs."""
        if kind not in self._facts:
            facts = kind.objects.in_period(self.period).with_source().with_named().in_reading_order()
            self._facts[kind] = {fact.slug: fact for fact in facts}
            for fact in self._facts[kind].values():
                fact.period = self.period
        return self._facts[kind]


def several(what: str, text: str, found: list[Document] | list[Organisation]) -> RefusedCell:
    """Why a name is refused that leads to more than one record, and what to write for each of them."""
    return RefusedCell(f"有 {len(found)} {what}叫“{text}”，请改写标识：{'、'.join(one.slug for one in found)}。")


def to_fill_in(period: Period, kind: type[Fact]) -> list[Fact]:
    """The facts of a kind and a period that a sheet may change, in reading order."""
    return [fact for fact in Known(period).facts(kind).values() if fact.state != FactState.WITHDRAWN]


def latest_changes(period: Period, kind: type[Fact]) -> dict[int, int]:
    """The last change of each fact of a kind in a period."""
    facts = kind.objects.in_period(period).values("pk")
    changes = kind.history.filter(id__in=facts).order_by().values("id").annotate(latest=Max("history_id"))
    return {row["id"]: row["latest"] for row in changes}
