"""The year that is being entered, and the clerks who enter it."""

import pytest

from tests.facts.uploads.office import Clerk, next_year
from xinyi_sat.facts.models import Period


@pytest.fixture
def year(db: None) -> Period:
    """The year that is being entered."""
    return next_year()


@pytest.fixture
def clerk(db: None) -> Clerk:
    """Whoever uploads."""
    return Clerk.named("编辑")


@pytest.fixture
def colleague(db: None) -> Clerk:
    """Whoever works beside him."""
    return Clerk.named("王编辑")
