"""The printed report as one HTML page: cover, contents, then its chapters."""

from dataclasses import dataclass, field

from django.template.loader import render_to_string

from xinyi_sat.report.annex import Annex
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Section

CHANGE_LINE = 11  # full-width characters in a line of what a correction changed, on paper and in Word alike


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents, with the lines that are indented below it."""

    title: str
    anchor: str
    parts: list["ContentsEntry"] = field(default_factory=list)


def printed_report(scope: Scope, site: Site) -> str:
    """The report as HTML for the printer. MissingFigure where prose names a figure that never was."""
    context = report_context(scope, site)
    return render_to_string("report/report.html", context | {"contents": contents_of(context)})


def contents_of(context: dict) -> list[ContentsEntry]:
    """The lines of the contents, one a chapter."""
    return [
        *([ContentsEntry("重点数字", "summary")] if context["headlines"] else []),
        *map(section_entry, context["sections"]),
        *([annex_entry(context["annex"])] if context["annex"].figures else []),
        ContentsEntry("说明", "notes"),
        ContentsEntry("更正与修订", "corrections"),
        ContentsEntry("出处", "sources"),
        ContentsEntry("版本说明", "colophon"),
    ]


def section_entry(section: Section) -> ContentsEntry:
    """The line of a service, with its kinds."""
    parts = [ContentsEntry(group.heading, f"{section.service}-{group.anchor}") for group in section.groups]
    return ContentsEntry(f"{section.number}、{section.title}", section.service, parts)


def annex_entry(annex: Annex) -> ContentsEntry:
    """The line of the annex, with its tables where there are several."""
    parts = [ContentsEntry(part.heading, part.anchor) for part in annex.parts if part.heading]
    return ContentsEntry("附表　全部数字", "annex", parts)
