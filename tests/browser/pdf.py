"""The words of a PDF, read without a program that a bare machine lacks."""

import re
from io import BytesIO

import pikepdf


def words_of_pdf(content: bytes) -> str:
    """Every character in the order it is drawn, lines run together."""
    with pikepdf.open(BytesIO(content)) as document:
        return "".join(words_of_page(page) for page in document.pages)


def words_of_page(page: pikepdf.Page) -> str:
    """The characters of one page."""
    fonts = {name: characters_of(font) for name, font in page.resources.get("/Font", {}).items()}
    words, characters = [], {}
    for operands, operator in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        if str(operator) == "Tf":
            characters = fonts[str(operands[0])]
        else:
            glyphs = b"".join(bytes(piece) for piece in drawn(operands[0]))
            words += [characters.get(glyphs[at : at + 2], "") for at in range(0, len(glyphs), 2)]
    return "".join(words)


def drawn(shown: pikepdf.Object) -> list[pikepdf.String]:
    """The strings of a text operator; the numbers between them move the pen."""
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    return [piece for piece in pieces if isinstance(piece, pikepdf.String)]


def characters_of(font: pikepdf.Object) -> dict[bytes, str]:
    """The characters that each glyph of a font stands for."""
    lines = re.findall(rb"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes(), re.MULTILINE)
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(word.decode()).decode("utf-16-be") for glyph, word in lines}
