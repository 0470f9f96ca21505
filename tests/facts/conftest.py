"""An editor, and a year that is being entered."""

from datetime import date

import pytest
from django.test import Client

from tests.roles import logged_in
from xinyi_sat.accounts.roles import EDITOR
from xinyi_sat.facts.models import Period


@pytest.fixture
def editor(db) -> Client:
    """A client that an editor is logged in with."""
    return logged_in(EDITOR)


@pytest.fixture
def next_year(db) -> Period:
    """A year of which nothing is recorded yet."""
    return Period.objects.create(slug="2022", title="2022年", starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31))
