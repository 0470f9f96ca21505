"""What readers will find of a period once it is published, what they will not, and what had better be seen to first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from xinyi_sat.facts.audit import audit
from xinyi_sat.facts.choices import FactState, PeriodState
from xinyi_sat.facts.editing.doubts import in_short, may_be_odd, oddities_of
from xinyi_sat.facts.editing.links import drafts_in_admin
from xinyi_sat.facts.fields import START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, DraftFact, Fact, Organisation, Passage, Period

MOST_GAPS = 5
CONFIRMED = Q(state=FactState.CONFIRMED)


@dataclass(frozen=True)
class KindOutlook:
    """How many facts of a kind a period has in each state, and how many figures the confirmed ones have."""

    kind: type[Fact]
    confirmed: int
    figures: int
    unplaced: int  # of the figures, those whose characters nobody has noted
    unread: int  # of the confirmed, those read from the document of another draft period: no reader sees them
    drafts: int
    drafts_url: str
    withdrawn: int

    @property
    def label(self) -> str:
        """The kind in the admin's language."""
        return self.kind._meta.verbose_name


@dataclass(frozen=True)
class Outlook:
    """A period before it is published."""

    period: Period

    @cached_property
    def counts(self) -> list[KindOutlook]:
        """What it has of each kind; kinds of which it has nothing are left out."""
        counted = [count(kind, self.period) for kind in fact_kinds()]
        return [one for one in counted if one.confirmed or one.drafts or one.withdrawn]

    def total(self, name: str) -> int:
        """One of the counts over all kinds."""
        return sum(getattr(one, name) for one in self.counts)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents about it."""
        return list(self.period.document_set.order_by("slug"))

    @cached_property
    def new_organisations(self) -> list[Organisation]:
        """The organisations that readers find for the first time with it: those that only drafts name now."""
        named = {
            pk
            for kind in fact_kinds()
            for name in kind.organisation_names()
            for pk in kind.objects.in_period(self.period).filter(CONFIRMED).order_by().values_list(name, flat=True)
        }
        named |= {document.publisher_id for document in self.documents}
        known = Organisation.objects.public().values("pk")
        return list(Organisation.objects.filter(pk__in=named - {None}).exclude(pk__in=known))

    @cached_property
    def doubts(self) -> list[str]:
        """What had better be seen to before, in the admin's language."""
        return [*self._doubts_of_facts(), *self._odd_facts(), *self._doubts_of_documents()]

    def _doubts_of_facts(self) -> Iterator[str]:
        waiting = DraftFact.objects.filter(period=self.period).count()
        headlines = any(
            kind.objects.in_period(self.period).filter(CONFIRMED, is_headline=True).exists() for kind in fact_kinds()
        )
        said = {
            f"待确认的记录有 {self.total('drafts')} 条，不会公布。": self.total("drafts"),
            f"待整理的数字还有 {waiting} 条，不会公布。": waiting,
            f"有 {self.total('unplaced')} 个数字没有记下在段落中的字位，读者只能查到段。": self.total("unplaced"),
            f"有 {self.total('unread')} 条记录读自其他草稿时期的文献，那个时期公布之前不会显示。": self.total("unread"),
            "没有标为“首页重点”的记录，首页和报告摘要会是空的。": not headlines,
        }
        yield from (words for words, is_so in said.items() if is_so)

    def _odd_facts(self) -> list[str]:
        """What the words of a document have to say is told of the document."""
        facts = [
            fact
            for kind in (one.kind for one in self.counts if one.confirmed)
            for fact in may_be_odd(kind.objects.in_period(self.period).filter(CONFIRMED)).with_source()
        ]
        return in_short(facts, oddities_of(facts))

    def _doubts_of_documents(self) -> Iterator[str]:
        if not self.documents:
            yield "这个时期没有登记文献。"
        for document in self.documents:
            yield from doubts_of_document(document)


def count(kind: type[Fact], period: Period) -> KindOutlook:
    """What a period has of a kind; one question to the database."""
    elsewhere = Q(passage__document__period__state=PeriodState.DRAFT) & ~Q(passage__document__period=period)
    states = {
        "confirmed": CONFIRMED,
        "drafts": Q(state=FactState.DRAFT),
        "withdrawn": Q(state=FactState.WITHDRAWN),
        "unread": CONFIRMED & elsewhere,
    }
    counts = {name: Count("pk", filter=rule) for name, rule in states.items()}
    for name in kind.figure_names():
        counts[f"{name}__all"] = Count(name, filter=CONFIRMED)
        counts[f"{name}__unplaced"] = Count(name, filter=CONFIRMED & Q(**{f"{name}{START}__isnull": True}))
    found = kind.objects.in_period(period).order_by().aggregate(**counts)
    return KindOutlook(
        kind,
        drafts_url=drafts_in_admin(kind, period),
        figures=sum(found[f"{name}__all"] for name in kind.figure_names()),
        unplaced=sum(found[f"{name}__unplaced"] for name in kind.figure_names()),
        **{name: found[name] for name in states},
    )


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
