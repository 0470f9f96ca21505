"""What the tests of the report print."""

from outreach.models import Training
from tests.periods import again, new_document, new_period
from xinyi_sat.facts.models import Period
from xinyi_sat.report.scope import Scope


def review_scope() -> Scope:
    """The whole published review."""
    return Scope(Period.objects.get(slug="2017-2021"))


def small_year() -> Period:
    """A published year of two facts, printed in a moment."""
    year = new_period("2030")
    document = new_document(year)
    again(Training.objects.get(slug="officials-science-lectures"), document, participants="1023人")
    again(Training.objects.get(slug="continuing-education"), document, participants="2342人", is_headline=True)
    return year
