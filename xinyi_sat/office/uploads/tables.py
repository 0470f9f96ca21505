"""From sheets to tables: which kind each is of, where its headings stand, and which column of the sheet is which."""

import re
from collections import Counter
from dataclasses import dataclass

from xinyi_sat.facts.models import Fact, Period, fact_kinds
from xinyi_sat.office.uploads.columns import Column
from xinyi_sat.office.uploads.names import simplified
from xinyi_sat.office.uploads.reading import FileError, Sheet

HELP_SHEET = "填写说明"
HEADINGS_WITHIN = 30  # rows; what stands above them is a title
MAX_LISTED = 20
SLUG = "标识"
# Which period a filled sheet is of, and the newest change there was when it was filled. It stands in the heading of 标识, by
# which each row finds its record: whatever is deleted or moved, either the stamp is still there or there is no table.
STAMP = f"{SLUG}（{{period}}，更改号 {{change}}）"
STAMPED = re.compile(rf"{SLUG}\*?\((.+),更改号([0-9]{{1,18}})\)")  # when simplified


@dataclass
class Table:
    """The rows of one kind that a sheet holds, each with its number; `change` is the stamp of a filled sheet, else None."""

    columns: dict[int, Column]  # by their places in the sheet
    rows: list[tuple[int, list]]
    change: int | None


def sheets_by_kind(sheets: list[Sheet]) -> list[tuple[Sheet, type[Fact] | None]]:
    """The sheets that hold something, with the kinds that they are named after; FileError where two are of one kind."""
    named = {simplified(str(kind._meta.verbose_name)): kind for kind in fact_kinds()}
    pairs = [(one, named.get(simplified(one.title))) for one in sheets if one.rows and one.title != HELP_SHEET]
    pairs = [(sheet, kind) for sheet, kind in pairs if kind or not sheet.is_hidden]  # office programs hide their own
    if not pairs:
        raise FileError("文件里没有内容。")
    if max(Counter(kind for _, kind in pairs if kind).values(), default=0) > 1:
        raise FileError("有两个工作表是同一类记录，请合为一个。")
    return pairs


def table_of(sheet: Sheet, columns: list[Column], period: Period) -> Table:
    """The table of a sheet; FileError where its headings can't be found or are not all known, or not all of it is seen."""
    where = f"工作表“{sheet.title}”"
    above = [number for number, row in sheet.rows if SLUG in map(heading_of, row) and number <= HEADINGS_WITHIN]
    if not above:
        raise FileError(f"{where}里找不到标题行：前 {HEADINGS_WITHIN} 行中应有一行写着“{SLUG}”“名称”等各列的标题。")
    refuse_unclear(sheet, where, above[0])
    rows = [(number, row) for number, row in sheet.rows if number >= above[0]]
    headings = rows.pop(0)[1]
    under = columns_under(headings, f"{where}第 {above[0]} 行的标题", columns)
    for number, cells in rows:
        for place in [place for place, cell in enumerate(cells) if cell and place not in under]:
            raise FileError(f"{where}第 {number} 行第 {place + 1} 列有内容，但这一列没有标题。请删去，或写上标题。")
    slug = next(headings[place] for place, column in under.items() if column.heading == SLUG)
    return Table(under, rows, stamp_in(slug, where, period))


def heading_of(cell: str | dict) -> str:
    """A heading, simplified, without the mark of what is required and without the stamp."""
    words = simplified(cell).rstrip("*") if isinstance(cell, str) else ""
    return SLUG if words.startswith((f"{SLUG}(", f"{SLUG}*(")) else words


def refuse_unclear(sheet: Sheet, where: str, first: int) -> None:
    """FileError for rows that nobody sees and for cells of which nobody knows what they say, from the headings on."""
    if merged := [area for last, area in sheet.merged if last >= first]:
        raise FileError(f"{where}的 {listed(merged)} 是合并的单元格，看不出填的是什么。请取消合并，每一格都填写。")
    if hidden := [number for number in sheet.hidden_rows if number >= first]:
        raise FileError(f"{where}第 {listed(hidden)} 行是隐藏的，或被筛选掉了。请取消隐藏或筛选再上传，不要的就删去。")


def listed(names: list) -> str:
    """Names in a row; of many only the first."""
    return "、".join(map(str, names[:MAX_LISTED])) + ("等" if len(names) > MAX_LISTED else "")


def stamp_in(heading: str, where: str, period: Period) -> int | None:
    """The change in the heading of 标识, where there is one; FileError where it isn't whole, or is of another period."""
    if match := STAMPED.fullmatch(simplified(heading)):
        if match[1] in (simplified(period.title), period.slug):
            return int(match[2])
        raise FileError(f"{where}写明的时期是“{match[1]}”，上传时选的是“{period}”。请核对。")
    if simplified(heading).rstrip("*") != SLUG:
        raise FileError(f"{where}的标题“{heading}”看不懂。请照下载时的样子改回来，或重新下载。")
    return None


def columns_under(headings: list, where: str, columns: list[Column]) -> dict[int, Column]:
    """Which column of the sheet is which of the kind; FileError for any that nobody knows or that is there twice."""
    by_heading = {simplified(column.heading): column for column in columns}
    names = {place: heading_of(cell) for place, cell in enumerate(headings) if heading_of(cell)}
    if unknown := [headings[place] for place, name in names.items() if name not in by_heading]:
        expected = "、".join(column.heading for column in columns)
        raise FileError(f"{where}“{'”“'.join(unknown)}”不认识。这一类记录的各列是：{expected}；不需要的列请删去。")
    if twice := [name for name, times in Counter(names.values()).items() if times > 1]:
        raise FileError(f"{where}“{by_heading[twice[0]].heading}”有两列，请删去一列。")
    return {place: by_heading[name] for place, name in names.items()}
