"""Whatever a hostile file may do, it does here: in a process of its own, with little memory and time, without Django.

    python -m xinyi_sat.facts.uploads.parser FILE NAME MOST_ROWS

prints lines of JSON: {"sheet": name} where a sheet begins, [number, cells] for each row that has something in it,
numbered as the spreadsheet does, and at the end {"done": true}, or {"refused": reason} in Chinese. A date is
{"date": text}; the cell of a formula without a result is {"error": true}, and one that was merged with another one
{"merged": address of that one}.
"""

import csv
import io
import json
import resource
import signal
import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from xinyi_sat.facts.uploads.refusal import RefusedFile
from xinyi_sat.facts.uploads.results import Place, without_result
from xinyi_sat.facts.uploads.unpacking import DAMAGED, SAVE_AS
from xinyi_sat.reading.paragraphs import UnreadableDocumentError, decoded

MEMORY = 2 << 30
SECONDS = 120
MOST_SHEETS = 60
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # what Excel takes
SEPARATORS = ",\t;"
ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
ERROR = {"error": True}
ENDINGS = (".xlsx", ".xls", ".ods", ".csv")

Row = tuple[int, list]


def main(path: str, name: str, most_rows: str) -> None:
    """Print what is in a file, or why it is refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(2 * SECONDS)
    try:
        for line in lines_of(Path(path).read_bytes(), name, int(most_rows)):
            print(json.dumps(line, ensure_ascii=False))  # noqa: T201 (this is what the process is for)
        last = {"done": True}
    except RefusedFile as error:
        last = {"refused": str(error)}
    except Exception:  # whatever a damaged file brings a reader to
        last = {"refused": DAMAGED}
    print(json.dumps(last, ensure_ascii=False), flush=True)  # noqa: T201


def lines_of(content: bytes, name: str, most_rows: int) -> Iterator[dict | list]:
    """What there is to print."""
    room = most_rows
    for title, rows in sheets_of(content, name):
        yield {"sheet": title}
        for number, cells in rows:
            if any(cell is not None for cell in cells):
                room -= 1
                if room < 0:
                    raise RefusedFile(f"一次最多上传 {most_rows} 行（连同标题和说明），请分几次上传。")
                yield [number, bounded(cells, f"工作表“{title}”第 {number} 行")]


def sheets_of(content: bytes, name: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets of a file, by what it is and not by what it is called."""
    if not name.lower().endswith(ENDINGS):
        raise RefusedFile(f"应为 .xlsx、.xls、.ods 或 .csv 文件。{SAVE_AS}")
    if content.startswith((ZIP, OLD_OFFICE)):
        yield from workbook_sheets(content)
    elif name.lower().endswith(".csv"):
        yield "", csv_rows(content, name)
    elif content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise RefusedFile(f"这个文件名为工作簿，内容却是网页。{SAVE_AS}")
    else:
        raise RefusedFile(DAMAGED)


def workbook_sheets(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """The sheets of a workbook; the values of formulas as they were when it was saved, nothing is computed."""
    broken = without_result(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            if len(book.sheet_names) > MOST_SHEETS:
                raise RefusedFile(f"工作表多于 {MOST_SHEETS} 个，不予读取。")
            for title in book.sheet_names:
                yield title, sheet_rows(book.get_sheet_by_name(title), title, broken)
    except PasswordError as error:
        raise RefusedFile("工作簿设有打开密码，请取消密码后再上传。") from error
    except CalamineError as error:
        raise RefusedFile(DAMAGED) from error


def sheet_rows(sheet: CalamineSheet, title: str, broken: set[Place]) -> Iterator[Row]:
    """The rows of a sheet from its first, and their cells from column A."""
    before = [None] * (sheet.start[1] if sheet.start else 0)
    merged, errors = merged_cells(sheet), {(row, column) for name, row, column in broken if name == title}
    for row, found in enumerate(sheet.iter_rows()):
        cells = before + [plain(cell) for cell in found]
        if errors:
            cells = [ERROR if (row, column) in errors else cell for column, cell in enumerate(cells)]
        yield row + 1, filled(cells, merged[row]) if row in merged else cells


def filled(cells: list, merged: dict[int, Any]) -> list:
    """The cells of a row, those too that were merged away; an empty row stays empty."""
    if all(cell is None for cell in cells):
        return cells
    return [merged.get(column) if cell is None else cell for column, cell in enumerate(cells)]


def merged_cells(sheet: CalamineSheet) -> dict[int, dict[int, Any]]:
    """By row and column the cells that were merged with another one; an .ods doesn't say."""
    last_row, last_column = sheet.end or (-1, -1)
    found: dict[int, dict[int, Any]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        marked = {"merged": f"{letters(left)}{top + 1}"}
        for row in range(top, min(bottom, last_row) + 1):
            for column in range(left, min(right, last_column) + 1):
                found.setdefault(row, {})[column] = marked
    return found


def letters(column: int) -> str:
    """A column from 0 as spreadsheets name it: AB."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def plain(cell: Any) -> Any:
    """A cell as JSON has it; an empty one is null."""
    if isinstance(cell, date | time | timedelta):
        return {"date": str(cell)}
    return None if isinstance(cell, str) and not cell.strip() else cell


def csv_rows(content: bytes, name: str) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8 or GB18030, separated by what its line of headers has most of."""
    try:
        text = decoded(content, name)
    except UnreadableDocumentError as error:
        raise RefusedFile(f"{error}。请另存为“CSV UTF-8（逗号分隔）”。") from error
    lines = text.split("\n")
    header = next((line for line in lines if "标识" in line), lines[0])
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=header.count), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [plain(cell) for cell in cells]
    except csv.Error as error:
        raise RefusedFile(f"CSV 文件在第 {reader.line_num} 行附近格式有误，可能是引号不成对。{SAVE_AS}") from error


def bounded(cells: list, where: str) -> list:
    """The cells of a row without the empty ones at its end; RefusedFile for more or longer ones than a table has."""
    last = max(column for column, cell in enumerate(cells) if cell is not None)
    if last >= MOST_COLUMNS:
        raise RefusedFile(f"{where}有多于 {MOST_COLUMNS} 列，不像录入表。请删去右边多余的内容。")
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
        raise RefusedFile(f"{where}有一格超过 {LONGEST_CELL} 字。")
    return cells[: last + 1]


if __name__ == "__main__":
    main(*sys.argv[1:])
