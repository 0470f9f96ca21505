"""What stands in a cell, taken as an office means it; whatever can't be meant is refused in Chinese."""

import re
from math import isfinite
from typing import Any
from unicodedata import normalize

from xinyi_sat.facts.invisible import INVISIBLE
from xinyi_sat.facts.uploads.refusal import RefusedCell

ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}
NOT_A_NAME = re.compile(r"[\s“”\"'‘’《》]+")
PARAGRAPH = re.compile(r"第?([0-9]{1,9})段?")


def known_by(text: str) -> str:
    """What a name is looked up by: full-width or half-width, with or without spaces, quotation marks and 《》 is the same."""
    return NOT_A_NAME.sub("", normalize("NFKC", text)).casefold()


def words(cell: Any) -> str:
    """The text of a cell, several lines where it has them; RefusedCell for a formula without a result."""
    text = trimmed(as_typed(cell))
    if text in ERRORS:
        raise RefusedCell("公式没有算出结果，请改好，或改成文字。")
    if INVISIBLE.search(text):
        raise RefusedCell("这一格含有看不见的控制字符，请清除后重新输入。")
    return text


def is_merged(cell: Any) -> bool:
    """Whether a cell was merged with another one, in which stands whatever it says."""
    return isinstance(cell, dict) and "merged" in cell


def as_typed(cell: Any) -> str:
    """A cell as somebody might have typed it; RefusedCell for one that was merged with another."""
    if is_merged(cell):
        raise RefusedCell(f"这一格与 {cell['merged']} 合并了，看不出填的是什么。请取消合并，每一行都填写。")
    if isinstance(cell, dict):
        return cell.get("date", "#N/A")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return number_in_words(cell)
    return "" if cell is None else str(cell)


def trimmed(text: str) -> str:
    """A text without the blanks around it, its lines divided as spreadsheets divide them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def number_in_words(number: float) -> str:
    """A number as somebody typed it: 17 and not 17.0."""
    if not isfinite(number):
        raise RefusedCell("这一格不是一个数。")
    return f"{number:.0f}" if number.is_integer() else repr(number)


def line(cell: Any) -> str:
    """The text of a cell that has one line."""
    text = words(cell)
    if "\n" in text:
        raise RefusedCell("这一格有换行，请改成一行。")
    return text


def whole_number(cell: Any, example: str) -> int | None:
    """A count such as 10, 第10段 or １０; none where the cell is empty."""
    text = known_by(line(cell))
    if not text:
        return None
    match = PARAGRAPH.fullmatch(text)
    if match is None:
        raise RefusedCell(f"“{line(cell)}”不是整数，应写作数字，例如 {example}。")
    return int(match[1])


def printed_figure(cell: Any) -> str:
    """The wording of a figure; what a spreadsheet has made a date of is none."""
    if isinstance(cell, dict) and "date" in cell:
        raise RefusedCell(
            f"这一格是日期或时间（{cell['date']}），可能是表格软件自动改的。请把单元格设为“文本”，照原文填写。"
        )
    return line(cell)
