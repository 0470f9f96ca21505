"""The sheets of an uploaded file as text, cell by cell. Nothing is run: of a formula the result stored beside it is read."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from xinyi_sat.reading.paragraphs import UnreadableDocumentError, decoded
from xinyi_sat.reading.plain_text import visible_text

ENDINGS = (".xlsx", ".csv")
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再上传。"
OTHER_FORMAT = f"只能读取 .xlsx 和 .csv 文件，这是 {{}} 文件。{SAVE_AS}"
OLD_FORMAT = f"这是旧式工作簿（.xls），或设有打开密码的工作簿。请先取消密码，{SAVE_AS.removeprefix('请')}"
DAMAGED = f"文件损坏，或者不是工作簿。{SAVE_AS}"
NO_RESULT = "公式没有算出结果，请改好，或改成文字。"
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 20 << 20  # bytes; openpyxl takes several times as much memory
MOST_CELLS = 500_000  # of one sheet from A1 to its last corner, empty ones too
WHOLE_COLUMN = re.compile(rb'<mergeCell ref="[A-Z]+[0-9]+:[A-Z]+[0-9]{6,}"')  # openpyxl makes each merged cell
TOO_LARGE = f"工作簿解压后超过 {MOST_UNPACKED >> 20} MB。请删去不需要的工作表和图片，或分几次上传。"
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
SEPARATORS = ",\t;"
MOST_NAMED = 20


class FileError(Exception):
    """A file or one of its sheets can't be read; the message says in Chinese what was expected."""


@dataclass
class Sheet:
    """One sheet: its rows that hold something, each with its number in the spreadsheet.

    A cell is its text, empty where there is none, or a dict: the `reason` why it can't be taken as text, and the address it was `merged` with.
    """

    title: str
    rows: list[tuple[int, list]] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what a clerk might overlook


def read_file(content: bytes, name: str) -> list[Sheet]:
    """The sheets of a file that its owner calls by this name; FileError."""
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise FileError(OTHER_FORMAT.format(ending or "没有后缀的"))
    if content.startswith(OLD_OFFICE):
        raise FileError(OLD_FORMAT)
    is_text = ending == ".csv" and not content.startswith(ZIP)
    sheets = [csv_sheet(content, name)] if is_text else workbook_sheets(content)
    if sum(len(sheet.rows) for sheet in sheets) > settings.UPLOAD_ROWS:
        raise FileError(f"一次最多上传 {settings.UPLOAD_ROWS} 行（连同标题和说明），请分几次上传。")
    return sheets


def workbook_sheets(content: bytes) -> list[Sheet]:
    """The sheets of an .xlsx."""
    refuse_large(content)
    values, formulas = opened(content, data_only=True), opened(content, data_only=False)
    return [worksheet(sheet, formulas[sheet.title]) for sheet in values.worksheets]


def refuse_large(content: bytes) -> None:
    """Refuse a zip that would unpack to far more than a workbook; zipfile reads no more of a part than its directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise FileError(TOO_LARGE)
            if any(WHOLE_COLUMN.search(archive.read(name)) for name in archive.namelist() if "/worksheets/" in name):
                raise FileError("有整列的单元格合并在一起，请取消合并。")
    except BROKEN_ZIP as error:
        raise FileError(DAMAGED) from error


def opened(content: bytes, *, data_only: bool) -> Workbook:
    """The workbook, with the results of its formulas or with the formulas themselves."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of decorations that it leaves out
            return load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)
    except Exception as error:  # of a damaged file openpyxl lets through whatever it stumbles over
        raise FileError(DAMAGED) from error


def worksheet(sheet: Worksheet, formulas: Worksheet) -> Sheet:
    """One sheet of a workbook, of which `formulas` has the formulas."""
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        used = f"第 {sheet.max_row} 行、第 {sheet.max_column} 列"
        raise FileError(f"工作表“{sheet.title}”一直用到{used}，太大了。请删去下面和右边多余的行和列。")
    origins = {place: area.coord.split(":")[0] for area in sheet.merged_cells.ranges for place in area.cells}
    found, computed = Sheet(plain(sheet.title), is_hidden=sheet.sheet_state != "visible"), []
    for cells, sources in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        row = [in_words(cell, source, origins) for cell, source in zip(cells, sources, strict=True)]
        if any(cell and not is_merged(cell) for cell in row):
            found.rows.append((cells[0].row, row))
            computed += [one.coordinate for one in sources if one.data_type == "f"]
    hidden = {number for number, line in sheet.row_dimensions.items() if line.hidden}
    found.hidden_rows = [number for number, _ in found.rows if number in hidden]
    if hidden_rows := list(map(str, found.hidden_rows)):
        found.notes.append(f"工作表“{found.title}”：第 {listed(hidden_rows)} 行是隐藏的，或被筛选掉了。")
    if computed:
        found.notes.append(f"工作表“{found.title}”：{listed(computed)} 是公式，按保存时的结果读取，没有重新计算。")
    return found


def in_words(cell: Cell, source: Cell, origins: dict) -> str | dict:
    """The text of a cell, or why it has none; `source` is the same cell with its formula."""
    if isinstance(cell, MergedCell):
        origin = origins.get((cell.row, cell.column), "别的格")
        return {"reason": f"这一格与 {origin} 合并了，看不出填的是什么。请取消合并，每一行都填写。", "merged": origin}
    is_uncomputed = source.data_type == "f" and cell.value is None and cell.data_type == "n"
    if is_uncomputed or cell.data_type == "e":
        return {"reason": NO_RESULT}
    if isinstance(cell.value, date | time | timedelta):
        shown = str(cell.value).removesuffix(" 00:00:00")
        return {"reason": f"这一格是日期或时间（{shown}），可能是表格软件自动改的。请把单元格设为“文本”，照原文填写。"}
    return plain(cell.value)


def plain(value: object) -> str:
    """A value as somebody might have typed it: 17 and not 17.0, without signs that nobody sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    text = str(value).replace("_x000D_\n", "\n")  # so openpyxl reads the line breaks of Windows
    return visible_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def is_merged(cell: str | dict) -> bool:
    """Whether a cell was merged with another one."""
    return isinstance(cell, dict) and "merged" in cell


def listed(names: list[str]) -> str:
    """The first of many names, and how many there are."""
    more = f"等 {len(names)} 处" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def csv_sheet(content: bytes, name: str) -> Sheet:
    """The rows of a CSV file in UTF-8 or GB18030, separated by what its line of headings has most of."""
    try:
        text = decoded(content, name)
    except UnreadableDocumentError as error:
        raise FileError(f"{error}。请另存为“CSV UTF-8（逗号分隔）”。") from error
    lines = text.split("\n")
    headings = next((line for line in lines if "标识" in line), lines[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=headings.count), strict=True)
    sheet = Sheet("")
    try:
        for number, cells in enumerate(reader, 1):
            row = [plain(cell) for cell in cells]
            if any(row):
                sheet.rows.append((number, row))
    except csv.Error as error:
        raise FileError(f"CSV 文件在第 {reader.line_num} 行附近格式有误，可能是引号不成对。{SAVE_AS}") from error
    return sheet
