"""What readers will find of a period once it is published, what they will not, and what had better be seen to first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xinyi_sat.facts.audit import audit
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Document, DraftFact, Fact, Passage, Period, fact_kinds
from xinyi_sat.office.doubts import in_short, oddities_of
from xinyi_sat.office.links import list_in_admin

MOST_GAPS = 5


@dataclass(frozen=True)
class Outlook:
    """A period before it is published."""

    period: Period

    @cached_property
    def facts(self) -> list[Fact]:
        """Its facts in every state, as the records all kinds share."""
        return list(Fact.objects.in_period(self.period).select_related("passage__document__period").with_figures())

    @cached_property
    def confirmed(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.state == FactState.CONFIRMED]

    @cached_property
    def counts(self) -> list[dict]:
        """How many facts of each kind it has in each state, and how many figures readers will find with them."""
        return [counts_of(kind, self.period, of_kind) for kind in fact_kinds() if (of_kind := self.facts_of(kind))]

    def facts_of(self, kind: type[Fact]) -> list[Fact]:
        return [fact for fact in self.facts if fact.kind == kind.noun()]

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.period.document_set.order_by("slug"))

    @cached_property
    def doubts(self) -> list[str]:
        """What had better be seen to before, in the admin's language; of passages, only what the document has to say."""
        odd = in_short(self.confirmed, (oddities_of(fact, fact.figures.all()) for fact in self.confirmed))
        return [*self._doubts_of_facts(), *odd, *self._doubts_of_documents()]

    def _doubts_of_facts(self) -> Iterator[str]:
        drafts = sum(fact.state == FactState.DRAFT for fact in self.facts)
        waiting = DraftFact.objects.filter(period=self.period).count()
        unplaced = sum(figure.start is None for fact in self.confirmed for figure in fact.figures.all())
        unread = sum(is_read_elsewhere(fact) for fact in self.confirmed)
        said = {
            f"待确认的记录有 {drafts} 条，不会公布。": drafts,
            f"待整理的数字还有 {waiting} 条，不会公布。": waiting,
            f"有 {unplaced} 个数字没有记下在段落中的字位，读者只能查到段。": unplaced,
            f"有 {unread} 条记录读自其他草稿时期的文献，那个时期公布之前不会显示。": unread,
            "没有填写“首页次序”的记录，首页和报告摘要会是空的。": not any(
                fact.headline_rank for fact in self.confirmed
            ),
        }
        yield from (words for words, is_so in said.items() if is_so)

    def _doubts_of_documents(self) -> Iterator[str]:
        if not self.documents:
            yield "这个时期没有登记文献。"
        for document in self.documents:
            yield from doubts_of_document(document)


def counts_of(kind: type[Fact], period: Period, facts: list[Fact]) -> dict:
    """A line of the page: a kind with the numbers of its facts by state, and of the figures of those that are confirmed."""
    states = Counter(fact.state for fact in facts)
    figures = sum(len(fact.figures.all()) for fact in facts if fact.state == FactState.CONFIRMED)
    counts = {"confirmed": states[FactState.CONFIRMED], "drafts": states[FactState.DRAFT], "figures": figures}
    return counts | {
        "label": kind._meta.verbose_name,
        "withdrawn": states[FactState.WITHDRAWN],
        "drafts_url": list_in_admin(kind, period, state__exact=FactState.DRAFT.value),
    }


def is_read_elsewhere(fact: Fact) -> bool:
    """Whether a fact is read from the document of another draft period: no reader sees it before that is published."""
    period = fact.passage.document.period
    return period.is_draft and period != fact.period


def doubts_of_document(document: Document) -> Iterator[str]:
    """Whether a document can be reconciled with its figures here, and if so, what does not agree."""
    passages = list(document.passages.order_by("paragraph"))
    if not passages:
        yield f"《{document}》没有登记段落，请先运行 load_source 原文.txt --document {document.slug} --register。"
    elif any(one.length and not one.text for one in passages):
        yield f"《{document}》的原文没有载入，这里核对不了；请运行 audit_source 核对，或先用 load_source 载入。"
    elif gaps := audit(words_of(passages), document).gaps:
        shown = "；".join(str(gap) for gap in gaps[:MOST_GAPS])
        others = "……其余请用 audit_source 查看。" if len(gaps) > MOST_GAPS else ""
        yield f"《{document}》与记录核对，有 {len(gaps)} 处不符：{shown}{others}"


def words_of(passages: list[Passage]) -> list[str]:
    """The paragraphs of a document as a file has them, by their numbers."""
    words = {one.paragraph: one.text for one in passages}
    return [words.get(number, "") for number in range(1, max(words) + 1)]
