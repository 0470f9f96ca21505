"""Characters that no installed typeface has: WeasyPrint draws an empty box for them and logs a warning."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

MISSING = ".notdef glyph rendered"  # how WeasyPrint's warning begins; its first argument is the character
FOLLOWING = "Too many glyphs missing"


class MissingGlyphError(ValueError):
    """No installed typeface has some characters of a report; the message names them."""

    def __init__(self, characters: list[str]):
        named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in characters)
        super().__init__(f"字体中没有{named}，印不出来。请改用别的字，或者安装有这个字的字体。")


class GlyphFilter(logging.Filter):
    """Takes the warnings of missing glyphs out of the log and collects their characters."""

    def __init__(self):
        super().__init__()
        self.characters: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg.startswith(MISSING) and record.args[0] not in self.characters:
            self.characters.append(record.args[0])
        return not record.msg.startswith((MISSING, FOLLOWING))


@contextmanager
def refuse_missing_glyphs() -> Iterator[None]:
    """MissingGlyphError at the end of the block if WeasyPrint had to draw an empty box in it."""
    logger, found = logging.getLogger("weasyprint"), GlyphFilter()
    logger.addFilter(found)
    try:
        yield
    finally:
        logger.removeFilter(found)
    if found.characters:
        raise MissingGlyphError(found.characters)
