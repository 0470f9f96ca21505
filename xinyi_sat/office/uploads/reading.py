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
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from xinyi_sat.reading.paragraphs import UnreadableDocumentError, decoded
from xinyi_sat.reading.plain_text import visible_text

ENDINGS = (".xlsx", ".csv")
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再上传。"
OTHER_FORMAT = f"只能读取 .xlsx 和 .csv 文件，这是 {{}} 文件。{SAVE_AS}"
OLD_FORMAT = f"这是旧式工作簿（.xls），或设有打开密码的工作簿。请先取消密码，{SAVE_AS.removeprefix('请')}"
DAMAGED = f"文件损坏，或者不是工作簿。{SAVE_AS}"
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 20 << 20  # bytes; openpyxl takes several times as much memory
MAX_CELLS = 500_000  # of one sheet from A1 to its last corner, empty ones too
WHOLE_COLUMN = re.compile(rb'<mergeCell ref="[A-Z]+[0-9]+:[A-Z]+[0-9]{6,}"')  # openpyxl makes each merged cell
TOO_LARGE = f"工作簿解压后超过 {MAX_UNPACKED >> 20} MB。请删去不需要的工作表和图片，或分几次上传。"
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
SEPARATORS = ",\t;"


class FileError(Exception):
    """A file or one of its sheets can't be read; the message says in Chinese what was expected."""


@dataclass
class Sheet:
    """One sheet: its rows that hold something, each with its number in the spreadsheet.

    A cell is its text, empty where there is none, or a dict with the `reason` why it can't be taken as text.
    """

    title: str
    rows: list[tuple[int, list]] = field(default_factory=list)
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, str]] = field(default_factory=list)  # the last row and the address of each merged area


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
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise FileError(TOO_LARGE)
            if any(WHOLE_COLUMN.search(archive.read(name)) for name in archive.namelist() if "/worksheets/" in name):
                raise FileError("有整列的单元格合并在一起，请取消合并。")
    except ZIP_ERRORS as error:
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
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        used = f"第 {sheet.max_row} 行、第 {sheet.max_column} 列"
        raise FileError(f"工作表“{sheet.title}”一直用到{used}，太大了。请删去下面和右边多余的行和列。")
    found = Sheet(plain(sheet.title), is_hidden=sheet.sheet_state != "visible")
    found.merged = [(area.max_row, area.coord) for area in sheet.merged_cells.ranges]
    for cells, sources in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        row = [content_of(cell, source) for cell, source in zip(cells, sources, strict=True)]
        if any(row):
            found.rows.append((cells[0].row, row))
    found.hidden_rows = [number for number, _ in found.rows if sheet.row_dimensions[number].hidden]
    return found


def content_of(cell: Cell, source: Cell) -> str | dict:
    """The text of a cell, or why it has none; `source` is the same cell with its formula."""
    has_no_result = source.data_type == "f" and cell.value is None and cell.data_type == "n"
    if has_no_result or cell.data_type == "e":
        return {"reason": "公式没有算出结果，请改好，或改成文字。"}
    if isinstance(cell.value, date | time | timedelta):
        shown = str(cell.value).removesuffix(" 00:00:00")
        return {"reason": f"这一格是日期或时间（{shown}），可能是表格软件自动改的。请把单元格设为“文本”，照原文填写。"}
    return plain(cell.value)


def plain(value: object) -> str:
    """A value as somebody might have typed it: 17 and not 17.0, without characters that nobody sees."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    text = (
        "" if value is None else str(value).replace("_x000D_\n", "\n")
    )  # so openpyxl reads the line breaks of Windows
    return visible_text(text.replace("\r\n", "\n").replace("\r", "\n"))


def csv_sheet(content: bytes, name: str) -> Sheet:
    """The rows of a CSV file in UTF-8 or GB18030, separated by what its line of headings has most of; called as the file."""
    try:
        text = decoded(content, name)
    except UnreadableDocumentError as error:
        raise FileError(f"{error}。请另存为“CSV UTF-8（逗号分隔）”。") from error
    lines = text.split("\n")
    headings = next((line for line in lines if "标识" in line), lines[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=headings.count), strict=True)
    try:
        rows = [(number, [plain(cell) for cell in cells]) for number, cells in enumerate(reader, 1)]
    except csv.Error as error:
        raise FileError(f"CSV 文件在第 {reader.line_num} 行附近格式有误，可能是引号不成对。{SAVE_AS}") from error
    return Sheet(plain(Path(name).stem), [row for row in rows if any(row[1])])
