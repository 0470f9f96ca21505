"""The report as a PDF: made offline from the same records as the pages."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from xinyi_sat.facts.progress import Heard, unheard
from xinyi_sat.report.chapters import PrintedReport
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.press.client import Press
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.typefaces import css_variables

STYLESHEET = "report/print.css"


def report_of(scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1; the same bytes for the same records and site.

    `heard` is told how many chapters of how many are printed. MissingFigure where prose names one that never was,
    MemoryError, UnwritableFile or PrintingFailed where the press could not do it.
    """
    with Press(stylesheet(), kept_sheets(), lambda done: heard(done, total)) as press:
        report = PrintedReport(scope, site)
        total = len(report.chapters)
        heard(0, total)
        for chapter in report.printed():
            press.print_chapter(chapter)
        return press.bind(report.page(report.front()))


def printed(html: str) -> bytes:
    """A document on paper. Nothing is fetched, from a network or a disk: the stylesheet is given, fonts are the system's."""
    with Press(stylesheet(), kept_sheets()) as press:
        return press.bind(html)


def kept_sheets() -> Path:
    """The folder of the chapters that were printed before."""
    return Path(settings.DATA_DIR) / "sheets"


def stylesheet() -> str:
    """The print stylesheet; FileNotFoundError where it is missing, never a report without style."""
    found = finders.find(STYLESHEET)
    if not found:
        raise FileNotFoundError(STYLESHEET)
    return css_variables() + Path(found).read_text(encoding="utf-8")
