"""The report of the review, printed once for all tests that read it."""

import pytest
from django.test import Client

from outreach.models import Training


@pytest.fixture(scope="session")
def report_pdf(django_db_setup, django_db_blocker, rendered_here) -> bytes:
    """The PDF of the published facts, kept on the shelf of the site."""
    with django_db_blocker.unblock():
        return Client().get("/report.pdf").content


@pytest.fixture
def lectures(db) -> Training:
    """A fact of one figure that prose names."""
    return Training.objects.get(slug="officials-science-lectures")
