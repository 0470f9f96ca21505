"""What a report is about: a period, or one service or one kind of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from xinyi_sat.facts.choices import FactState, Service
from xinyi_sat.facts.models import Change, Document, Fact, Figure, Period, fact_kinds, kind_named
from xinyi_sat.facts.models.changes import ChangeQuerySet
from xinyi_sat.facts.models.fact import FactQuerySet
from xinyi_sat.facts.models.figure import FigureQuerySet
from xinyi_sat.facts.models.sources import DocumentQuerySet
from xinyi_sat.report.models import Edition


class UnknownPartError(LookupError):
    """There is no such service or kind; the message says which there are."""


class EmptyScopeError(LookupError):
    """Nothing is recorded of what was asked for; the message says of what."""


@dataclass(frozen=True)
class KindCount:
    """How many facts of one kind this site has for one service: its own count, not the document's."""

    kind: type[Fact]
    service: str
    records: int
    with_figures: int


@dataclass(frozen=True)
class Scope:
    """The facts a report holds: those of a period that readers may see; of one service or kind where these are named."""

    period: Period | None
    service: Service | None = None
    kind: type[Fact] | None = None
    edition: Edition | None = None  # the edition it is printed as; none for the data as they are

    @property
    def kinds(self) -> list[type[Fact]]:
        return [self.kind] if self.kind else fact_kinds()

    @property
    def services(self) -> list[Service]:
        return [self.service] if self.service else list(Service)

    @property
    def parts(self) -> list[str]:
        """What it is narrowed to, in the reader's language; nothing for a whole period."""
        kind = self.kind and self.kind._meta.verbose_name
        return [part for part in (self.service and self.service.label, kind) if part]

    @property
    def slug(self) -> str:
        """Its name in the names of files: 2017-2021-innovation-training."""
        parts = (self.period.slug, self.service and self.service.value, self.kind and self.kind.noun())
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

    def published(self, model: type[Fact] = Fact) -> FactQuerySet:
        """The facts, of any period, that its readers may see or have seen."""
        return model.objects.published()

    def ever_published(self, model: type[Fact] = Fact) -> FactQuerySet:
        """Its facts, and those that were withdrawn."""
        parts = ({"service": self.service} if self.service else {}) | ({"kind": self.kind.noun()} if self.kind else {})
        return self.published(model).in_period(self.period).filter(**parts)

    def facts(self, model: type[Fact] = Fact) -> FactQuerySet:
        """Its facts, those of one kind as their own model; as the documents have them."""
        return self.ever_published(model).filter(state=FactState.CONFIRMED).by_place()

    def figures(self) -> FigureQuerySet:
        return Figure.objects.filter(fact__in=self.facts().order_by()).with_fact().in_reading_order()

    @cached_property
    def figures_by_name(self) -> dict[str, Figure]:
        """Its figures, each under its name, as in `training/continuing-education/participants`; one question."""
        return {figure.name: figure for figure in self.figures()}

    def headlines(self) -> FigureQuerySet:
        return self.figures().headlines()

    @cached_property
    def counts(self) -> list[KindCount]:
        """How many facts of each kind it has for each service, in the order of kinds; one question."""
        counted = {"records": Count("pk", distinct=True), "with_figures": Count("figures__fact", distinct=True)}
        rows = self.facts().order_by().values("kind", "service").annotate(**counted)
        found = [KindCount(**row | {"kind": kind_named(row["kind"])}) for row in rows]
        return sorted(found, key=lambda one: fact_kinds().index(one.kind))

    def counts_of(self, service: str) -> dict[type[Fact], int]:
        """How many facts of each kind it has for a service; kinds without any are left out."""
        return {one.kind: one.records for one in self.counts if one.service == service}

    def corrections(self) -> ChangeQuerySet:
        """The corrections, revisions and withdrawals of its facts since they were published, oldest first."""
        facts = self.ever_published().order_by().values("pk")
        changes = Change.objects.explained().filter(noun__in=[kind.noun() for kind in self.kinds], record_id__in=facts)
        return changes.order_by("pk")

    def documents(self) -> DocumentQuerySet:
        read = self.facts().order_by().values("passage__document")
        return Document.objects.filter(pk__in=read).select_related("publisher", "period")

    def facts_with_notes(self) -> FactQuerySet:
        """Its facts whose figures or wording need a word of explanation."""
        return self.facts().exclude(note="").with_source().in_reading_order()

    def refuse_empty(self) -> None:
        """EmptyScopeError where it holds nothing: a report of nothing would be taken for one."""
        if not self.counts:
            raise EmptyScopeError(f"{self}：没有记录，没有可以导出的报告。")


def narrowed(period: Period | None, service: str | None, kind: str | None) -> Scope:
    """The scope of these names, as addresses and the terminal give them; UnknownPartError for a name that nothing has."""
    if service and service not in Service.values:
        raise UnknownPartError(f"没有服务“{service}”，可用的是 {listed(Service.choices)}。")
    kinds = {one.noun(): one for one in fact_kinds()}
    if kind and kind not in kinds:
        known = listed((noun, one._meta.verbose_name) for noun, one in kinds.items())
        raise UnknownPartError(f"没有类别“{kind}”，可用的是 {known}。")
    return Scope(period, Service(service) if service else None, kinds[kind] if kind else None)


def listed(names: Iterable[tuple[str, str]]) -> str:
    """The names that addresses have, each with what readers call it."""
    return "、".join(f"{name}（{label}）" for name, label in names)
