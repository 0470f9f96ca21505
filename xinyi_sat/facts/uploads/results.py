"""Formulas without a result: calamine gives an empty cell for them, and a figure would be lost without a word."""

import io
import re
import struct
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree

import olefile

from xinyi_sat.facts.uploads.refusal import RefusedFile
from xinyi_sat.facts.uploads.unpacking import DAMAGED, SAVE_AS, parts_of

Place = tuple[str, int, int]  # the sheet by its name, row and column counted from 0

BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*)>")
ERROR = re.compile(rb'\bt="e"')
WORDS = re.compile(rb'\bt="str"')  # a formula may well give empty words
NOT_COMPUTED = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:\w+:)?f>)\s*"
    rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"
)
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
OPEN_DOCUMENT_ERROR = re.compile(rb'value-type="error"')

# Records of an .xls that matter here, and how a formula's eight bytes of result say that it is an error.
BEGINS, ENDS, SHEET_NAME, FORMULA, BOOLEAN_OR_ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
NO_NUMBER, AN_ERROR = 0xFFFF, 2


def without_result(content: bytes) -> set[Place]:
    """The cells of a workbook whose formula gave an error or was never computed; RefusedFile for an .ods with any."""
    return without_result_in_zip(content) if content.startswith(b"PK") else set(without_result_in_records(content))


def without_result_in_zip(content: bytes) -> set[Place]:
    """The same of an .xlsx or .ods."""
    cells, described = {}, {}
    for name, xml in parts_of(content):
        if name in (BOOK, BOOK_RELATIONS):
            described[name] = xml
        elif name.startswith("xl/") and "sheet" in name:
            cells[name] = set(cells_without_result(xml))
        elif name == "content.xml" and OPEN_DOCUMENT_ERROR.search(xml):
            raise RefusedFile(f"表中有公式没有算出结果（如 #DIV/0!），请改好，或改成文字。{SAVE_AS}")
    names = sheet_names(described) if any(cells.values()) else {}
    return {(names[part], row, column) for part in names for row, column in cells.get(part, ())}


def cells_without_result(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of such cells in one sheet of an .xlsx."""
    errors = (match[1] for match in CELL.finditer(xml) if ERROR.search(match[1]))
    missing = (match[1] for match in NOT_COMPUTED.finditer(xml) if not WORDS.search(match[1]))
    for attributes in (*errors, *missing):
        if address := ADDRESS.search(attributes):
            yield int(address[2]) - 1, column_number(address[1].decode())


def column_number(letters: str) -> int:
    """Column AB as a number from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def sheet_names(described: dict[str, bytes]) -> dict[str, str]:
    """Which part of an .xlsx is the sheet of which name."""
    try:
        book, relations = (ElementTree.fromstring(described[name]) for name in (BOOK, BOOK_RELATIONS))
    except (KeyError, ElementTree.ParseError) as error:
        raise RefusedFile(DAMAGED) from error
    targets = {one.get("Id"): normpath(join("/xl", one.get("Target", ""))).lstrip("/") for one in relations}
    return {
        targets[value]: sheet.get("name", "")
        for sheet in book.iterfind(".//{*}sheet")
        for key, value in sheet.items()
        if key.endswith("}id") and value in targets
    }


def without_result_in_records(content: bytes) -> Iterator[Place]:
    """The same of an .xls: the workbook itself, then its sheets, each from its beginning to its end."""
    names: list[str] = []
    begun, inside = 0, 0  # a chart begins and ends inside its sheet
    for kind, body in records_of(content):
        if kind == SHEET_NAME:
            names.append(sheet_name(body))
        elif kind == BEGINS:
            begun += not inside
            inside += 1
        elif kind == ENDS:
            inside -= 1
        elif is_error(kind, body) and 2 <= begun <= len(names) + 1:
            yield (names[begun - 2], *struct.unpack_from("<HH", body))


def records_of(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of an .xls: what they are, and what they say."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as parts:
            if parts.exists("EncryptedPackage"):
                raise RefusedFile("工作簿设有打开密码，请取消密码后再上传。")
            stream = parts.openstream("Workbook").read()
    except OSError as error:
        raise RefusedFile(DAMAGED) from error
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def sheet_name(body: bytes) -> str:
    """The name of a sheet, from the record that announces it: one byte a character, or two."""
    return body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")


def is_error(kind: int, body: bytes) -> bool:
    """Whether a record is a cell that holds an error."""
    if kind == FORMULA and len(body) >= 14:
        return struct.unpack_from("<H", body, 12)[0] == NO_NUMBER and body[6] == AN_ERROR
    return kind == BOOLEAN_OR_ERROR and len(body) >= 8 and body[7] == 1
