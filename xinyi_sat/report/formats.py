"""The files that a report becomes; one list for addresses and for the command.

What writes a file is imported when it is asked for: no process needs the libraries of all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from xinyi_sat.report.choices import FileFormat
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """One kind of file, and what writes it: a report with addresses at a site; equal records give equal bytes."""

    content_type: str
    write: Callable[[Scope, Site], bytes]
    label: str  # what readers call it


def pdf(scope: Scope, site: Site) -> bytes:
    """The printed report."""
    from xinyi_sat.report.pdf import report_pdf

    return report_pdf(scope, site)


def workbook(scope: Scope, site: Site) -> bytes:
    """Its tables for Excel."""
    from xinyi_sat.report.data.workbook import workbook_of

    return workbook_of(scope, site)


def word(scope: Scope, site: Site) -> bytes:
    """The report for the office's own changes."""
    from xinyi_sat.report.word.document import word_of

    return word_of(scope, site)


def package(scope: Scope, site: Site) -> bytes:
    """Its data for machines."""
    from xinyi_sat.report.data.datapackage import package_of

    return package_of(scope, site)


FORMATS = {
    "pdf": Format("application/pdf", pdf, FileFormat.PDF.label),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", workbook, FileFormat.WORKBOOK.label),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", word, FileFormat.WORD.label),
    "zip": Format("application/zip", package, FileFormat.DATA.label),
}
