"""The report as a PDF: made offline from the same records as the pages."""

from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.quantity import Qualifier
from xinyi_sat.report.conformance import claim_accessibility
from xinyi_sat.report.sections import all_sections, documents_read, headline_figures

STYLESHEET = "report/print.css"
PRINTING = Lock()  # However many ask at once, one of them prints and the others take the same file.


def report_of(period: Period) -> bytes:
    """The report of a period as PDF/A-2a and PDF/UA-1; the same bytes for the same records."""
    html = render_to_string("report/report.html", report_context(period))
    with PRINTING:
        return printed(html)


def report_context(period: Period) -> dict:
    """What the template of the report shows."""
    return {
        "period": period,
        "documents": documents_read(period).prefetch_related("passages"),
        "sections": all_sections(period),
        "headlines": headline_figures(period),
        "figures": all_figures(lambda kind, measure: kind.objects.in_period(period)),
        "noted": noted_facts(period),
        "qualifiers": list(Qualifier),
    }


def noted_facts(period: Period) -> list[Fact]:
    """The facts whose figures or wording need a word of explanation, as the document has them."""
    noted = [fact for kind in fact_kinds() for fact in kind.objects.in_period(period).exclude(note="").with_source()]
    return sorted(noted, key=lambda fact: (fact.passage.document.slug, fact.passage.paragraph))


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
