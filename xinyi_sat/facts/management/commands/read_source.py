"""List every numeral expression of a document."""

import csv
import json
import unicodedata
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from xinyi_sat.facts.management import paragraphs_of
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions

COLUMNS = {
    "paragraph": "段落",
    "start": "起",
    "end": "止",
    "wording": "原文",
    "low": "下限",
    "high": "上限",
    "qualifier": "限定",
    "unit": "单位",
    "kind": "类别",
}
Row = dict[str, Any]


class Command(BaseCommand):
    """Print paragraph, offsets, wording and meaning of every numeral of a text."""

    help = "列出文档里的每一处数字：段落、起止字符、原文、上下限、限定词、单位和类别"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="文件", help="文档，纯文本，UTF-8 或 GB18030 编码")
        parser.add_argument(
            "--format", choices=["table", "csv", "json"], default="table", help="输出格式，默认为 table（表格）"
        )

    def handle(self, *args: str, **options: Any) -> None:
        rows = [
            row_of(number, expression)
            for number, paragraph in enumerate(paragraphs_of(options["path"]), start=1)
            for expression in read_expressions(paragraph)
        ]
        {"table": self.write_table, "csv": self.write_csv, "json": self.write_json}[options["format"]](rows)

    def write_table(self, rows: list[Row]) -> None:
        lines = [list(COLUMNS.values()), *([shown(name, row[name]) for name in COLUMNS] for row in rows)]
        widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = (cell + " " * (width - display_width(cell)) for cell, width in zip(line, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        quantities = sum(row["kind"] is Kind.QUANTITY for row in rows)
        self.stdout.write(f"共 {len(rows)} 处，其中数量 {quantities} 处。")

    def write_csv(self, rows: list[Row]) -> None:
        writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

    def write_json(self, rows: list[Row]) -> None:
        self.stdout.write(
            "[" + ",\n ".join(json.dumps(row, default=plain_number, ensure_ascii=False) for row in rows) + "]"
        )


def row_of(paragraph: int, expression: Expression) -> Row:
    """The row of one expression; what only a quantity has is None for the others."""
    quantity = expression.quantity
    return {
        "paragraph": paragraph,
        "start": expression.start,
        "end": expression.end,
        "wording": expression.wording,
        "low": quantity and quantity.low,
        "high": quantity and quantity.high,
        "qualifier": quantity and quantity.qualifier,
        "unit": quantity and (quantity.unit or None),
        "kind": expression.kind,
    }


def plain_number(number: Decimal) -> int | float:
    """A number for JSON."""
    return int(number) if number == number.to_integral() else float(number)


def shown(name: str, value: Any) -> str:
    """A cell of the table in the reader's language."""
    if value is None:
        return ""
    return value.label if name in ("qualifier", "kind") else str(value)


def display_width(text: str) -> int:
    """Columns of a terminal that a text takes: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
