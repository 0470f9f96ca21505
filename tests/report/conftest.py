"""The report of the review, printed once for all tests that read it; whatever is printed, nothing is complained of."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from outreach.models import Training
from tests.pdf import PrintedPdf, complaints_of_printer
from tests.report.office import SITE
from tests.report.scopes import review_scope
from tests.support import fact
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope


@pytest.fixture(scope="session")
def printed_review(django_db_setup, django_db_blocker) -> PrintedPdf:
    """The PDF of the published facts."""
    with django_db_blocker.unblock(), complaints_of_printer() as warnings:
        return PrintedPdf(FORMATS["pdf"].write(review_scope(), Site(SITE)), warnings)


@pytest.fixture(scope="session")
def word_file(django_db_setup, django_db_blocker) -> bytes:
    """The Word file of the published facts."""
    with django_db_blocker.unblock():
        return FORMATS["docx"].write(review_scope(), Site(SITE))


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """What is complained of at the printer's; a test that expects it takes it out."""
    with complaints_of_printer() as heard:
        yield heard
    assert heard == []


def write_a_line(ending: str, scope: Scope, site: Site) -> bytes:
    """A file of a line, which names every figure."""
    figures = " ".join(figure.wording for figure in scope.figures())
    return f"{ending} {scope.edition} {site.root} {figures}".encode()


@pytest.fixture
def quick(monkeypatch) -> None:
    """Files of a line each, where a test asks nothing of what is printed."""
    for ending, made in FORMATS.items():
        monkeypatch.setitem(FORMATS, ending, replace(made, write=partial(write_a_line, ending)))


@pytest.fixture
def lectures(db) -> Training:
    """3期, 1023人, in paragraph 10."""
    return fact("officials-science-lectures")
