"""The review by services: what the home page, the pages of services and the report are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Fact, Figure, Period
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.choice import bar_charts, period_charts
from xinyi_sat.report.scope import Scope

DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class Group:
    """The facts of one kind in a section."""

    number: str
    kind: type[Fact]
    facts: Sequence[Fact]

    @property
    def heading(self) -> str:
        return f"（{self.number}）{self.label}"

    @property
    def anchor(self) -> str:
        return self.kind.noun()

    @property
    def label(self) -> str:
        return self.kind._meta.verbose_name

    @property
    def url(self) -> str:
        """The list of the kind, narrowed to what the group shows."""
        return Scope(self.facts[0].period, Service(self.facts[0].service), self.kind).get_absolute_url()


@dataclass(frozen=True)
class Section:
    """One service in what a report holds."""

    service: Service
    scope: Scope
    number: str  # as a chapter, 一 for the first one of the report
    groups: list[Group]
    figures: list[Figure]  # of its facts, in reading order
    charts: list[Chart]

    @property
    def period(self) -> Period | None:
        return self.scope.period

    @property
    def title(self) -> str:
        return self.service.label


def section_of(scope: Scope, service: Service, position: int = 1) -> Section:
    """All that a scope has for a service; `position` is that of its chapter, from 1."""
    figures = [one for one in scope.figures_by_name.values() if one.fact.service == service]
    charts = [*bar_charts(figures), *period_charts(figures, scope.period, service)]
    return Section(service, scope, chinese_number(position), groups_of(scope, service), figures, charts)


def groups_of(scope: Scope, service: Service) -> list[Group]:
    """The facts of each kind, in the order of kinds, with their figures, which are fetched in one question."""
    facts = {
        kind: list(scope.facts(kind).filter(service=service).with_source().with_named().in_reading_order())
        for kind in scope.counts_of(service)
    }
    of_all_kinds = [fact for of_kind in facts.values() for fact in of_kind]
    prefetch_related_objects(
        of_all_kinds, Prefetch("figures", Figure.objects.select_related("measure", "corrected_by"))
    )
    return [Group(chinese_number(number), *pair) for number, pair in enumerate(facts.items(), 1)]


def all_sections(scope: Scope) -> list[Section]:
    """The four services and the association's own building, in their usual order; in a part, those it has facts of."""
    services = [one for one in scope.services if not scope.parts or scope.counts_of(one)]
    return [section_of(scope, service, position) for position, service in enumerate(services, 1)]


def chinese_number(number: int) -> str:
    """A number from 1 to 99 as headings have it: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    before = DIGITS[tens - 1] if tens > 1 else ""
    return f"{before}{'十' if tens else ''}{DIGITS[ones - 1] if ones else ''}"


def overviews(scope: Scope) -> dict[Service, list[tuple[str, str, int]]]:
    """Of every service the kinds, their lists, and how many facts this site has; its own count, not the document's."""
    return {
        service: [
            (kind._meta.verbose_name, Scope(scope.period, service, kind).get_absolute_url(), records)
            for kind, records in scope.counts_of(service).items()
        ]
        for service in Service
    }
