"""The report of the review, printed once for all tests that read it; whatever is printed, nothing is complained of."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.pdf import PrintedPdf, complaints_of_printer
from tests.report.office import SITE
from tests.report.scopes import review_scope
from xinyi_sat.facts.progress import Heard
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.rendering import waiting
from xinyi_sat.report.rendering.shelf import shelf
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.word.document import word_of


@pytest.fixture(scope="session")
def printed_review(django_db_setup, django_db_blocker) -> PrintedPdf:
    """The PDF of the published facts."""
    from xinyi_sat.report.pdf import report_pdf  # WeasyPrint is slow to import, and few tests print

    with django_db_blocker.unblock(), complaints_of_printer() as warnings:
        return PrintedPdf(report_pdf(review_scope(), Site(SITE)), warnings)


@pytest.fixture(scope="session")
def word_file(django_db_setup, django_db_blocker) -> bytes:
    """The Word file of the published facts."""
    with django_db_blocker.unblock():
        return word_of(review_scope(), Site(SITE))


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """What is complained of at the printer's; a test that expects it takes it out."""
    with complaints_of_printer() as heard:
        yield heard
    assert heard == []


def write_a_line(ending: str, scope: Scope, site: Site, heard: Heard) -> bytes:
    """A file of a line, made in two steps."""
    heard(0, 2)
    heard(1, 2)
    return f"{ending} {scope.edition}".encode()


@pytest.fixture
def own_shelf(settings, tmp_path, monkeypatch) -> Path:
    """A shelf of the test's own, empty."""
    settings.DATA_DIR = tmp_path
    # Who waits for a file lets go of the database; with the test's own connection its records would be gone.
    monkeypatch.setattr(waiting, "close_old_connections", lambda: None)
    return shelf()


@pytest.fixture
def quick(monkeypatch) -> None:
    """Files of a line each, where a test asks nothing of what is printed."""
    made = {ending: replace(made, write=partial(write_a_line, ending)) for ending, made in issuing.FORMATS.items()}
    monkeypatch.setattr(issuing, "FORMATS", made)
