"""From sheets to tables: which kind each is of, where its headings stand, and which column of the sheet is which field."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.uploads.columns import EXAMPLE, Column
from xinyi_sat.facts.uploads.names import known_by
from xinyi_sat.facts.uploads.reading import FileError, Sheet, is_merged

HELP_SHEET = "填写说明"
APART = {HELP_SHEET, "选项"}  # what a downloaded workbook has beside the sheets of kinds
PERIOD_LABEL, DOCUMENT_LABEL = "时期", "文献"
SLUG = "标识"
HEADINGS_WITHIN = 30  # rows; what stands above them is a title
# Which period a filled sheet is of, and the last change there was when it was filled. It stands in the heading of 标识, by
# which each row finds its record: whatever is deleted or moved, either the stamp is still there or there is no table.
STAMP = f"{SLUG}（{{period}}，更改号 {{change}}）"
BESIDE_SLUG = re.compile(rf"{SLUG}\s*[*＊]?\s*[（(].*")
STAMPED = re.compile(rf"{SLUG}\s*[*＊]?\s*[（(](.+)[，,]\s*更改号\s*[:：]?\s*([0-9０-９]{{1,18}})\s*[）)]")


@dataclass
class Table:
    """The rows of one kind that a sheet holds, each with its number and its cells under the columns of the kind."""

    sheet: Sheet
    columns: dict[int, Column]  # by their places in the sheet
    rows: list[tuple[int, list]]
    notes: list[str]
    periods: list[str]  # that the sheet says it is of
    document: str  # that it says its rows are from
    change: int | None  # the last one when it was filled with the records there were

    def cells(self, row: list) -> dict[str, str | dict]:
        """The cells of a row by the names of their columns."""
        return {column.name: row[place] if place < len(row) else "" for place, column in self.columns.items()}


def sheets_by_kind(sheets: list[Sheet], chosen: type[Fact] | None) -> list[tuple[Sheet, type[Fact] | None]]:
    """The sheets to read with the kinds that they are named after, or the one of the chosen kind. FileError where that is unclear."""
    named = {known_by(str(kind._meta.verbose_name)): kind for kind in fact_kinds()}
    pairs = [(one, named.get(known_by(one.title))) for one in sheets if one.rows and one.title not in APART]
    pairs = [(sheet, kind) for sheet, kind in pairs if kind or not sheet.is_hidden]  # office programs hide their own
    if not pairs:
        raise FileError("文件里没有内容。")
    if chosen is None and max(Counter(kind for _, kind in pairs if kind).values(), default=0) > 1:
        raise FileError("有两个工作表是同一类记录，请合为一个。")
    if chosen is None:
        return pairs
    own = [sheet for sheet, kind in pairs if kind is chosen] or [sheet for sheet, kind in pairs if kind is None]
    if len(own) == 1:
        return [(own[0], chosen)]
    titles, name = "”“".join(sheet.title for sheet, _ in pairs), chosen._meta.verbose_name
    raise FileError(f"上传时选的是“{name}”，文件里的工作表是“{titles}”。请改选类别，或把要上传的一个命名为“{name}”。")


def table_of(sheet: Sheet, columns: list[Column]) -> Table:
    """The table of a sheet; FileError where its headings can't be found or are not all known."""
    known = {known_by(column.heading): column for column in columns}
    found = next((place for place, row in enumerate(sheet.rows) if has_headings(row, known)), None)
    where = f"工作表“{sheet.title}”" if sheet.title else "文件"
    if found is None:
        raise FileError(f"{where}里找不到标题行：前 {HEADINGS_WITHIN} 行中应有一行写着“{SLUG}”“名称”等各列的标题。")
    number, headings = sheet.rows[found]
    under = columns_under(headings, f"{where}第 {number} 行的标题", known)
    slug = next(place for place, column in under.items() if column.heading == SLUG)
    period, change = stamp_in(heading(headings[slug]), where)
    above, below = sheet.rows[:found], sheet.rows[found + 1 :]
    rows = [row for row in below if not is_example(row[1][slug : slug + 1])]
    for number, cells in rows:
        for place in [place for place, cell in enumerate(cells) if cell and not is_merged(cell) and place not in under]:
            raise FileError(f"{where}第 {number} 行第 {place + 1} 列有内容，但这一列没有标题。请删去，或写上标题。")
    periods = [one for one in (stated(above, PERIOD_LABEL), period) if one]
    notes = [f"示例行 {len(below) - len(rows)} 行，没有读取。"] if len(rows) < len(below) else []
    return Table(sheet, under, rows, notes, periods, stated(above, DOCUMENT_LABEL), change)


def has_headings(row: tuple[int, list], known: dict[str, Column]) -> bool:
    """Whether a row is that of the headings."""
    number, cells = row
    names = {known_by(without_stamp(heading(cell))) for cell in cells}
    return number <= HEADINGS_WITHIN and SLUG in names and len(names & set(known)) > 1


def heading(cell: str | dict) -> str:
    """A heading without the mark of what is required."""
    return cell.replace("\n", "").strip("*＊ ") if isinstance(cell, str) else ""


def without_stamp(words: str) -> str:
    """A heading without what stands beside it."""
    return SLUG if BESIDE_SLUG.fullmatch(words) else words


def stamp_in(words: str, where: str) -> tuple[str, int | None]:
    """The period and the change in the heading of 标识, where they are; FileError where they are no longer whole."""
    if match := STAMPED.fullmatch(words):
        return match[1].strip(), int(match[2])
    if words != SLUG and BESIDE_SLUG.fullmatch(words):
        example = STAMP.format(period="2031年", change=1024)
        raise FileError(f"{where}的标题“{words}”看不懂，应像“{example}”。请照下载时的样子改回来，或重新下载。")
    return "", None


def columns_under(headings: list, where: str, known: dict[str, Column]) -> dict[int, Column]:
    """Which column of the sheet is which of the kind; FileError for any that nobody knows or that is there twice."""
    if any(isinstance(cell, dict) for cell in headings):
        raise FileError(f"{where}有合并的单元格，或不是文字。请取消合并，一列一个标题，都写在同一行。")
    names = {place: without_stamp(heading(cell)) for place, cell in enumerate(headings) if cell}
    if unknown := [name for name in names.values() if known_by(name) not in known]:
        expected = "、".join(column.heading for column in known.values())
        raise FileError(f"{where}“{'”“'.join(unknown)}”不认识。这一类记录的各列是：{expected}；不需要的列请删去。")
    if twice := [name for name, times in Counter(map(known_by, names.values())).items() if times > 1]:
        raise FileError(f"{where}“{known[twice[0]].heading}”有两列，请删去一列。")
    return {place: known[known_by(name)] for place, name in names.items()}


def stated(rows: list[tuple[int, list]], label: str) -> str:
    """What is written beside a label above the headings: the period, the document."""
    for _, row in rows:
        cells = [cell for cell in row if isinstance(cell, str)]
        for cell, beside in pairwise(cells):
            if known_by(cell).rstrip(":") == label:
                return heading(beside)
    return ""


def is_example(cells: list) -> bool:
    """Whether a row, of which this is the cell of 标识, is the example of the template."""
    return any(isinstance(cell, str) and known_by(cell) == EXAMPLE for cell in cells)
