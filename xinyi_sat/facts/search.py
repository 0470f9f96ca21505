"""Searches ignore the width and case of characters, and thousands separators."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from xinyi_sat.reading.plain_text import visible_text

MOST_WORDS = 6
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def searchable(text: str) -> str:
    """A text as searches compare it: ２，３４２ and 2,342 become 2342, letters small, hidden characters left out."""
    return THOUSANDS.sub("", unicodedata.normalize("NFKC", visible_text(text)).casefold())


def words_in(question: str) -> list[str]:
    """The words a reader looks for."""
    return searchable(question).split()


def refuse_many_words(question: str) -> None:
    """ValidationError for a question of too many words: each costs the database a pass over all texts."""
    if len(words_in(question)) > MOST_WORDS:
        raise ValidationError(f"一次最多查找 {MOST_WORDS} 个词。")
