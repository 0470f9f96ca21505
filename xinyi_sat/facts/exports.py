"""Files for machines and spreadsheets: CSV and JSON, streamed."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from xinyi_sat.facts.figures import Figure, Statement

FIGURE_COLUMNS = [
    "kind",
    "slug",
    "title",
    "measure",
    "wording",
    "low",
    "high",
    "qualifier",
    "unit",
    "basis",
    "service",
    "period",
    "document",
    "paragraph",
    "start",
    "end",
    "note",
    "url",
    "corrected",
    "corrected_on",
]
FACT_COLUMNS = ["kind", "slug", "title", "service", "period", "document", "paragraph", "note", "url"]

BYTE_ORDER_MARK = "\ufeff"  # Without it Excel in Chinese misreads UTF-8.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file whose write gives the line back, so that a csv writer can stream."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet runs as a formula; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell


def csv_lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """Lines of a CSV file that Excel opens in the right characters."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def as_json(value: Any) -> Any:
    """A number as a number; anything else in words."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral() else float(value)
    return value if isinstance(value, int | None) else str(value)


def json_lines(names: list[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """A list of objects, one a line."""
    before = "["
    for row in rows:
        record = {name: as_json(cell) for name, cell in zip(names, row, strict=True)}
        yield before + "\n" + json.dumps(record, ensure_ascii=False)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def attachment(lines: Iterator[str], filename: str, content_type: str) -> StreamingHttpResponse:
    """A file to save under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return StreamingHttpResponse(
        lines, content_type=f"{content_type}; charset=utf-8", headers={"Content-Disposition": disposition}
    )


def file_response(
    filename: str, names: list[str], labels: list[str], rows: Iterable[Iterable]
) -> StreamingHttpResponse:
    """Rows as a file of the kind its name ends in: CSV under the labels, JSON under the names."""
    if filename.endswith(".json"):
        return attachment(json_lines(names, rows), filename, "application/json")
    return attachment(csv_lines(chain([labels], rows)), filename, "text/csv")


def figure_cells(figure: Figure, absolute: Callable[[str], str]) -> list:
    """The cells of a figure, in the order of FIGURE_COLUMNS."""
    quantity = figure.quantity
    return [
        *(figure.kind, figure.slug, figure.title, figure.measure),
        *(quantity.wording, quantity.low, quantity.high, quantity.qualifier.value, quantity.unit),
        *(figure.basis, figure.service, figure.period_slug, figure.document_slug, figure.paragraph),
        *(figure.start, figure.end, figure.note, absolute(figure.url)),
        *((figure.mark.kind.value, figure.mark.day.isoformat()) if figure.mark else ("", None)),
    ]


def fact_cells(fact: Statement, absolute: Callable[[str], str]) -> list:
    """The cells of a fact, in the order of FACT_COLUMNS."""
    return [
        *(fact.kind, fact.slug, fact.title, fact.service, fact.period_slug, fact.document_slug, fact.paragraph),
        *(fact.note, absolute(fact.url)),
    ]
