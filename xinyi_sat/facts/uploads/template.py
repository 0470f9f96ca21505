"""The workbook that an office fills in: a sheet for each kind, what to write in each column, and lists to choose from."""

import io
from collections.abc import Iterable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from xinyi_sat.facts.models import Document, Fact, Period
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.known import to_fill_in
from xinyi_sat.facts.uploads.layout import columns_of
from xinyi_sat.facts.uploads.since import last_change
from xinyi_sat.facts.uploads.stamp import Stamp
from xinyi_sat.facts.uploads.tables import DOCUMENT_LABEL, HELP_SHEET, OPTIONS_SHEET, PERIOD_LABEL
from xinyi_sat.facts.uploads.value_columns import FigureColumn, WholeColumn

FONT = {"font_name": "宋体", "font_size": 11, "valign": "top"}
STATED, HEADERS, FIRST = 0, 1, 2  # rows: period and document, headers, the first to fill in
LAST = 5_000  # as far down as lists to choose from go
WIDTHS = {"title": 32, "slug": 28, "note": 40}
NARROW = 10
HELP = (("工作表", 14), ("列", 22), ("必填", 6), ("怎样填写", 90))
HOW = [
    "一行一条记录，表里没有的记录不受影响。上传后先看到核对结果，确认之后才保存。",
    "数字照原文写，连同单位，例如“17期”“4200多名”“5.36万人次”。只写“17”会被退回。",
    "不要改动标题行；除“标识”外，用不着的列可以整列删去。",
]
HOW_TO_ADD = [
    "这份空白表只用来新增。要改动已有的记录，请在下载时勾选“填入已有的记录”。",
    "灰色的示例行上传时不读取，可以删去。",
]
HOW_TO_CHANGE = [
    "标识相同的就是同一条记录，会更新；标识没有的会新增。整列删去的保持原样；列里的空格表示清空这一项，字位的空格除外。",
    "“标识”一列的标题里写着时期和更改号，记着下载时的状况，不要改动：下载以后别人改过的，凭它才不会被旧表改回去。",
]


def template_name(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> str:
    """The name of the file."""
    what = kinds[0]._meta.verbose_name if len(kinds) == 1 else "各类记录"
    return f"{what}{'更正' if is_filled else '录入'}表（{period.title}）.xlsx"


def template_file(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> io.BytesIO:
    """The workbook, empty but for an example, or filled with the facts that the period has."""
    made = Template(period)
    for kind in kinds:
        # The stamp before the facts: what comes in between is noticed.
        stamp = Stamp(period.title, last_change(kind)) if is_filled else None
        made.add_kind(kind, to_fill_in(period, kind) if is_filled else None, stamp)
    made.add_help(kinds, [*HOW, *(HOW_TO_CHANGE if is_filled else HOW_TO_ADD)])
    made.add_options()
    return made.content()


class Template:
    """A workbook under construction."""

    def __init__(self, period: Period):
        self.period = period
        self.documents = list(Document.objects.filter(period=period))
        self.whole = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.whole, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.book.set_properties({"title": f"录入表（{period.title}）", "author": "新沂市科学技术协会"})
        self.lists: dict[tuple[str, ...], str] = {}  # the words to choose from, and where they stand
        self.text = self.format(num_format="@")  # or 3-5 would become the fifth of March
        self.number = self.format(num_format="0")
        self.header = self.format(bold=True, text_wrap=True, bottom=1, bg_color="#E7E6E6")
        self.required = self.format(bold=True, text_wrap=True, bottom=1, bg_color="#FFE699")
        self.label = self.format(bold=True)
        self.example = self.format(italic=True, font_color="#767676", num_format="@")

    def format(self, **properties: object) -> Format:
        """A format in the typeface of the workbook."""
        return self.book.add_format(FONT | properties)

    def content(self) -> io.BytesIO:
        """The finished file."""
        self.book.close()
        self.whole.seek(0)
        return self.whole

    def add_kind(self, kind: type[Fact], facts: Iterable[Fact] | None, stamp: Stamp | None) -> None:
        """The sheet of a kind: with these facts and their stamp, or with an example to be written over."""
        sheet = self.new_sheet(str(kind._meta.verbose_name), pages_wide=2)
        columns = columns_of(kind)
        self.state(sheet)
        for place, column in enumerate(columns):
            header = stamp.beside(heading(column)) if stamp and column.name == "slug" else heading(column)
            sheet.write_string(HEADERS, place, header, self.required if column.is_required else self.header)
            sheet.set_column(place, place, width(column), self.format_for(column))
            self.offer(sheet, place, column)
        sheet.set_row(HEADERS, 32)
        sheet.freeze_panes(FIRST, 2)
        sheet.repeat_rows(HEADERS)
        if facts is None:
            for place, column in enumerate(columns):
                sheet.write_string(FIRST, place, column.example, self.example)
        for row, fact in enumerate(facts or (), FIRST):
            for place, column in enumerate(columns):
                self.write(sheet, row, place, column, column.shown(column.of(fact)))

    def new_sheet(self, title: str, *, pages_wide: int) -> Worksheet:
        """A sheet that can be printed on A4, too."""
        sheet = self.book.add_worksheet(title)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(pages_wide, 0)
        return sheet

    def state(self, sheet: Worksheet) -> None:
        """Above the headers: of which period the sheet is, and from which document."""
        sheet.write_string(STATED, 0, PERIOD_LABEL, self.label)
        sheet.write_string(STATED, 1, self.period.title, self.text)
        sheet.write_string(STATED, 2, DOCUMENT_LABEL, self.label)
        titles = self.document_titles()
        sheet.write_string(STATED, 3, titles[0] if len(titles) == 1 else "", self.text)
        if titles:
            sheet.data_validation(STATED, 3, STATED, 3, {"validate": "list", "source": self.list_of(titles)})

    def document_titles(self) -> list[str]:
        """The documents of the period, each by a name that no other has."""
        titles = [document.title for document in self.documents]
        return [one.slug if titles.count(one.title) > 1 else one.title for one in self.documents]

    def offer(self, sheet: Worksheet, place: int, column: Column) -> None:
        """A list to choose from, where a column has one; what a figure looks like, where it is one."""
        options = self.document_titles() if column.name == "document" else column.options
        rules: dict = {"validate": "any"}
        if options:
            rules = {
                "validate": "list",
                "source": self.list_of(options),
                "error_title": column.header,
                "error_message": "请从列表中选一项。",
            }
        elif isinstance(column, FigureColumn):
            rules |= {"input_title": column.header, "input_message": f"数字和单位，例如 {column.example}；没有则留空。"}
        else:
            return
        sheet.data_validation(FIRST, place, LAST, place, rules)

    def list_of(self, words: list[str]) -> str:
        """Where these words stand in the sheet of options."""
        if tuple(words) not in self.lists:
            letters = xl_col_to_name(len(self.lists))
            self.lists[tuple(words)] = f"={OPTIONS_SHEET}!${letters}$1:${letters}${len(words)}"
        return self.lists[tuple(words)]

    def format_for(self, column: Column) -> Format:
        """Text stays text; only what counts paragraphs and characters is a number."""
        return self.number if isinstance(column, WholeColumn) else self.text

    def write(self, sheet: Worksheet, row: int, place: int, column: Column, value: str | int) -> None:
        """A cell: a number as a number, anything else as text and never as a formula."""
        if isinstance(value, int):
            sheet.write_number(row, place, value, self.number)
        elif value:
            sheet.write_string(row, place, value, self.text)

    def add_help(self, kinds: list[type[Fact]], how: list[str]) -> None:
        """How to fill in the workbook, and what to write in each column."""
        sheet = self.new_sheet(HELP_SHEET, pages_wide=1)
        for row, words in enumerate(how):
            sheet.write_string(row, 0, words, self.format())
        top = len(how) + 1
        for place, (title, wide) in enumerate(HELP):
            sheet.set_column(place, place, wide)
            sheet.write_string(top, place, title, self.header)
        rows = [(kind, column) for kind in kinds for column in columns_of(kind)]
        for row, (kind, column) in enumerate(rows, top + 1):
            cells = [str(kind._meta.verbose_name), column.header, "必填" if column.is_required else "", told(column)]
            for place, words in enumerate(cells):
                sheet.write_string(row, place, words, self.text)

    def add_options(self) -> None:
        """The words that lists offer."""
        sheet = self.new_sheet(OPTIONS_SHEET, pages_wide=1)
        for place, words in enumerate(self.lists):
            sheet.set_column(place, place, 24)
            sheet.write_column(0, place, words, self.text)


def heading(column: Column) -> str:
    """The header of a column, marked where it is required by more than its colour."""
    return f"{column.header}*" if column.is_required else column.header


def told(column: Column) -> str:
    """What to write in a column, and the words it takes."""
    return f"{column.help}{'可选：' + '、'.join(column.options) + '。' if column.options else ''}"


def width(column: Column) -> int:
    """How many characters wide a column is; a Chinese one takes two."""
    if isinstance(column, WholeColumn):
        return NARROW
    longest = max([len(column.header), len(column.example), *map(len, column.options)])
    return WIDTHS.get(column.name, min(40, max(NARROW, 2 * longest + 3)))
