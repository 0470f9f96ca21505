"""Folios: the numbers of the bound pages, drawn as the stylesheet draws them.

The stylesheet says what stands in the margin, in which type and on which side. WeasyPrint sets one left and one right page
with a number of all ten digits; from their drawings the glyphs and their places are taken, and any other number is put
together of them.
"""

import re
from dataclasses import dataclass

from pydyf import Stream

TEN_DIGITS = "1234567890"
PIXEL = 0.75  # points
GLYPH = re.compile(rb"<([0-9a-f]{4})>([^<\]]*(?:<>[^<\]]*)*)")


@dataclass(frozen=True)
class Glyph:
    """A glyph as drawn: its code, what follows it in the drawing, and how far it moves the pen, in ems."""

    code: bytes
    behind: bytes
    advance: float


@dataclass(frozen=True)
class Folio:
    """How a number is drawn on a left or on a right page."""

    before: list[Glyph]
    digits: dict[str, Glyph]
    after: list[Glyph]
    font: bytes
    size: float  # points
    left: float  # where the ten digits begin
    bottom: float
    is_right: bool

    def drawing(self, number: int) -> bytes:
        """A number, as the content of a page: it belongs to the paper, not to the text."""
        drawn = [*self.before, *(self.digits[digit] for digit in str(number)), *self.after]
        text = b"".join(b"<" + one.code + b">" + one.behind for one in drawn)
        left = (
            self.left
            + (self.width([*self.before, *self.digits.values(), *self.after]) - self.width(drawn)) * self.is_right
        )
        return b"\n".join(
            [
                b"/Artifact <</Type /Pagination/Subtype /Footer>> BDC",
                b"BT",
                b"1 0 0 1 %.6f %.6f Tm" % (left, self.bottom),
                b"/%b %.6f Tf" % (self.font, self.size),
                b"[" + text + b"] TJ",
                b"ET",
                b"EMC",
            ]
        )

    def width(self, glyphs: list[Glyph]) -> float:
        """The room that glyphs take, in points."""
        return self.size * sum(glyph.advance for glyph in glyphs)


def folio_in(drawing: Stream, height: float, fonts: dict, *, is_right: bool) -> Folio:
    """The folio of a specimen page of this height in points."""
    lines = [line if isinstance(line, bytes) else str(line).encode() for line in drawing.stream]
    begin = len(lines) - 1 - lines[::-1].index(b"BT")
    matrix, font, shown = lines[begin + 1 : begin + 4]
    *_, x, y, _ = matrix.split()
    name, size, _ = font.split()
    face = next(one for one in fonts.values() if one.hash == name[1:].decode())
    glyphs = [glyph_of(code, behind, face) for code, behind in GLYPH.findall(shown)]
    letters = "".join(face.to_unicode[int(glyph.code, 16)] for glyph in glyphs)
    start = letters.index(TEN_DIGITS)
    end = start + len(TEN_DIGITS)
    return Folio(
        before=glyphs[:start],
        digits=dict(zip(TEN_DIGITS, glyphs[start:end], strict=True)),
        after=glyphs[end:],
        font=name[1:],
        size=float(size) * PIXEL,
        left=float(x) * PIXEL,
        bottom=height - float(y) * PIXEL,
        is_right=is_right,
    )


def glyph_of(code: bytes, behind: bytes, face: object) -> Glyph:
    """A glyph of a drawing; the numbers behind it take back a thousandth of an em each."""
    back = sum(float(number) for number in behind.replace(b"<>", b" ").split())
    return Glyph(code, behind, (face.widths[int(code, 16)] - back) / 1000)
