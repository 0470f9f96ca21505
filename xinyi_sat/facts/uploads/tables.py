"""From sheets to tables: which kind each is of, where its headers stand, and which column of the sheet is which field."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Fact, Period
from xinyi_sat.facts.uploads.cells import is_merged, known_by, words
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.known import Known
from xinyi_sat.facts.uploads.layout import columns_of
from xinyi_sat.facts.uploads.refusal import RefusedCell, RefusedFile
from xinyi_sat.facts.uploads.sheets import Sheet
from xinyi_sat.facts.uploads.stamp import SLUG, Stamp, without_stamp
from xinyi_sat.facts.uploads.value_columns import EXAMPLE

HELP_SHEET, OPTIONS_SHEET = "填写说明", "选项"
PERIOD_LABEL, DOCUMENT_LABEL = "时期", "文献"
HEADERS_WITHIN = 30  # rows; what stands above them is a title
FEWEST_HEADERS = 2
TOTALS = {"合计", "总计", "小计", "共计", "总数", "累计"}


@dataclass
class Table:
    """The rows of one kind that a sheet holds, under the columns of the kind."""

    title: str
    kind: type[Fact]
    columns: dict[int, Column] = field(default_factory=dict)
    rows: list[tuple[int, list]] = field(default_factory=list)
    period: str = ""
    document: str = ""
    stamp: Stamp | None = None  # of a sheet that was filled with the records there were
    examples: int = 0

    @cached_property
    def slug_place(self) -> int:
        """The column that tells of which record a row is."""
        return next(place for place, column in self.columns.items() if column.name == "slug")

    def cells(self, row: list) -> dict[Column, Any]:
        """The cells of a row under their columns."""
        return {column: row[place] if place < len(row) else None for place, column in self.columns.items()}

    def headless(self, row: list) -> list[int]:
        """The places of a row that hold something and have no header."""
        return [
            place for place, cell in enumerate(row) if not (cell is None or is_merged(cell) or place in self.columns)
        ]

    def no_record(self, row: list) -> str:
        """Why a row is no record, whatever its columns want; empty where it may be one."""
        there = {place: cell for place, cell in enumerate(row) if cell is not None and not is_merged(cell)}
        if self.slug_place in there:
            return ""
        if any(isinstance(cell, str) and known_by(cell).rstrip(":") in TOTALS for cell in there.values()):
            return "这一行是合计，不是一条记录。请删去这一行。"
        return (
            "" if len(there) > 1 else "这一行只有一格有内容，不是一条记录。说明、填表人等请写在标题行的上方，或删去。"
        )


def named_sheets(sheets: list[Sheet], kind: type[Fact] | None) -> list[tuple[Sheet, type[Fact] | None]]:
    """The sheets to read, each with its kind: one kind, or what each is named after, none where that is no kind.

    RefusedFile if it is unclear which to read.
    """
    apart = {known_by(HELP_SHEET), known_by(OPTIONS_SHEET)}
    filled = [one for one in sheets if one.rows and known_by(one.title) not in apart]
    if not filled:
        raise RefusedFile("文件里没有内容。")
    return [(sheet_for(kind, filled), kind)] if kind else sheets_by_kind(filled)


def kind_of(sheet: Sheet) -> type[Fact] | None:
    """The kind that a sheet is named after."""
    return next((one for one in fact_kinds() if known_by(str(one._meta.verbose_name)) == known_by(sheet.title)), None)


def sheet_for(kind: type[Fact], sheets: list[Sheet]) -> Sheet:
    """The sheet of a kind: that which is named after it, or else the only one."""
    own = [sheet for sheet in sheets if kind_of(sheet) is kind] or sheets
    if len(own) > 1:
        raise RefusedFile(f"有 {len(own)} 个工作表，请把要上传的一个命名为“{kind._meta.verbose_name}”。")
    if (other := kind_of(own[0])) not in (None, kind):
        chosen = kind._meta.verbose_name
        raise RefusedFile(
            f"工作表叫“{own[0].title}”，上传时选的是“{chosen}”。请改选“{other._meta.verbose_name}”，或改工作表的名称。"
        )
    return own[0]


def sheets_by_kind(sheets: list[Sheet]) -> list[tuple[Sheet, type[Fact] | None]]:
    """Each sheet with the kind that it is named after."""
    pairs = [(sheet, kind_of(sheet)) for sheet in sheets]
    kinds = [kind for _, kind in pairs if kind]
    if len(set(kinds)) < len(kinds):
        raise RefusedFile("有两个工作表是同一类记录，请合为一个。")
    return pairs


def refuse_unnamed(sheet: Sheet) -> None:
    """A sheet that is of no kind would be left out without a word."""
    if not sheet.title:
        raise RefusedFile("CSV 文件没有工作表名称，请选择是哪一类记录。")
    kinds = "、".join(str(kind._meta.verbose_name) for kind in fact_kinds())
    raise RefusedFile(f"工作表“{sheet.title}”不是一类记录的名称。应为：{kinds}；不需要的工作表请删去。")


def table_of(sheet: Sheet, kind: type[Fact]) -> Table:
    """The table of a sheet; RefusedFile where its headers can't be found or are not all known."""
    where = f"工作表“{sheet.title}”" if sheet.title else "文件"
    known = {known_by(column.header): column for column in columns_of(kind)}
    found = next((place for place, row in enumerate(sheet.rows) if is_header(row, known)), None)
    if found is None:
        raise RefusedFile(f"{where}里找不到标题行：前 {HEADERS_WITHIN} 行中应有一行写着“{SLUG}”“名称”等各列的标题。")
    above, (number, headers), below = sheet.rows[:found], sheet.rows[found], sheet.rows[found + 1 :]
    columns = columns_under(headers, f"{where}第 {number} 行的标题", known, kind)
    period, document = (stated(above, label) for label in (PERIOD_LABEL, DOCUMENT_LABEL))
    table = Table(sheet.title, kind, columns, period=period, document=document)
    table.stamp = stamp_of(headers[table.slug_place], where)
    table.rows = [row for row in below if not is_example(row[1], table.slug_place)]
    table.examples = len(below) - len(table.rows)
    return table


def columns_under(headers: list, where: str, known: dict[str, Column], kind: type[Fact]) -> dict[int, Column]:
    """Which column of the sheet is which of the kind; RefusedFile where that is unclear."""
    if any(map(is_merged, headers)):
        raise RefusedFile(f"{where}有合并的单元格。请取消合并，一列一个标题，都写在同一行。")
    names = {place: without_stamp(heading(cell)) for place, cell in enumerate(headers) if cell is not None}
    refuse_headers(where, list(names.values()), known, kind)
    return {place: known[known_by(name)] for place, name in names.items()}


def is_header(row: tuple[int, list], known: dict[str, Column]) -> bool:
    """Whether a row is that of the headers."""
    number, cells = row
    names = {known_by(without_stamp(heading(cell))) for cell in cells if cell is not None}
    return number <= HEADERS_WITHIN and known_by(SLUG) in names and len(names & set(known)) >= FEWEST_HEADERS


def heading(cell: Any) -> str:
    """A header without the mark of what is required."""
    try:
        return words(cell).replace("\n", "").strip("*＊ ")
    except RefusedCell:
        return str(cell)


def refuse_headers(where: str, names: list[str], known: dict[str, Column], kind: type[Fact]) -> None:
    """A column that nobody knows would be left out without a word, and of two alike nobody knows which is meant."""
    unknown = [name for name in names if known_by(name) not in known]
    if unknown:
        raise RefusedFile(
            f"{where}“{'”“'.join(unknown)}”不认识。{kind._meta.verbose_name}的各列是："
            f"{'、'.join(column.header for column in columns_of(kind))}；不需要的列请删去。"
        )
    twice = [name for name, times in Counter(map(known_by, names)).items() if times > 1]
    if twice:
        raise RefusedFile(f"{where}“{known[twice[0]].header}”有两列，请删去一列。")


def stated(rows: list[tuple[int, list]], label: str) -> str:
    """What is written beside a label above the headers: the period, the document."""
    for _, row in rows:
        cells = [cell for cell in row if not is_merged(cell)]
        for place, cell in enumerate(cells[:-1]):
            if isinstance(cell, str) and known_by(cell).rstrip(":") == label and cells[place + 1] is not None:
                return heading(cells[place + 1])
    return ""


def stamp_of(header: Any, where: str) -> Stamp | None:
    """What the header of 标识 says of the sheet; RefusedFile names the sheet whose stamp is not whole."""
    try:
        return Stamp.of(heading(header))
    except RefusedFile as error:
        raise RefusedFile(f"{where}的{error}") from error


def is_example(cells: list, slug: int) -> bool:
    """Whether a row is the example of the template."""
    cell = cells[slug] if slug < len(cells) else None
    return isinstance(cell, str) and known_by(cell) == EXAMPLE


def stated_document(table: Table, known: Known) -> Document | None:
    """The document that the rows of a table are from where they don't say; RefusedFile where it is not there."""
    try:
        return known.document(table.document) if table.document else known.only_document
    except RefusedCell as error:
        raise RefusedFile(f"工作表“{table.title}”上方写的文献：{error}") from error


def refuse_other_period(table: Table, period: Period) -> None:
    """The sheet itself may say of which period it is; then that is the one it is uploaded for."""
    for said in (table.period, table.stamp.period if table.stamp else ""):
        if said and known_by(said) not in (known_by(period.title), period.slug):
            raise RefusedFile(f"工作表“{table.title}”写明的时期是“{said}”，上传时选的是“{period}”。请核对。")
