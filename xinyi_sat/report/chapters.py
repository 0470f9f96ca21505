"""The printed report as one HTML page: cover, contents, then its chapters."""

from django.template.loader import render_to_string

from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.typefaces import typefaces_printed


def printed_report(scope: Scope, site: Site) -> str:
    """The report as HTML for the printer. MissingFigureError where prose names a figure that never was."""
    context = report_context(scope, site, typefaces_printed())
    chapters = [(section, prose_of(section, printed=True)) for section in context["sections"]]
    return render_to_string("report/report.html", context | {"chapters": chapters})
