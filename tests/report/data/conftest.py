"""The files of the published review, made once for all tests that read them."""

import pytest

from tests.report.office import SITE
from tests.report.scopes import review_scope
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site


@pytest.fixture(scope="package")
def package(django_db_setup, django_db_blocker) -> bytes:
    """The data package."""
    with django_db_blocker.unblock():
        return FORMATS["zip"].write(review_scope(), Site(SITE))


@pytest.fixture(scope="package")
def workbook(django_db_setup, django_db_blocker) -> bytes:
    """The workbook."""
    with django_db_blocker.unblock():
        return FORMATS["xlsx"].write(review_scope(), Site(SITE))
