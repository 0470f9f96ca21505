"""The printed report by chapters. Each begins a page, so each can be printed by itself; a long one is divided.

Nothing of a chapter is asked of the database before it is printed, and nothing of it is kept afterwards: a report of ten
thousand facts takes no more memory than its longest chapter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from xinyi_sat.facts.figures import Figure, has_marks
from xinyi_sat.facts.models import Document, Fact
from xinyi_sat.facts.models.history import Change
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import Group, Section, numbered

ROWS = 250  # of a table in one chapter: about twelve pages, which a worker prints in a second
CHANGE_LINE = 11  # full-width characters in a line of what a correction changed, on paper and in Word alike
LINK = re.compile('href="#([^"]+)"')


@dataclass(frozen=True)
class Run:
    """Some rows of a table that is divided: they begin with the row of number `first`, counted from 1."""

    rows: Sequence
    first: int
    last: int
    is_whole: bool

    @property
    def is_first(self) -> bool:
        """Whether the table begins with it."""
        return self.first == 1

    @property
    def span(self) -> str:
        """From which row to which, where the table is divided."""
        return "" if self.is_whole else f"第{self.first}至{self.last}"


def runs(rows: Sequence | QuerySet, total: int) -> list[Run]:
    """The rows of a table by chapters; one run without rows where there are none."""
    starts = range(0, max(total, 1), ROWS)
    return [Run(rows[start : start + ROWS], start + 1, min(start + ROWS, total), total <= ROWS) for start in starts]


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    title: str
    anchor: str


@dataclass(frozen=True)
class Chapter:
    """What is printed by itself: a template, what it shows, and its lines in the contents; a divided one has one heading."""

    template: str
    context: dict
    heading: Entry | None
    parts: list[Entry] = field(default_factory=list)


class PrintedReport:
    """A report on its way to the press: its chapters, and then its front, which says where they are."""

    def __init__(self, scope: Scope, site: Site):
        self.context = report_context(scope, site)
        self.chapters = [
            *summary(self.context["headlines"]),
            *chain.from_iterable(map(section_chapters, self.context["sections"])),
            *annex(list(self.context.pop("figures")), self.context["documents"]),
            *notes(self.context.pop("noted")),
            *corrections(self.context.pop("corrections")),
            *sources(self.context["documents"]),
            Chapter("report/_colophon.html", {}, Entry("版本说明", "colophon")),
        ]
        self.contents = contents(self.chapters)
        self.named: set[str] = set()

    def printed(self) -> Iterator[str]:
        """Each chapter as HTML, forgotten as soon as it is asked for; a figure has a name only where prose leads to it."""
        while self.chapters:
            chapter = self.chapters.pop(0)
            made = self.render(chapter.template, chapter.context | {"named": self.named})
            self.named |= set(LINK.findall(made))
            yield made

    def front(self) -> str:
        """The cover and the contents as HTML."""
        return self.render("report/_front.html", {"contents": self.contents})

    def render(self, template: str, context: dict) -> str:
        """One part of the report as HTML."""
        return render_to_string(template, self.context | context)

    def page(self, body: str) -> str:
        """A document with the title of the report and nothing but this part."""
        return self.render("report/report.html", {"body": mark_safe(body)})


def contents(chapters: list[Chapter]) -> list[tuple[Entry, list[Entry]]]:
    """The lines of the contents, each with those that stand in from it."""
    lines: list[tuple[Entry, list[Entry]]] = []
    for chapter in chapters:
        if chapter.heading:
            lines.append((chapter.heading, []))
        lines[-1][1].extend(chapter.parts)
    return lines


def summary(headlines: QuerySet) -> Iterator[Chapter]:
    """The figures that matter most, if any."""
    if headlines:
        yield Chapter("report/_summary.html", {}, Entry("重点数字", "summary"))


def section_chapters(section: Section) -> Iterator[Chapter]:
    """The chapter of a service; one for each run of facts of a kind where it has many."""
    heading = Entry(f"{section.number}、{section.title}", section.service.value)
    is_whole = sum(section.counts.values()) <= ROWS
    groups = section.groups if is_whole else list(divided(section))
    parts = [Entry(group.heading, f"{heading.anchor}-{group.anchor}") for group in groups]
    if is_whole:
        context = {"section": section, "groups": groups, "charts": section.charts, "is_first": True}
        yield Chapter("report/_section.html", context, heading, parts)
        return
    for group, part in zip(groups, parts, strict=True):
        context = {"section": section, "groups": [group], "is_first": part is parts[0]}
        yield Chapter("report/_section.html", context, heading if part is parts[0] else None, [part])


def divided(section: Section) -> Iterator[Group]:
    """The facts of a section by kinds and runs, not yet asked of the database."""
    for number, kind in numbered(section.counts):
        for run in runs(section.asked(kind), section.counts[kind]):
            yield Group(number, kind, run.rows, run.span, run.first)


def annex(figures: list[Figure], documents: Sequence[Document]) -> Iterator[Chapter]:
    """All figures, if any."""
    is_marked = has_marks(figures)
    for run in runs(figures, len(figures)) if figures else ():
        part = None if run.is_whole else Entry(span_of(run, documents), f"annex-{run.first}")
        heading = Entry("附表　全部数字", "annex") if run.is_first else None
        yield Chapter(
            "report/_annex.html", {"run": run, "part": part, "is_marked": is_marked}, heading, [part] if part else []
        )


def span_of(run: Run, documents: Sequence[Document]) -> str:
    """Which figures a run of the annex has, and of which paragraphs where they are of one document."""
    first, last = run.rows[0].paragraph, run.rows[-1].paragraph
    where = f"（第{first}至{last}段）" if len(documents) == 1 else ""
    return f"{run.span}个数字{where}"


def notes(noted: list[Fact]) -> Iterator[Chapter]:
    """How to read a figure, and what is to be known of single facts."""
    for run in runs(noted, len(noted)):
        yield Chapter("report/_notes.html", {"run": run}, Entry("说明", "notes") if run.is_first else None)


def corrections(changes: list[Change]) -> Iterator[Chapter]:
    """What was corrected and revised since the last edition."""
    for run in runs(changes, len(changes)):
        heading = Entry("更正与修订", "corrections") if run.is_first else None
        yield Chapter("report/_corrections.html", {"run": run}, heading)


def sources(documents: Sequence[Document]) -> Iterator[Chapter]:
    """What was read, and how to tell whether it is the same text."""
    parts = [(one, run) for one in documents for run in runs(one.passages.all(), len(one.passages.all()))]
    heading = Entry("出处", "sources")
    if sum(len(run.rows) for _, run in parts) <= ROWS:
        yield Chapter("report/_sources.html", {"parts": parts, "is_first": True}, heading)
        return
    for place, part in enumerate(parts):
        yield Chapter("report/_sources.html", {"parts": [part], "is_first": not place}, None if place else heading)
