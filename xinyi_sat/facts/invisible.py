"""Control characters, which change what is seen, and texts of which nothing is seen: neither is recorded."""

import re

from django.core.exceptions import ValidationError

from xinyi_sat.reading.plain_text import visible_text

# Control characters, and those that turn the direction of what follows: after one, "12" may be read as "21".
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML knows no way to say them


def refuse_invisible(text: str) -> None:
    """ValidationError for a text with a control character, which says where it is, or with nothing that is seen."""
    if found := INVISIBLE.search(text):
        raise ValidationError(
            f"第 {found.start() + 1} 字是看不见的控制字符（U+{ord(found[0]):04X}），请删去后重新填写。"
        )
    if text and not visible_text(text):
        raise ValidationError("这里只有看不见的字符，请删去后重新填写。")


def printable(words: str) -> str:
    """Words without the signs that XML has no way to say."""
    return UNPRINTABLE.sub("", words)
