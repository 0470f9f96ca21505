"""Verifying an edition: whether its files are those that were stored, and say what the records of then said."""

import csv
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO

from django.db.models import Model

from xinyi_sat.facts.history import public_rows_as_of, rows_as_of
from xinyi_sat.facts.models import Document, Figure, Passage
from xinyi_sat.pages.exports import csv_lines, plain_number
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.models import Edition

OF_FACTS = ("kind", "slug", "title", "service", "period", "document", "paragraph")
OF_FIGURES = (
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis"),
    *("service", "period", "document", "paragraph", "start", "end"),
)


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
        then = TablesAsOf(edition)
        yield compared(bytes(package.content), "facts.csv", OF_FACTS, then.facts())
        yield compared(bytes(package.content), "figures.csv", OF_FIGURES, then.figures())


def compared(package: bytes, name: str, columns: tuple[str, ...], then: Iterable[list]) -> Finding:
    """A table of a data package beside the rows it should have; in any order, for a program may change that."""
    with zipfile.ZipFile(BytesIO(package)) as packed:
        stored = rows_in(packed.read(name).decode("utf-8-sig"), columns)
    expected = rows_in("".join(csv_lines([columns, *then])).removeprefix("\ufeff"), columns)
    differing = list((expected - stored) + (stored - expected))
    if not differing:
        return Finding(is_right=True, words=f"{name}：{stored.total()} 行，与当时的记录相同")
    return Finding(is_right=False, words=f"{name}：与当时的记录不同，例如 {'，'.join(differing[0][:4])}")


def rows_in(table: str, columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """These columns of each row of a table in CSV."""
    return Counter(tuple(row[name] for name in columns) for row in csv.DictReader(StringIO(table)))


class TablesAsOf:
    """The facts and figures of an edition as their histories tell them."""

    def __init__(self, edition: Edition):
        number = edition.revision
        self.period = edition.period
        self.rows = {row.id: row for row in public_rows_as_of(edition.period, number)}
        self.passages = {row.id: row for row in rows_as_of(Passage, number)}
        self.documents = {row.id: row for row in rows_as_of(Document, number)}
        self.figure_rows = rows_as_of(Figure, number).select_related("measure")

    def facts(self) -> Iterator[list]:
        """The cells of each fact under OF_FACTS."""
        for row in self.rows.values():
            yield [row.kind, row.slug, row.title, row.service, *self.place_of(row)]

    def figures(self) -> Iterator[list]:
        """The cells of each figure under OF_FIGURES."""
        for row, one in ((self.rows[one.fact_id], one) for one in self.figure_rows if one.fact_id in self.rows):
            read = [one.wording, plain_number(one.low), plain_number(one.high), one.qualifier, one.unit]
            named = [row.kind, row.slug, row.title, one.measure.slug, *read, row.basis, row.service]
            yield [*named, *self.place_of(row), one.start, one.end]

    def place_of(self, row: Model) -> list:
        passage = self.passages[row.passage_id]
        return [self.period.slug, self.documents[passage.document_id].slug, passage.paragraph]
