"""The files that a report becomes; one list for addresses and for the command."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

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


def writer(path: str) -> Callable[[Scope, Site], bytes]:
    """A function that is imported when it is called: no process needs the libraries of all formats."""
    return lambda scope, site: import_string(f"xinyi_sat.report.{path}")(scope, site)


FORMATS = {
    "pdf": Format("application/pdf", writer("pdf.report_pdf"), FileFormat.PDF.label),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", writer("data.workbook.workbook_of"), FileFormat.WORKBOOK.label),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", writer("word.document.word_of"), FileFormat.WORD.label),
    "zip": Format("application/zip", writer("data.datapackage.package_of"), FileFormat.DATA.label),
}
