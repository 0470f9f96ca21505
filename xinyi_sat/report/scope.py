"""What a report is about: a period, or one service or one kind of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from xinyi_sat.facts.changes.differences import explained_changes
from xinyi_sat.facts.choices import FactState, Service
from xinyi_sat.facts.figures import Figure, all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Period
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.querysets import FactQuerySet
from xinyi_sat.report.counts import KindCount, counted
from xinyi_sat.report.models import Edition


class UnknownPart(LookupError):  # noqa: N818 (it says what the part is)
    """There is no such service or kind; the message says which there are."""


class EmptyScope(LookupError):  # noqa: N818 (it says what the scope is)
    """Nothing is recorded of what was asked for; the message says of what."""


@dataclass(frozen=True)
class Scope:
    """The facts a report holds: those of a period that readers may see; of one service or kind where these are named."""

    period: Period | None
    service: Service | None = None
    kind: type[Fact] | None = None
    edition: Edition | None = None  # the edition it is printed as; none for the data as they are

    @property
    def kinds(self) -> list[type[Fact]]:
        """The kinds of fact it may hold."""
        return [self.kind] if self.kind else fact_kinds()

    @property
    def services(self) -> list[Service]:
        """The services it may hold, in their usual order."""
        return [self.service] if self.service else list(Service)

    @property
    def parts(self) -> list[str]:
        """What it is narrowed to, in the reader's language; nothing for a whole period."""
        kind = self.kind and self.kind._meta.verbose_name
        return [part for part in (self.service and self.service.label, kind) if part]

    @property
    def slug(self) -> str:
        """Its name in the names of files: 2017-2021-innovation-training."""
        parts = (self.period.slug, self.service and self.service.value, self.kind and self.kind.kind())
        return "-".join(part for part in parts if part)

    def __str__(self) -> str:
        return "　".join([str(self.period), *self.parts])

    def get_absolute_url(self) -> str:
        """The page that shows it: the home page of a period, the page of a service, or the list of a kind."""
        question = {"period": self.period.slug}
        if not self.kind:
            page = self.service.get_absolute_url() if self.service else reverse("home")
            return f"{page}?{urlencode(question)}"
        if self.service:
            question["service"] = self.service.value
        return f"{self.kind.list_url()}?{urlencode(question)}"

    def published(self, kind: type[Fact]) -> FactQuerySet:
        """The facts of a kind, of any period, that its readers may see or have seen."""
        return kind.objects.published()

    def facts(self, kind: type[Fact]) -> FactQuerySet:
        """The facts of a kind that it holds."""
        return self.facts_by_kind[kind].all()

    @cached_property
    def facts_by_kind(self) -> dict[type[Fact], FactQuerySet]:
        """The question for the facts of each kind: put together once, and asked in many ways."""
        return {kind: self.question_for(kind) for kind in fact_kinds()}

    def question_for(self, kind: type[Fact]) -> FactQuerySet:
        """The question for the facts of one kind."""
        facts = self.published(kind).filter(state=FactState.CONFIRMED).in_period(self.period)
        if kind not in self.kinds:
            return facts.none()
        return facts.filter(service=self.service) if self.service else facts

    @cached_property
    def counts(self) -> list[KindCount]:
        """How many facts of each kind it has for each service."""
        return counted(self.facts(kind) for kind in self.kinds)

    def counts_of(self, service: str) -> dict[type[Fact], int]:
        """How many facts of each kind it has for a service; kinds without any are left out."""
        return {one.kind: one.records for one in self.counts if one.service == service}

    def figures(self) -> QuerySet:
        """Its figures, in reading order."""
        return all_figures(lambda kind, measure: self.facts(kind))

    @cached_property
    def figures_by_name(self) -> dict[str, Figure]:
        """Its figures, each under its name, as in `training/continuing-education/participants`."""
        return {figure.name: figure for figure in self.figures()}

    def statements(self) -> QuerySet:
        """A Statement for each of its facts, in reading order."""
        return all_statements(self.facts)

    def headlines(self) -> QuerySet:
        """The figures of the facts an admin has marked as headlines, in reading order."""
        return all_figures(lambda kind, measure: self.facts(kind).filter(is_headline=True))

    def corrections(self, after: datetime | None, until: datetime | None) -> list[Change]:
        """The corrections and revisions of its facts in a span of time, oldest first; of those withdrawn too."""
        published = (kind.objects.published().in_period(self.period) for kind in self.kinds)
        within = (facts.filter(service__in=self.services) for facts in published)
        found = [change for facts in within for change in explained_changes(facts, after, until)]
        return sorted(found, key=lambda change: (change.history_date, change.title))

    def documents(self) -> QuerySet:
        """The documents that its facts were read from."""
        first, *others = (
            self.facts(kind).order_by().values_list("passage__document", flat=True) for kind in self.kinds
        )
        read = list(first.union(*others))
        return Document.objects.filter(pk__in=read).select_related("publisher", "period")

    def noted(self) -> list[Fact]:
        """Its facts whose figures or wording need a word of explanation, as the document has them."""
        noted = [fact for kind in self.kinds for fact in self.facts(kind).exclude(note="").with_source()]
        return sorted(noted, key=lambda fact: (fact.passage.document.slug, fact.passage.paragraph))

    def refuse_empty(self) -> None:
        """EmptyScope where it holds nothing: a report of nothing would be taken for one."""
        if not self.counts:
            raise EmptyScope(f"{self}：没有记录，没有可以导出的报告。")


def narrowed(period: Period | None, service: str | None, kind: str | None) -> Scope:
    """The scope of these names, as addresses and the terminal give them; UnknownPart for a name that nothing has."""
    if service and service not in Service.values:
        raise UnknownPart(f"没有服务“{service}”，可用的是 {listed(Service.choices)}。")
    kinds = {one.kind(): one for one in fact_kinds()}
    if kind and kind not in kinds:
        raise UnknownPart(
            f"没有类别“{kind}”，可用的是 {listed((name, one._meta.verbose_name) for name, one in kinds.items())}。"
        )
    return Scope(period, Service(service) if service else None, kinds[kind] if kind else None)


def listed(names: Iterable[tuple[str, str]]) -> str:
    """The names that addresses have, each with what readers call it."""
    return "、".join(f"{name}（{label}）" for name, label in names)
