"""The files that a report becomes; one list for addresses and for the command.

What writes a file is imported when it is asked for: no process needs the libraries of all of them.
"""

from dataclasses import dataclass
from typing import Protocol

from xinyi_sat.facts.progress import Heard, unheard
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope

OFFICE = "application/vnd.openxmlformats-officedocument"


def how_far(done: int, total: int, unit: str) -> str:
    """Where the making of a file is, in words; `total` is 0 as long as it is not known."""
    if not total:
        return "正在准备。"
    if done == total:
        return f"共 {total} {unit}，已经写好，正在合成一份文件。"
    return f"正在写第 {done + 1} {unit}，共 {total} {unit}。"


class Writer(Protocol):
    """Writes a report with addresses at a site as a file."""

    def __call__(self, scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
        """The file; equal records give equal bytes."""


@dataclass(frozen=True)
class Format:
    """One kind of file, and what writes it."""

    content_type: str
    write: Writer
    unit: str  # what it is made of, as whoever waits for it is told
    label: str  # what readers call it


def pdf(scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
    """The printed report."""
    from xinyi_sat.report.pdf import report_pdf

    return report_pdf(scope, site)


def workbook(scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
    """Its tables for Excel."""
    from xinyi_sat.report.data.workbook import workbook_of

    return workbook_of(scope, site, heard)


def word(scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
    """The report for the office's own changes."""
    from xinyi_sat.report.word.document import word_of

    return word_of(scope, site, heard)


def package(scope: Scope, site: Site, heard: Heard = unheard) -> bytes:
    """Its data for machines."""
    from xinyi_sat.report.data.datapackage import package_of

    return package_of(scope, site, heard)


FORMATS = {
    "pdf": Format("application/pdf", pdf, "章", EditionFormat.PDF.label),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", workbook, "张表", EditionFormat.WORKBOOK.label),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", word, "章", "Word 文件"),
    "zip": Format("application/zip", package, "张表", EditionFormat.DATA.label),
}
