"""Which period a page shows: the one its address names, else the current one; all of them only where that is asked for.

Years and the five-year review stand in one site, and their figures are never added: no list mixes them unasked.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

from xinyi_sat.facts.models import Period
from xinyi_sat.facts.models.periods import ALL_PERIODS
from xinyi_sat.facts.querysets import DocumentQuerySet, FactQuerySet

MOST_RECENT = 8


class PeriodNotFound(Http404):
    """No reader may see a period of this name: there is none, or it is a draft; and those there are."""

    def __init__(self, slug: str, periods: list[Period]):
        super().__init__(slug)
        self.slug, self.periods = slug, periods


class AskedForSeveral(BadRequest):
    """An address names several where one is shown: to answer with any of them would be to answer another question."""


@dataclass(frozen=True)
class Chosen:
    """The period a page shows, and the others a reader can turn to."""

    periods: list[Period]  # of which readers find something, the current one first
    period: Period | None  # the one shown; none where all are, or where there is none
    is_named: bool = False  # whether the address says so, and links go on saying it
    offers_all: bool = False

    @property
    def several(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.periods) > 1

    @property
    def mixes(self) -> bool:
        """Whether the page shows records of several periods side by side."""
        return self.period is None and self.several

    @property
    def open(self) -> list[Period]:
        """The periods to turn to that are not archived."""
        return [one for one in self.periods if not one.is_archived]

    @property
    def recent(self) -> list[Period]:
        """The first of them, as many as a line of links holds."""
        return self.open[:MOST_RECENT]

    @property
    def earlier(self) -> list[Period]:
        """The others of them, to be unfolded."""
        return self.open[MOST_RECENT:]

    @property
    def archived(self) -> list[Period]:
        """The periods to turn to that are."""
        return [one for one in self.periods if one.is_archived]

    @property
    def slug(self) -> str:
        """The choice as an address says it."""
        return self.period.slug if self.period else ALL_PERIODS

    @property
    def said(self) -> str:
        """What an address adds to say what is shown here; nothing where there is nothing to choose."""
        return f"?{urlencode({'period': self.slug})}" if self.several else ""

    @property
    def query(self) -> str:
        """What links add so that a choice is kept; nothing where none was made."""
        return self.said if self.is_named else ""

    @property
    def one_query(self) -> str:
        """The same for addresses that show one period only."""
        return self.query if self.period else ""

    @property
    def one(self) -> Period | None:
        """The period shown, or where all are, the current one."""
        return self.period or next(iter(self.periods), None)

    @property
    def one_said(self) -> str:
        """What an address that shows one period only adds to say which."""
        return f"?{urlencode({'period': self.one.slug})}" if self.several else ""

    def narrow(self, records: FactQuerySet | DocumentQuerySet) -> FactQuerySet | DocumentQuerySet:
        """The facts or documents of the period shown."""
        return records.in_period(self.period) if self.period else records

    def filename(self, name: str, ending: str) -> str:
        """The name of a file with these facts: of several periods it says which."""
        return f"{name}-{self.slug}.{ending}" if self.several else f"{name}.{ending}"


def periods_to_choose() -> list[Period]:
    """The periods of which readers find something, the current one first."""
    return list(Period.objects.raw(*periods_asked()))


@cache
def periods_asked() -> tuple[str, tuple]:
    """Their question in SQL: every page asks it, and putting it together takes ten times as long as the answer."""
    return Period.objects.with_facts().latest_first().query.sql_with_params()


def one_asked(request: HttpRequest, name: str) -> str:
    """The value an address gives a name, empty for none; AskedForSeveral where it gives several."""
    values = list(dict.fromkeys(filter(None, request.GET.getlist(name))))
    if len(values) > 1:
        raise AskedForSeveral(f"{name} 写了 {len(values)} 个不同的值（{'、'.join(values)}），这里一次只能看一个。")
    return values[0] if values else ""


def chosen_by(request: HttpRequest, *, offers_all: bool = True, all_unasked: bool = False) -> Chosen:
    """What an address chooses with `?period=`; PeriodNotFound for one that no reader may see, AskedForSeveral for two."""
    periods = periods_to_choose()
    slug = one_asked(request, "period")
    if not slug:
        current = periods[0] if periods and not all_unasked else None
        return Chosen(periods, current, offers_all=offers_all)
    if slug == ALL_PERIODS and offers_all:
        return Chosen(periods, None, is_named=True, offers_all=offers_all)
    # Compared here and not in the database, which may refuse what is typed into an address.
    named = next((one for one in chain(periods, Period.objects.public()) if one.slug == slug), None)
    if named is None:
        raise PeriodNotFound(slug, periods)
    return Chosen(periods, named, is_named=True, offers_all=offers_all)


class PeriodView:
    """A page that shows what is recorded of the period its address names."""

    offers_all = True
    all_unasked = False

    @cached_property
    def chosen(self) -> Chosen:
        """What the address chooses."""
        return chosen_by(self.request, offers_all=self.offers_all, all_unasked=self.all_unasked)

    def get_context_data(self, **kwargs: Any) -> dict:
        return super().get_context_data(chosen=self.chosen, **kwargs)
