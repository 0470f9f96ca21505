"""The review by services: what the home page, the pages of services and the report are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from xinyi_sat.facts.changes.marks import asked_together
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import Figure
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.report.charts.chart import Chart
from xinyi_sat.report.charts.choice import bar_charts, largest, period_charts
from xinyi_sat.report.scope import Scope

NUMBERS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
]

MOST_FACTS, FIRST_FACTS = 100, 25  # of a service on one page; beyond that, of each kind the first


@dataclass(frozen=True)
class Group:
    """The facts of one kind in a section."""

    number: str
    kind: type[Fact]
    facts: Sequence[Fact]
    total: int = 0  # how many there are, where not all of them are here

    @property
    def heading(self) -> str:
        """Its heading under a chapter: （一）奖项."""
        return f"（{self.number}）{self.label}"

    @property
    def anchor(self) -> str:
        """Its name within a chapter: award."""
        return self.kind.kind()

    @property
    def label(self) -> str:
        """The kind in the reader's language."""
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
    place: int = 0  # after so many other chapters

    @property
    def period(self) -> Period | None:
        """The period it speaks of."""
        return self.scope.period

    @property
    def number(self) -> str:
        """Its number as a chapter, 一 for the first one of the report."""
        return NUMBERS[self.place]

    @property
    def title(self) -> str:
        """The service in the reader's language."""
        return self.service.label

    @property
    def counts(self) -> dict[type[Fact], int]:
        """How many facts it has of each kind that it has any of, in the order of kinds."""
        return self.scope.counts_of(self.service)

    @cached_property
    def groups(self) -> list[Group]:
        """The kinds that have facts here, in the order of kinds, facts as the document has them."""
        present = {kind: list(self.asked(kind)) for kind in self.counts}
        asked_together([fact for facts in present.values() for fact in facts])
        return [Group(number, kind, present[kind]) for number, kind in numbered(present)]

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures of its facts, as the document has them; found without the facts, which may be thousands."""
        return [one for one in self.scope.figures_by_name.values() if one.service == self.service]

    @cached_property
    def comparable(self) -> tuple[list[Chart], list[Chart]]:
        """All charts that could be drawn: figures counted alike, and figures that earlier periods had too."""
        return bar_charts(self.figures), period_charts(self.figures, self.period, self.service)

    @property
    def charts(self) -> list[Chart]:
        """The charts that are drawn: of very many, those that show most."""
        return [chart for charts in self.comparable for chart in largest(charts)]

    @property
    def undrawn(self) -> int:
        """How many charts more there could be."""
        return sum(map(len, self.comparable)) - len(self.charts)

    def asked(self, kind: type[Fact]) -> QuerySet:
        """The facts of a kind that belong here, not yet asked of the database."""
        facts = self.scope.facts(kind).filter(service=self.service)
        return facts.with_source().with_named().in_reading_order()


class SectionPage(Section):
    """A section as its page shows it: whole, or where it has very many facts, of each kind the first, and no charts."""

    @cached_property
    def is_whole(self) -> bool:
        """Whether all its facts are shown."""
        return sum(self.counts.values()) <= MOST_FACTS

    @cached_property
    def groups(self) -> list[Group]:
        """All of them, or the first facts of each kind."""
        if self.is_whole:
            return super().groups
        present = {kind: list(self.asked(kind)[:FIRST_FACTS]) for kind in self.counts}
        asked_together([fact for facts in present.values() for fact in facts])
        return [
            Group(number, kind, present[kind], total=count if (count := self.counts[kind]) > FIRST_FACTS else 0)
            for number, kind in numbered(present)
        ]

    @cached_property
    def comparable(self) -> tuple[list[Chart], list[Chart]]:
        """What can be shown of a section that is whole: a chart of some of its figures would say something else."""
        return super().comparable if self.is_whole else ([], [])


def numbered(kinds: Iterable[type[Fact]]) -> list[tuple[str, type[Fact]]]:
    """The kinds of a section with their numbers in it."""
    return [(NUMBERS[place], kind) for place, kind in enumerate(kinds)]


def all_sections(scope: Scope) -> list[Section]:
    """The four services and the association's own building, in their usual order; in a part, those it has facts of."""
    sections: list[Section] = []
    for service in scope.services:
        section = Section(service, scope, place=len(sections))
        if not scope.parts or section.counts:
            sections.append(section)
    return sections


@dataclass(frozen=True)
class Overview:
    """How many facts of each kind this site has for a service; its own count, not the document's."""

    service: Service
    counts: list[tuple[str, str, int]]  # the kind in the reader's language, its list, its facts


def overviews(scope: Scope) -> list[Overview]:
    """An overview of every service, those without facts too."""
    return [
        Overview(
            service,
            [
                (kind._meta.verbose_name, Scope(scope.period, service, kind).get_absolute_url(), records)
                for kind, records in scope.counts_of(service).items()
            ],
        )
        for service in Service
    ]
