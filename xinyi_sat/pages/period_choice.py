"""Which period a page shows: the one its address names, else the current one; all of them only where that is asked for.

Years and the five-year review stand in one site, and their figures are never added: no list mixes them unasked.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from xinyi_sat.facts.models import Period
from xinyi_sat.facts.models.periods import ALL_PERIODS


class PeriodNotFoundError(Http404):
    """No reader may see a period of this slug: there is none, or it is a draft. `periods` are those there are."""

    def __init__(self, slug: str, periods: list[Period]):
        super().__init__(slug)
        self.slug, self.periods = slug, periods


class SeveralValuesError(BadRequest):
    """An address gives several values where one is shown: to answer with any of them would answer another question."""


@dataclass(frozen=True)
class PeriodChoice:
    """The period a page shows, and the others a reader can turn to."""

    periods: list[Period]  # of which readers find something, the current one first
    period: Period | None  # None where all are shown, or where there is none
    is_named: bool = False  # whether the address names it; links then go on naming it
    offers_all: bool = False

    @property
    def has_several(self) -> bool:
        return len(self.periods) > 1

    @property
    def is_mixed(self) -> bool:
        """Whether the page shows records of several periods side by side."""
        return self.period is None and self.has_several

    @property
    def archived(self) -> list[Period]:
        return [one for one in self.periods if one.is_archived]

    @property
    def slug(self) -> str:
        """The choice as an address says it."""
        return self.period.slug if self.period else ALL_PERIODS

    @property
    def of_one_period(self) -> Self:
        """The same choice, or the current period where all are shown: for what is made of one, as a report."""
        return self if self.period or not self.periods else replace(self, period=self.periods[0])

    @property
    def querystring(self) -> str:
        """What an address adds to show the same; empty where there is nothing to choose."""
        return f"?{urlencode({'period': self.slug})}" if self.has_several else ""

    @property
    def link_querystring(self) -> str:
        """What links add so that a reader's choice is kept; empty where none was made."""
        return self.querystring if self.is_named else ""

    def narrow(self, records: QuerySet) -> QuerySet:
        return records.in_period(self.period) if self.period else records

    def filename(self, name: str, ending: str) -> str:
        """The name of a file with these facts; with several periods to choose from it says which."""
        return f"{name}-{self.slug}.{ending}" if self.has_several else f"{name}.{ending}"


def periods_to_choose() -> list[Period]:
    """The periods of which readers find something, the current one first."""
    return list(Period.objects.with_facts().latest_first())


def choice_of_period(period: Period) -> PeriodChoice:
    """The choice of a page that belongs to one period, as the page of a fact."""
    return PeriodChoice(periods_to_choose(), period, is_named=True)


def single_value(request: HttpRequest, name: str) -> str:
    """The value an address gives a name, empty for none; SeveralValuesError where it gives several."""
    values = list(dict.fromkeys(filter(None, request.GET.getlist(name))))
    if len(values) > 1:
        raise SeveralValuesError(f"{name} 写了 {len(values)} 个不同的值（{'、'.join(values)}），这里一次只能看一个。")
    return values[0] if values else ""


def period_choice(request: HttpRequest, *, offers_all: bool = True, shows_all: bool = False) -> PeriodChoice:
    """What an address chooses with `?period=`; with `shows_all` all periods where it names none.

    PeriodNotFoundError for a period that no reader may see, SeveralValuesError for any name that has two values.
    """
    for name in request.GET:
        single_value(request, name)
    periods = periods_to_choose()
    slug = single_value(request, "period")
    if not slug:
        current = periods[0] if periods and not shows_all else None
        return PeriodChoice(periods, current, offers_all=offers_all)
    if slug == ALL_PERIODS and offers_all:
        return PeriodChoice(periods, None, is_named=True, offers_all=offers_all)
    # Compared here and not in the database, which may refuse what is typed into an address.
    named = next((one for one in chain(periods, Period.objects.public()) if one.slug == slug), None)
    if named is None:
        raise PeriodNotFoundError(slug, periods)
    return PeriodChoice(periods, named, is_named=True, offers_all=offers_all)


class PeriodPage:
    """A view of what is recorded of the period its address names; of all periods with `shows_all` where it names none."""

    offers_all = True
    shows_all = False

    @cached_property
    def period_choice(self) -> PeriodChoice:
        return period_choice(self.request, offers_all=self.offers_all, shows_all=self.shows_all)

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(period_choice=self.period_choice, **kwargs)
