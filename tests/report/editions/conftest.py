"""Records for tests of editions."""

from datetime import date

import pytest
from django.utils.timezone import now

from outreach.models import Training
from tests.report.scopes import small_year
from tests.support import fact
from xinyi_sat.facts.models import Period
from xinyi_sat.report.models import Edition


@pytest.fixture
def lectures_of_year() -> Training:
    """A fact of a year of which little is recorded."""
    return fact("officials-science-lectures", small_year().slug)


@pytest.fixture
def prepared() -> Edition:
    """An edition that is entered and not issued."""
    period = Period.objects.get(slug="2017-2021")
    said = {"dated_on": date(2026, 11, 24), "reason": "首次发布", "as_of": now()}
    return Edition.objects.create(period=period, number=1, **said)
