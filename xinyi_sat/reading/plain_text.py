"""Text without hidden characters, and text in the half-width characters that the grammar is written for."""

import re
from collections.abc import Sequence

# Default_Ignorable_Code_Point of Unicode (zero-width spaces, soft hyphens, Hangul fillers, variation selectors …), but not
# the marks that turn the direction of writing: they change what is seen, so texts with them are refused.
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Spaces of any width but the full-width one, which is seen as such; line and paragraph separators; the blank of Braille.
SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u1680\u2028\u2029\u202f\u205f\u2800" + "".join(map(chr, range(0x2000, 0x200B))), " ")
)
HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９％．，：；－—–―‒−～〜∼（）＋／○\u3000",
    "0123456789%.,:;------~~~()+/〇 ",
)


def visible_text(text: str) -> str:
    """The text without hidden characters, with plain spaces and line breaks, and without any at its ends."""
    return plain_line_breaks(plain_spaces(HIDDEN.sub("", text))).replace("\t", " ").strip()


def plain_line_breaks(text: str) -> str:
    """The text with a line feed for every line break; XML and Excel would make two of that of Windows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain_spaces(text: str) -> str:
    """The text with a plain space for every other kind of space; offsets stay."""
    return text.translate(SPACES)


def half_width(text: str) -> str:
    """The text with half-width digits, punctuation and spaces; offsets stay."""
    return plain_spaces(text).translate(HALF_WIDTH)


def visible_offsets(text: str) -> Sequence[int]:
    """The offset in the text of each character that is seen."""
    if not HIDDEN.search(text):
        return range(len(text))
    return [offset for offset, character in enumerate(text) if not HIDDEN.match(character)]
