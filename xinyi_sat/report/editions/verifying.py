"""Verifying an edition: whether its files are those that were stored, and say what the records of then said."""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

from xinyi_sat.facts.choices import FactState, PeriodState
from xinyi_sat.facts.exports import csv_lines
from xinyi_sat.facts.fields import END, START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Passage, Period
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.models import Edition

OF_FACTS = ("kind", "slug", "title", "service", "period", "document", "paragraph")
OF_FIGURES = (
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis"),
    *("service", "period", "document", "paragraph", "start", "end"),
)
Rows = list[list[str]]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    is_right: bool
    words: str


def verified(edition: Edition) -> Iterator[Finding]:
    """What is found of an issued edition: its files, their digests, and the tables of its data package."""
    files = {file.ending: file for file in edition.files.all()}
    for ending in EditionFormat:
        if ending not in files:
            yield Finding(is_right=False, words=f"{ending.label}：发布时存的文件不见了")
    for file in files.values():
        words = "与发布时的校验值相符" if file.is_intact else "与发布时的校验值不符，文件已损坏"
        yield Finding(is_right=file.is_intact, words=f"{file.name}：{words}")
    package = files.get(EditionFormat.DATA)
    if package and package.is_intact:
        facts = facts_then(edition)
        yield compared(bytes(package.content), "facts.csv", OF_FACTS, map(fact_row, facts))
        figures = (row for fact in facts for row in figure_rows(fact))
        yield compared(bytes(package.content), "figures.csv", OF_FIGURES, figures)


def compared(package: bytes, name: str, columns: tuple[str, ...], then: Iterable[list]) -> Finding:
    """A table of a data package beside the rows it should have; in any order, for a program may change that."""
    with zipfile.ZipFile(BytesIO(package)) as packed:
        stored = sorted_rows(packed.read(name).decode("utf-8-sig"), columns)
    expected = sorted_rows("".join(csv_lines([columns, *then])).removeprefix("\ufeff"), columns)
    if stored == expected:
        return Finding(is_right=True, words=f"{name}：{len(stored)} 行，与当时的记录相同")
    differing = [*(one for one in expected if one not in stored), *(one for one in stored if one not in expected)]
    shown = "，".join(differing[0][:4]) if differing else "行数"
    return Finding(is_right=False, words=f"{name}：与当时的记录不同，例如 {shown}")


def sorted_rows(table: str, columns: tuple[str, ...]) -> Rows:
    """These columns of a table in CSV."""
    return sorted([row[name] for name in columns] for row in csv.DictReader(StringIO(table)))


def facts_then(edition: Edition) -> list[Fact]:
    """The facts of the period that readers could see at the moment of an edition, as they were."""
    passages = Passage.objects.select_related("document").in_bulk()
    drafts = set(Period.history.as_of(edition.as_of).filter(state=PeriodState.DRAFT).values_list("id", flat=True))
    facts = []
    for kind in fact_kinds():
        for fact in kind.history.as_of(edition.as_of).filter(period=edition.period, state=FactState.CONFIRMED):
            fact.period, fact.passage = edition.period, passages[fact.passage_id]
            if fact.passage.document.period_id not in drafts:
                facts.append(fact)
    return facts


def fact_row(fact: Fact) -> list:
    """The cells of a fact under OF_FACTS."""
    return [fact.kind(), fact.slug, fact.title, fact.service, *place_of(fact)]


def figure_rows(fact: Fact) -> Iterator[list]:
    """The cells of each of its figures under OF_FIGURES."""
    for measure in fact.figure_names():
        if quantity := getattr(fact, measure):
            read = [quantity.wording, quantity.low, quantity.high, quantity.qualifier.value, quantity.unit]
            named = [fact.kind(), fact.slug, fact.title, measure, *read, fact.basis, fact.service]
            yield [*named, *place_of(fact), getattr(fact, measure + START), getattr(fact, measure + END)]


def place_of(fact: Fact) -> list:
    """Its period, document and paragraph."""
    return [fact.period.slug, fact.passage.document.slug, fact.passage.paragraph]
