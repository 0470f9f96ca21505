"""The report as a PDF: made offline from the same records as the pages."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from xinyi_sat.report.conformance import claim_accessibility
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.scope import Scope

STYLESHEET = "report/print.css"
PRINTING = Lock()  # However many ask at once, one of them prints and the others take the same file.


def report_of(scope: Scope) -> bytes:
    """The report as PDF/A-2a and PDF/UA-1; the same bytes for the same records."""
    html = render_to_string("report/report.html", report_context(scope))
    with PRINTING:
        return printed(html)


@lru_cache(maxsize=4)
def printed(html: str) -> bytes:
    """HTML on paper. Nothing is fetched, from a network or a disk: the stylesheet comes with it, fonts are the system's.

    Printing takes seconds, so the last few are kept; the same HTML is the same report.
    """
    nothing = URLFetcher(allowed_protocols=(), allow_redirects=False)
    document = HTML(string=html, url_fetcher=nothing)
    return document.write_pdf(
        stylesheets=[CSS(string=stylesheet(), url_fetcher=nothing)],
        pdf_variant="pdf/a-2a",
        finisher=claim_accessibility,
    )


def stylesheet() -> str:
    """The print stylesheet; FileNotFoundError where it is missing, never a report without style."""
    found = finders.find(STYLESHEET)
    if not found:
        raise FileNotFoundError(STYLESHEET)
    return Path(found).read_text(encoding="utf-8")
