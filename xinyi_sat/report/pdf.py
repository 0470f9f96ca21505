"""The report as a PDF that is both PDF/A-2a and PDF/UA-1, printed by WeasyPrint from one HTML page."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from xinyi_sat.report.chapters import printed_report
from xinyi_sat.report.conformance import complete_conformance
from xinyi_sat.report.glyphs import refuse_missing_glyphs
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.typefaces import css_variables

STYLESHEET = "report/print.css"


class RefusingFetcher(URLFetcher):
    """Fetches nothing: no address, no file, no data URL."""

    def fetch(self, url: str, headers: dict | None = None) -> None:
        """Refuse an address; WeasyPrint logs the reason and prints without what it would have fetched."""
        raise ValueError(f"A report fetches nothing, and not {url}.")


def report_pdf(scope: Scope, site: Site) -> bytes:
    """The report as a PDF; the same bytes for the same records and site.

    MissingFigure where prose names a figure that never was, MissingGlyphError where no typeface has a character.
    """
    return print_html(printed_report(scope, site))


def print_html(html: str) -> bytes:
    """A page of HTML in the type and layout of the report. MissingGlyphError as for a report."""
    fetcher = RefusingFetcher()
    with refuse_missing_glyphs(), garbage_collection_paused():
        return HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[CSS(string=print_stylesheet(), url_fetcher=fetcher)],
            pdf_variant="pdf/a-2a",
            finisher=complete_conformance,
        )


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """No search for cyclic garbage in the block: among the boxes of a document it finds little and takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def print_stylesheet() -> str:
    """The CSS of the printed report; FileNotFoundError where it is missing, never a report without style."""
    found = finders.find(STYLESHEET)
    if not found:
        raise FileNotFoundError(STYLESHEET)
    return css_variables() + Path(found).read_text(encoding="utf-8")
