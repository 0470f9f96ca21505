"""Files for programs and spreadsheets: CSV and JSON, streamed."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from xinyi_sat.facts.models import Association, Fact, Figure
from xinyi_sat.reading.plain_text import plain_line_breaks

FIGURE_COLUMNS = [
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis", "service"),
    *("period", "document", "paragraph", "start", "end", "note", "url", "corrected", "corrected_on"),
]
FACT_COLUMNS = ["kind", "slug", "title", "service", "period", "document", "paragraph", "note", "url"]

BYTE_ORDER_MARK = "\ufeff"  # Without it Excel in Chinese misreads UTF-8.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file whose write gives the line back, so that a csv writer can stream."""

    def write(self, line: str) -> str:
        return line


def plain_number(number: Decimal | None) -> int | Decimal | None:
    """A number without the zeros that the database adds after its point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral() else number.normalize()


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet runs as a formula, with plain line breaks; numbers stay as they are."""
    if isinstance(cell, int | Decimal | None):
        return cell
    text = plain_line_breaks(str(cell))
    return f"'{text}" if text.startswith(RISKY) else text


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
    return value if isinstance(value, int | None) else plain_line_breaks(str(value))


def json_lines(names: Sequence[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """A list of objects, one a line."""
    before = "["
    for row in rows:
        record = {name: as_json(cell) for name, cell in zip(names, row, strict=True)}
        yield before + "\n" + json.dumps(record, ensure_ascii=False)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def file_response(
    filename: str, names: Sequence[str], labels: Sequence[str], rows: Iterable[Iterable]
) -> StreamingHttpResponse:
    """Rows as a file of the kind its name ends in: CSV under the labels, JSON under the names."""
    is_json = filename.endswith(".json")
    lines = json_lines(names, rows) if is_json else csv_lines(chain([labels], rows))
    content_type = f"{'application/json' if is_json else 'text/csv'}; charset=utf-8"
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return StreamingHttpResponse(lines, content_type=content_type, headers={"Content-Disposition": disposition})


def figure_cells(figure: Figure, absolute: Callable[[str], str]) -> list:
    """The cells of a figure, in the order of FIGURE_COLUMNS."""
    fact, correction = figure.fact, figure.correction
    return [
        *(fact.kind, fact.slug, fact.title, figure.measure.slug, figure.wording),
        *(plain_number(figure.low), plain_number(figure.high), figure.qualifier, figure.unit),
        *(fact.basis, fact.service, fact.period.slug, fact.passage.document.slug, fact.passage.paragraph),
        *(figure.start, figure.end, fact.note, absolute(fact.get_absolute_url())),
        *((correction.kind, correction.day.isoformat()) if correction else ("", None)),
    ]


def fact_cells(fact: Fact, absolute: Callable[[str], str]) -> list:
    """The cells of a fact, in the order of FACT_COLUMNS."""
    return [
        *(fact.kind, fact.slug, fact.title, fact.service, fact.period.slug),
        *(fact.passage.document.slug, fact.passage.paragraph, fact.note, absolute(fact.get_absolute_url())),
    ]


def absolute_address(request: HttpRequest) -> Callable[[str], str]:
    """Makes paths whole with the address that the association has named, whatever name the reader came by."""
    root = Association.objects.current().site_url
    return (lambda path: root + path) if root else request.build_absolute_uri
