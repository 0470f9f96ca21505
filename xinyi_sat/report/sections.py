"""The review by services: what the home page, the pages of services and the report are made of."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Period

NUMBERS = "一二三四五六七八九十"  # as many as there are kinds, and more than there are services


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
        return f"{self.kind.list_url()}?service={self.facts[0].service}"


@dataclass(frozen=True)
class Section:
    """One service in one period."""

    service: Service
    period: Period | None

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
        asked = ((kind, self.facts(kind)) for kind in fact_kinds())
        present = [(kind, facts) for kind, facts in asked if facts]
        return [Group(number, kind, facts) for number, (kind, facts) in zip(NUMBERS, present, strict=False)]

    def facts(self, kind: type[Fact]) -> list[Fact]:
        """The facts of a kind that belong here."""
        facts = kind.objects.in_period(self.period).filter(service=self.service)
        return list(facts.with_source().with_named().in_reading_order())

    @property
    def headlines(self) -> QuerySet:
        """The figures of its headline facts."""
        return headline_figures(self.period, service=self.service)


def all_sections(period: Period | None) -> list[Section]:
    """The four services and the association's own building, in their usual order."""
    return [Section(service, period) for service in Service]


def headline_figures(period: Period | None, **narrowed: str) -> QuerySet:
    """The figures of the facts an admin has marked as headlines, in reading order."""
    return all_figures(lambda kind, measure: kind.objects.in_period(period).filter(is_headline=True, **narrowed))
