"""The files that a report becomes; one list for addresses and for the command."""

from collections.abc import Callable
from dataclasses import dataclass

from xinyi_sat.report.datapackage import package_of
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import report_of
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.word import word_of
from xinyi_sat.report.workbook import workbook_of

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """One kind of file, and what writes it."""

    content_type: str
    write: Callable[[Scope, Site], bytes]


FORMATS = {
    "pdf": Format("application/pdf", report_of),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", workbook_of),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", word_of),
    "zip": Format("application/zip", package_of),
}
