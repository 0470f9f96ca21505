"""Control characters, and texts of hidden characters only: both are refused."""

import re

from django.core.exceptions import ValidationError

from xinyi_sat.reading.plain_text import plain_line_breaks, visible_text

# Control characters, and those that turn the direction of what follows: after one, "12" may be read as "21".
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # which no XML file may contain


def refuse_invisible(text: str) -> None:
    """ValidationError for a text with a control character, or with hidden characters only."""
    if found := INVISIBLE.search(text):
        raise ValidationError(
            f"第 {found.start() + 1} 字是看不见的控制字符（U+{ord(found[0]):04X}），请删去后重新填写。"
        )
    if text and not visible_text(text):
        raise ValidationError("这里只有看不见的字符，请删去后重新填写。")


def printable(text: str) -> str:
    """The text with plain line breaks, without the characters that no XML file may contain."""
    return UNPRINTABLE.sub("", plain_line_breaks(text))
