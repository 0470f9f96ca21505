"""The workbook that an office fills in: a sheet for each kind, what to write in each column, and lists to choose from."""

import io

from xlsxwriter import Workbook

from xinyi_sat.facts.models import Association, Change, Fact, Period
from xinyi_sat.office.uploads.columns import Column, KindColumns
from xinyi_sat.office.uploads.records import Records
from xinyi_sat.office.uploads.tables import HELP_SHEET, SLUG, STAMP

LAST_ROW = 1_000  # as far down as lists to choose from go
LONGEST_LIST = 255  # characters that a cell offers to choose from
WIDTHS = {"title": 32, "slug": 28, "note": 40}
HELP_WIDTHS = {"工作表": 14, "列": 22, "必填": 6, "怎样填写": 90}
HOW = [
    "一行一条记录，表里没有的记录不受影响。上传后先看到核对结果，确认之后才保存。",
    "数字照原文写，连同单位，例如“17期”“4200多名”“5.36万人次”。只写“17”会被退回。",
    "不要改动标题行，不要合并单元格，不要隐藏行；除“标识”外，用不着的列可以整列删去。",
]
HOW_TO_ADD = ["这份空白表只用来新增。要改动已有的记录，请在下载时勾选“填入已有的记录”。"]
HOW_TO_CHANGE = [
    "标识相同的就是同一条记录，会更新；标识没有的会新增。整列删去的保持原样；列里的空格表示清空这一项，文献的空格除外。",
    "“标识”一列的标题里写着时期和更改号，记着下载时的状况，不要改动：下载以后别人改过的，凭它才不会被旧表改回去。",
]


def template_name(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> str:
    """The name of the file."""
    what = kinds[0]._meta.verbose_name if len(kinds) == 1 else "各类记录"
    return f"{what}{'更正' if is_filled else '录入'}表（{period.title}）.xlsx"


def template_file(period: Period, kinds: list[type[Fact]], *, is_filled: bool) -> io.BytesIO:
    """The workbook, empty or filled with the facts that the period has."""
    file, records = io.BytesIO(), Records(period)
    # The number of the change before the facts: what comes in between is noticed.
    stamp = STAMP.format(period=period, change=Change.objects.newest_number()).removeprefix(SLUG) if is_filled else ""
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title = template_name(period, kinds, is_filled=is_filled).removesuffix(".xlsx")
        book.set_properties({"title": title, "author": Association.objects.current().name})
        columns = {kind: KindColumns(kind, records).columns for kind in kinds}
        for kind in kinds:
            facts = records.facts(kind).values() if is_filled else ()
            add_kind(book, kind, columns[kind], [fact for fact in facts if not fact.is_withdrawn], stamp)
        add_help(book, columns, [*HOW, *(HOW_TO_CHANGE if is_filled else HOW_TO_ADD)])
    file.seek(0)
    return file


def add_kind(book: Workbook, kind: type[Fact], columns: list[Column], facts: list[Fact], stamp: str) -> None:
    """The sheet of a kind with these facts."""
    sheet = book.add_worksheet(str(kind._meta.verbose_name))
    sheet.freeze_panes(1, 2)
    for position, column in enumerate(columns):
        heading = f"{column.heading}{'*' if column.is_required else ''}{stamp if column.heading == SLUG else ''}"
        sheet.write(0, position, heading, book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6"}))
        cells = book.add_format({"num_format": "0" if column.is_number else "@"})  # as text 3-5 is no date
        sheet.set_column(position, position, WIDTHS.get(column.name, 16), cells)
        if 0 < len(",".join(column.options)) <= LONGEST_LIST:
            rule = {"validate": "list", "source": column.options, "error_message": "请从列表中选一项。"}
            sheet.data_validation(1, position, LAST_ROW, position, rule)
        for number, fact in enumerate(facts, 1):
            value = column.of(fact)
            sheet.write(number, position, value if column.is_number else column.text(value))


def add_help(book: Workbook, columns: dict[type[Fact], list[Column]], how: list[str]) -> None:
    """How to fill in the workbook, and what to write in each column."""
    sheet = book.add_worksheet(HELP_SHEET)
    sheet.write_column(0, 0, how)
    sheet.write_row(len(how) + 1, 0, HELP_WIDTHS)
    for position, width in enumerate(HELP_WIDTHS.values()):
        sheet.set_column(position, position, width)
    told = [(kind._meta.verbose_name, column) for kind in columns for column in columns[kind]]
    for number, (title, column) in enumerate(told, len(how) + 2):
        options = f"可选：{'、'.join(column.options)}。" if column.options else ""
        required = "必填" if column.is_required else ""
        sheet.write_row(number, 0, [title, column.heading, required, column.explanation + options])
