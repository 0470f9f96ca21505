"""What the tests of the report print."""

from dataclasses import replace
from datetime import date

from django.utils.timezone import now

from tests.support import again, fact, new_document, new_period
from xinyi_sat.facts.models import Period
from xinyi_sat.report.models import Edition
from xinyi_sat.report.scope import Scope


def review_scope() -> Scope:
    """The whole published review."""
    return Scope(Period.objects.get(slug="2017-2021"))


def as_edition(scope: Scope) -> Scope:
    """The same as the first edition of its period, before it is issued."""
    edition = Edition(period=scope.period, number=1, dated_on=date(2026, 11, 24), reason="首次发布", as_of=now())
    return replace(scope, edition=edition)


def small_year() -> Period:
    """A published year of two facts, printed in a moment."""
    year = new_period("2030")
    document = new_document(year)
    again(fact("officials-science-lectures"), document, participants="1023人")
    again(fact("continuing-education"), document, participants="2342人", headline_rank=1)
    return year
