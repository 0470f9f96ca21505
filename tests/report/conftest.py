"""The report of the review, printed once for all tests that read it."""

import pytest

from tests.report.office import SITE
from tests.report.scopes import review_scope
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import report_of


@pytest.fixture(scope="session")
def report_pdf(django_db_setup, django_db_blocker) -> bytes:
    """The PDF of the published facts."""
    with django_db_blocker.unblock():
        return report_of(review_scope(), Site(SITE))
