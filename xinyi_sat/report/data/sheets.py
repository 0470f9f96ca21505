"""The sheets of a workbook: real tables that print well, numbers as numbers, and nothing that a spreadsheet would run."""

import io
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xinyi_sat.facts.invisible import printable
from xinyi_sat.pages.exports import safe
from xinyi_sat.report.data.sheet_layout import LONGEST_HEADER, column_width, lines_of, pages_wide, places

LONGEST_CELL = 32767  # what Excel takes; beyond it a cell would be dropped silently
LINE_HEIGHT = 15
COVER_WIDTHS = [12, 76]
MARGINS = (0.4, 0.4, 0.5, 0.7)  # inches: left, right, top, bottom
NAME = "名称"
FONT = {"font_name": "宋体", "font_size": 11, "valign": "top"}


class Book:
    """A workbook under construction."""

    def __init__(self, properties: dict[str, Any]):
        self.file = io.BytesIO()
        # A copy, for XlsxWriter writes into it.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "default_format_properties": FONT.copy()}
        self.book = xlsxwriter.Workbook(self.file, options)
        self.book.set_properties(properties)
        self.formats = {
            "number": self.book.add_format(FONT | {"align": "right", "indent": 1}),
            "wrapped": self.book.add_format(FONT | {"text_wrap": True}),
            # What looks like a formula stays text even when somebody edits the cell.
            "quoted": self.book.add_format(FONT | {"text_wrap": True, "quote_prefix": True}),
            "heading": self.book.add_format(FONT | {"font_size": 18, "bold": True}),
            "label": self.book.add_format(FONT | {"bold": True}),
            "header": self.book.add_format(FONT | {"bold": True, "text_wrap": True}),
            "link": self.book.add_format(FONT | {"underline": True, "font_color": "#0000EE"}),
        }

    def new_sheet(self, title: str) -> "Sheet":
        """A sheet that prints on A4, with its name and page number below."""
        sheet = self.book.add_worksheet(title)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.set_margins(*MARGINS)
        sheet.set_footer("&L&A&R— &P —")
        return Sheet(sheet, self.formats)

    def content(self) -> bytes:
        self.book.close()
        return self.file.getvalue()


class Sheet:
    """One sheet of a workbook."""

    def __init__(self, sheet: Worksheet, formats: dict[str, Any]):
        self.sheet, self.formats = sheet, formats

    def fill_cover(self, above: str, title: str, lines: list[tuple[str, str]]) -> None:
        self.set_widths(COVER_WIDTHS)
        self.sheet.write_string(0, 0, above, self.formats["label"])
        self.sheet.write_string(1, 0, title, self.formats["heading"])
        for number, (label, words) in enumerate(lines, 3):
            self.write_row(number, ["", words], COVER_WIDTHS)
            self.sheet.write_string(number, 0, label, self.formats["label"])

    def set_widths(self, widths: list[int]) -> None:
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def fill(self, name: str, headers: list[str], rows: list, *, links: bool = False) -> None:
        """Make the sheet one Excel table from A1; one without rows has an empty one, as Excel demands."""
        headers = distinct(headers)
        widths = [column_width(header, [row[column] for row in rows]) for column, header in enumerate(headers)]
        self.add_table(name, headers, max(1, len(rows)))
        for number, row in enumerate(rows, 1):
            self.write_row(number, row, widths)
            if links:
                self.sheet.write_url(number, 0, f"internal:'{row[0]}'!A1", self.formats["link"], row[0])
        self.set_widths(widths)
        self.print_ruled(widths, headers.index(NAME) if NAME in headers else 0)

    def add_table(self, name: str, headers: list[str], rows: int) -> None:
        """A table of so many rows below its head, which stays in sight."""
        columns = [{"header": header, "header_format": self.formats["header"]} for header in headers]
        title = self.sheet.get_name()
        options = {"name": f"t_{name}", "columns": columns, "style": "Table Style Light 1", "title": title}
        self.sheet.add_table(0, 0, rows, len(headers) - 1, options)
        if any(places(header) > LONGEST_HEADER for header in headers):
            self.sheet.set_row(0, 2 * LINE_HEIGHT)
        self.sheet.freeze_panes(1, 0)

    def print_ruled(self, widths: list[int], names: int) -> None:
        """Print with lines between the cells, and on every page the head and the column that names the rows."""
        self.sheet.repeat_rows(0)
        self.sheet.repeat_columns(names)
        self.sheet.print_across()
        self.sheet.hide_gridlines(0)
        self.sheet.fit_to_pages(pages_wide(widths, names), 0)

    def write_row(self, number: int, row: list, widths: list[int]) -> None:
        """A row, high enough for its longest text: not every program finds the height by itself."""
        lines = max(lines_of(str(cell), width) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            self.sheet.set_row(number, LINE_HEIGHT * lines)
        for column, cell in enumerate(row):
            self.write(number, column, cell)

    def write(self, row: int, column: int, cell: object) -> None:
        """A cell: a number as a number, anything else as text and never as a formula."""
        if cell is None or cell == "":
            return
        if not isinstance(cell, str):
            self.sheet.write_number(row, column, cell, self.formats["number"])
            return
        text = printable(cell)
        text = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
        self.sheet.write_string(row, column, text, self.formats["wrapped" if safe(text) == text else "quoted"])


def distinct(headers: list[str]) -> list[str]:
    """The headers, those that a table has already with a number behind: Excel refuses two of one name."""
    names = [header.lower() for header in headers]
    numbers = [names[: column + 1].count(name) for column, name in enumerate(names)]
    return [f"{header}（{number}）" if number > 1 else header for header, number in zip(headers, numbers, strict=True)]
