"""People at work behind the login, and the records they work at."""

import pytest
from django.test import Client

from outreach.models import Training
from tests.roles import logged_in
from tests.support import fact, new_period
from xinyi_sat.accounts.roles import EDITOR, MANAGER
from xinyi_sat.facts.models import Period


@pytest.fixture
def editor(db) -> Client:
    """A client that an editor is logged in with."""
    return logged_in(EDITOR)


@pytest.fixture
def manager(db) -> Client:
    """A client that a manager is logged in with."""
    return logged_in(MANAGER)


@pytest.fixture
def lectures(db) -> Training:
    """3期, 1023人, in paragraph 10."""
    return fact("officials-science-lectures")


@pytest.fixture
def next_year(db) -> Period:
    """A year of which nothing is recorded yet."""
    return new_period("2022", state="draft")
