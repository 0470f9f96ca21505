"""What the tests of the report print."""

from xinyi_sat.facts.models import Period
from xinyi_sat.report.scope import Scope


def review_scope() -> Scope:
    """The whole published review."""
    return Scope(Period.objects.get(slug="2017-2021"))
