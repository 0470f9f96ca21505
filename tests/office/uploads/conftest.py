"""The year that is being entered, and the clerks who enter it."""

import pytest

from tests.office.uploads.clerks import Clerk, year_2031
from xinyi_sat.facts.models import Period


@pytest.fixture
def year(db: None) -> Period:
    """The year that is being entered."""
    return year_2031()


@pytest.fixture
def clerk(db: None) -> Clerk:
    """Whoever uploads."""
    return Clerk.named("编辑")


@pytest.fixture
def colleague(db: None) -> Clerk:
    """Whoever works beside him."""
    return Clerk.named("王编辑")
