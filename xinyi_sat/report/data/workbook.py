"""The data of a report as one workbook: cover, contents, notes, then a real table a sheet."""

import io
from dataclasses import astuple, dataclass, replace
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.exports import safe
from xinyi_sat.facts.kinds import kind_named
from xinyi_sat.report.archive import file_in, repacked
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.columns import Column
from xinyi_sat.report.data.resources import Resource, Resources
from xinyi_sat.report.data.sheet_layout import LONGEST_HEADER, column_width, lines_of, pages_wide, places
from xinyi_sat.report.imprint import ASSOCIATION, LANGUAGE, TITLE, Imprint, Site
from xinyi_sat.report.notes import NOTE_TITLES, notes_of
from xinyi_sat.report.scope import Scope

CORE = "docProps/core.xml"
LONGEST_CELL = 32767  # what Excel takes; beyond it a cell would be dropped silently
LINE_HEIGHT = 15
MARGINS = (0.4, 0.4, 0.5, 0.7)  # inches: left, right, top, bottom
COVER_WIDTHS = [12, 76]
NAME = "名称"


@dataclass(frozen=True)
class Listed:
    """A sheet as the contents have it."""

    title: str
    description: str
    rows: int | None = None


COVER = Listed("封面", "标题、时期、出处和本工作簿的内容")
CONTENTS = Listed("目录", "各工作表，可点击前往")
NOTES = Listed("说明", "怎样读数字，逐项说明")


def workbook_of(scope: Scope, site: Site) -> bytes:
    """The workbook of a report; the same bytes for the same records and site."""
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as folder:
        return written(Book(Imprint(scope), folder), scope, site)


def written(made: "Book", scope: Scope, site: Site) -> bytes:
    """All sheets of a workbook, and the file."""
    notes = notes_of(scope)
    cover, contents = (made.new_sheet(one.title) for one in (COVER, CONTENTS))  # filled last: they say what follows
    made.fill(made.new_sheet(NOTES.title), "notes", list(NOTE_TITLES), notes)
    listed = [COVER, CONTENTS, replace(NOTES, rows=len(notes))]
    for make in Resources(made.imprint, site).of_facts():
        table = shown(make(), made.imprint)
        made.fill(made.new_sheet(table.title), table.name, [column.title for column in table.columns], table.rows)
        listed.append(Listed(table.title, table.description, len(table.rows)))
    made.fill_contents(contents, listed)
    made.fill_cover(cover, listed)
    return made.content()


def shown(table: Resource, imprint: Imprint) -> Resource:
    """Figures or facts with words for readers in place of those for machines; a kind has them already."""
    if table.name not in ("figures", "facts"):
        return table
    names = [column.name for column in table.columns]
    titles = {imprint.period.slug: str(imprint.period)} | {one.slug: str(one) for one in imprint.documents}
    told = (dict(zip(names, row, strict=True)) for row in table.rows)
    return replace(table, rows=[shown_row(row, table.columns, titles) for row in told])


def shown_row(told: dict, columns: list[Column], titles: dict[str, str]) -> list:
    """One row in words for readers; `titles` are those of periods and documents."""
    cells = {column.name: column.shown(told[column.name]) for column in columns}
    cells |= {name: titles.get(told[name], told[name]) for name in ("period", "document")}
    if told.get("corrected"):
        cells["wording"] += f"〔{ChangeKind(told['corrected']).sign}〕"
    if "measure" in told:
        cells["measure"] = kind_named(told["kind"])._meta.get_field(told["measure"]).verbose_name
    return list(cells.values())


def print_ruled(sheet: Worksheet, names: int) -> None:
    """Print with lines between the cells, and on every page the head and the column that names the rows."""
    sheet.repeat_rows(0)
    sheet.repeat_columns(names)
    sheet.print_across()
    sheet.hide_gridlines(0)


class TableSheet(Worksheet):
    """A sheet that may be a table although its rows go to a disk as they are written.

    XlsxWriter refuses this, since it might write the cells of a table out of their order; here it writes none of them.
    """

    def add_table(self, *args: Any) -> int:
        """A table; its head is for the caller to write."""
        self.constant_memory = False
        done = super().add_table(*args)
        self.constant_memory = True
        self.table.clear()
        self.table_cells.clear()
        return done


class Book:
    """A workbook under construction."""

    def __init__(self, imprint: Imprint, folder: str):
        self.imprint = imprint
        self.whole = io.BytesIO()
        font = {"font_name": "宋体", "font_size": 11, "valign": "top"}
        self.book = xlsxwriter.Workbook(
            self.whole,
            {
                "constant_memory": True,  # rows go to a disk as they are written
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": font,
            },
        )
        self.number = self.book.add_format(font | {"align": "right", "indent": 1})
        self.wrapped = self.book.add_format(font | {"text_wrap": True})
        # What looks like a formula stays text even when somebody edits the cell.
        self.quoted = self.book.add_format(font | {"text_wrap": True, "quote_prefix": True})
        self.heading = self.book.add_format(font | {"font_size": 18, "bold": True})
        self.label = self.book.add_format(font | {"bold": True})
        self.header = self.book.add_format(font | {"bold": True, "text_wrap": True})
        self.link = self.book.add_format(font | {"underline": True, "font_color": "#0000EE"})
        self._set_properties()

    def _set_properties(self) -> None:
        self.book.set_properties(
            {
                "title": self.imprint.title,
                "author": ASSOCIATION,
                "company": ASSOCIATION,
                "subject": f"{self.imprint.years}的数字与记录，逐项注明出处",
                "status": self.imprint.edition_line,
                "comments": self.imprint.citation,
                "created": self.imprint.created,
            }
        )

    def content(self) -> bytes:
        """The finished file; XlsxWriter knows no language, so it is put in here."""
        self.book.close()
        made = self.whole.getvalue()
        end = b"</cp:coreProperties>"
        core = file_in(made, CORE).replace(end, f"<dc:language>{LANGUAGE}</dc:language>".encode() + end)
        return repacked(made, {CORE: core})

    def fill_cover(self, sheet: Worksheet, listed: list[Listed]) -> None:
        """Who, what, of which years, which edition, from what, and what is in it."""
        _, _, _, figures, facts, *kinds = listed
        contained = f"{figures.rows} 个数字，{facts.rows} 条记录，分 {len(kinds)} 类"
        lines = [
            ("范围", "，".join(self.imprint.scope.parts)),
            ("时期", self.imprint.years),
            ("时期说明", self.imprint.period.note),
            *data_lines(self.imprint),
            *(("数据读自", source) for source in self.imprint.sources),
            ("内容", f"{contained}；各表见“目录”，怎样读数字见“说明”。"),
            ("引用", self.imprint.citation),
        ]
        for column, width in enumerate(COVER_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, ASSOCIATION, self.label)
        sheet.write_string(1, 0, TITLE, self.heading)
        for place, (label, words) in enumerate((line for line in lines if line[1]), 3):
            self.write_row(sheet, place, [label, words], COVER_WIDTHS)
            sheet.write_string(place, 0, label, self.label)

    def fill_contents(self, sheet: Worksheet, listed: list[Listed]) -> None:
        """Every sheet with a link to it."""
        self.fill(sheet, "contents", ["工作表", "内容", "行数"], [astuple(one) for one in listed], links=True)

    def fill(self, sheet: Worksheet, name: str, headers: list[str], rows: list, *, links: bool = False) -> None:
        """Make a sheet one Excel table from A1; one without rows has an empty one, as Excel demands."""
        widths = [column_width(header, [row[column] for row in rows]) for column, header in enumerate(headers)]
        self.head(sheet, name, headers, max(1, len(rows)))
        for place, row in enumerate(rows, 1):
            self.write_row(sheet, place, row, widths)
            if links:
                sheet.write_url(place, 0, f"internal:'{row[0]}'!A1", self.link, row[0])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        names = headers.index(NAME) if NAME in headers else 0
        print_ruled(sheet, names)
        sheet.fit_to_pages(pages_wide(widths, names), 0)

    def head(self, sheet: Worksheet, name: str, headers: list[str], rows: int) -> None:
        """The head of a table of so many rows; it is written before them, for what is written is gone from memory."""
        columns = [{"header": header, "header_format": self.header} for header in headers]
        options = {"name": f"t_{name}", "columns": columns, "style": "Table Style Light 1", "title": sheet.get_name()}
        sheet.add_table(0, 0, rows, len(headers) - 1, options)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, self.header)
        if any(places(header) > LONGEST_HEADER for header in headers):
            sheet.set_row(0, 2 * LINE_HEIGHT)

    def new_sheet(self, title: str) -> Worksheet:
        """A sheet that prints on A4, with its name and page number below."""
        sheet = self.book.add_worksheet(title, TableSheet)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.set_margins(*MARGINS)
        sheet.set_footer("&L&A&R— &P —")
        return sheet

    def write_row(self, sheet: Worksheet, place: int, row: list, widths: list[int]) -> None:
        """A row, high enough for its longest text: not every program finds the height by itself."""
        lines = max(lines_of(str(cell), width) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            sheet.set_row(place, LINE_HEIGHT * lines)
        for column, cell in enumerate(row):
            self.write(sheet, place, column, cell)

    def write(self, sheet: Worksheet, row: int, column: int, cell: object) -> None:
        """A cell: a number as a number, anything else as text and never as a formula."""
        if cell is None or cell == "":
            return
        if not isinstance(cell, str):
            sheet.write_number(row, column, cell, self.number)
            return
        text = cell if len(cell) <= LONGEST_CELL else cell[: LONGEST_CELL - 1] + "…"
        sheet.write_string(row, column, text, self.wrapped if safe(text) == text else self.quoted)
