"""The review by services: what the home page, the pages of services and the report are made of."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.marks import asked_together
from xinyi_sat.facts.models import Fact, Period
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


@dataclass(frozen=True)
class Group:
    """The facts of one kind in a section."""

    number: str
    kind: type[Fact]
    facts: list[Fact]

    @property
    def heading(self) -> str:
        """Its heading under a chapter: （一）奖项."""
        return f"（{self.number}）{self.label}"

    @property
    def label(self) -> str:
        """The kind in the reader's language."""
        return self.kind._meta.verbose_name

    @property
    def url(self) -> str:
        """The list of the kind, narrowed to what the group shows."""
        return list_url(self.kind, self.facts[0].period, self.facts[0].service)


@dataclass(frozen=True)
class Section:
    """One service in what a report holds."""

    service: Service
    scope: Scope

    @property
    def period(self) -> Period | None:
        """The period it speaks of."""
        return self.scope.period

    @property
    def number(self) -> str:
        """Its number as a chapter: 一 to 五."""
        return NUMBERS[list(Service).index(self.service)]

    @property
    def title(self) -> str:
        """The service in the reader's language."""
        return self.service.label

    @cached_property
    def groups(self) -> list[Group]:
        """The kinds that have facts here, in the order of kinds, facts as the document has them."""
        asked = ((kind, self.facts(kind)) for kind in self.scope.kinds)
        present = [(kind, facts) for kind, facts in asked if facts]
        asked_together([fact for _, facts in present for fact in facts])
        return [Group(NUMBERS[place], kind, facts) for place, (kind, facts) in enumerate(present)]

    def facts(self, kind: type[Fact]) -> list[Fact]:
        """The facts of a kind that belong here."""
        facts = self.scope.facts(kind).filter(service=self.service)
        return list(facts.with_source().with_named().in_reading_order())


def all_sections(scope: Scope) -> list[Section]:
    """The four services and the association's own building, in their usual order."""
    return [Section(service, scope) for service in scope.services]


@dataclass(frozen=True)
class Overview:
    """How many facts of each kind this site has for a service; its own count, not the document's."""

    service: Service
    counts: list[tuple[str, str, int]]  # the kind in the reader's language, its list, its facts


def overviews(scope: Scope) -> list[Overview]:
    """An overview of every service, those without facts too."""
    counted = [(kind, scope.facts(kind).count_by_service()) for kind in scope.kinds]
    return [
        Overview(
            service,
            [
                (kind._meta.verbose_name, list_url(kind, scope.period, service), facts[service])
                for kind, facts in counted
                if service in facts
            ],
        )
        for service in Service
    ]


def list_url(kind: type[Fact], period: Period, service: str) -> str:
    """The list of a kind, narrowed to a period and a service."""
    return f"{kind.list_url()}?{urlencode({'period': period.slug, 'service': str(service)})}"
