"""The workbook that an office fills in: a sheet for each kind, what to write in each column, and lists to choose from."""

import io

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.uploads.columns import Column, columns_of, row_of
from xinyi_sat.facts.uploads.records import Records
from xinyi_sat.facts.uploads.since import last_change
from xinyi_sat.facts.uploads.tables import DOCUMENT_LABEL, HELP_SHEET, PERIOD_LABEL, SLUG, STAMP

STATED, HEADINGS, FIRST = 0, 1, 2  # rows: period and document, headings, the first to fill in
LAST = 2_000  # as far down as lists to choose from go
LONGEST_LIST = 255  # characters that a cell offers to choose from
WIDTHS = {"title": 32, "slug": 28, "note": 40}
FORMATS = {
    "text": {"num_format": "@"},  # or 3-5 would become the fifth of March
    "number": {"num_format": "0"},
    "label": {"bold": True},
    "heading": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E7E6E6"},
    "required": {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#FFE699"},
    "example": {"italic": True, "font_color": "#767676", "num_format": "@"},
}
HELP = {"工作表": 14, "列": 22, "必填": 6, "怎样填写": 90}  # headings, and how wide they are
HOW = [
    "一行一条记录，表里没有的记录不受影响。上传后先看到核对结果，确认之后才保存。",
    "数字照原文写，连同单位，例如“17期”“4200多名”“5.36万人次”。只写“17”会被退回。",
    "不要改动标题行，不要合并单元格；除“标识”外，用不着的列可以整列删去。隐藏的行和工作表不会保存。",
]
HOW_TO_ADD = [
    "这份空白表只用来新增。要改动已有的记录，请在下载时勾选“填入已有的记录”。",
    "灰色的示例行上传时不读取，可以删去。",
]
HOW_TO_CHANGE = [
    "标识相同的就是同一条记录，会更新；标识没有的会新增。整列删去的保持原样；列里的空格表示清空这一项，字位和文献的空格除外。",
    "“标识”一列的标题里写着时期和更改号，记着下载时的状况，不要改动：下载以后别人改过的，凭它才不会被旧表改回去。",
]


def template_name(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> str:
    """The name of the file."""
    what = kinds[0]._meta.verbose_name if len(kinds) == 1 else "各类记录"
    return f"{what}{'更正' if is_filled else '录入'}表（{period.title}）.xlsx"


def template_file(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> io.BytesIO:
    """The workbook, empty but for an example, or filled with the facts that the period has."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        made = Template(book, Records(period))
        for kind in kinds:
            made.add_kind(kind, is_filled=is_filled)
        made.add_help([*HOW, *(HOW_TO_CHANGE if is_filled else HOW_TO_ADD)])
    file.seek(0)
    return file


class Template:
    """A workbook under construction."""

    def __init__(self, book: xlsxwriter.Workbook, records: Records):
        self.book, self.records = book, records
        shared = {"font_name": "宋体", "font_size": 11, "valign": "top"}
        self.formats = {name: book.add_format(shared | own) for name, own in FORMATS.items()}
        self.help: list[list[str]] = []

    def add_sheet(self, title: str, *, pages_wide: int) -> Worksheet:
        """A sheet that can be printed on A4, too."""
        sheet = self.book.add_worksheet(title)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(pages_wide, 0)
        return sheet

    def add_kind(self, kind: type[Fact], *, is_filled: bool) -> None:
        """The sheet of a kind: with the facts there are and their stamp, or with an example to be written over."""
        title, period = str(kind._meta.verbose_name), self.records.period.title
        sheet, columns = self.add_sheet(title, pages_wide=2), columns_of(kind, self.records)
        # The stamp before the facts: what comes in between is noticed.
        stamp = STAMP.format(period=period, change=last_change(kind)).removeprefix(SLUG) if is_filled else ""
        stated = [PERIOD_LABEL, period, DOCUMENT_LABEL, self.records.only_document]
        sheet.write_row(STATED, 0, stated, self.formats["label"])
        for place, column in enumerate(columns):
            self.add_column(sheet, place, column, stamp if column.heading == SLUG else "")
            self.help.append([title, column.heading, "必填" if column.is_required else "", told(column)])
        sheet.set_row(HEADINGS, 32)
        sheet.freeze_panes(FIRST, 2)
        sheet.repeat_rows(HEADINGS)
        if not is_filled:
            sheet.write_row(FIRST, 0, [column.example for column in columns], self.formats["example"])
            return
        facts = [one for one in self.records.facts(kind).values() if one.state != FactState.WITHDRAWN]
        for number, fact in enumerate(facts, FIRST):
            row = row_of(fact, columns)
            for place, column in enumerate(columns):
                sheet.write(number, place, column.cell(row[column.name]), self.format_of(column))

    def format_of(self, column: Column) -> Format:
        """Text stays text; only what counts paragraphs and characters is a number."""
        return self.formats["number" if column.is_number else "text"]

    def add_column(self, sheet: Worksheet, place: int, column: Column, stamp: str) -> None:
        """The heading of a column, and the words that its cells offer."""
        heading = f"{column.heading}{'*' if column.is_required else ''}{stamp}"
        sheet.write_string(HEADINGS, place, heading, self.formats["required" if column.is_required else "heading"])
        sheet.set_column(place, place, width(column), self.format_of(column))
        if 0 < len(",".join(column.options)) <= LONGEST_LIST:
            rule = {"validate": "list", "source": column.options, "error_message": "请从列表中选一项。"}
            sheet.data_validation(FIRST, place, LAST, place, rule)

    def add_help(self, how: list[str]) -> None:
        """How to fill in the workbook, and what to write in each column."""
        sheet = self.add_sheet(HELP_SHEET, pages_wide=1)
        sheet.write_column(0, 0, how)
        for place, wide in enumerate(HELP.values()):
            sheet.set_column(place, place, wide, self.formats["text"])
        sheet.write_row(len(how) + 1, 0, HELP, self.formats["heading"])
        for number, cells in enumerate(self.help, len(how) + 2):
            sheet.write_row(number, 0, cells)


def told(column: Column) -> str:
    """What to write in a column, and the words it takes."""
    return f"{column.help}{'可选：' + '、'.join(column.options) + '。' if column.options else ''}"


def width(column: Column) -> int:
    """How many characters wide a column is; a Chinese one takes two."""
    longest = max(map(len, [column.heading, column.example, *column.options]))
    return WIDTHS.get(column.name, 10 if column.is_number else min(40, 2 * longest + 3))
