"""Typefaces of a bound PDF: each is embedded once, with every glyph that any of the chapters used."""

from collections.abc import Iterable, ValuesView
from dataclasses import dataclass
from html import escape
from typing import Any

ITALIC = 2  # what Pango calls an italic; an oblique is 1


class MissingTypeface(LookupError):  # noqa: N818 (it says what is wrong)
    """A chapter was set in a typeface that the front can't be set in, so that it can't be embedded."""


@dataclass(frozen=True)
class Typeface:
    """A typeface, and what a chapter used of it."""

    family: str
    slant: int
    weight: int
    glyphs: dict[int, str]  # number of the glyph: the characters it stands for
    widths: dict[int, int]  # number of the glyph: thousandths of the type size

    def sample(self) -> str:
        """A letter in this typeface, as HTML."""
        letter = next((text for text in self.glyphs.values() if len(text) == 1 and not text.isspace()), "一")
        slant = "italic" if self.slant == ITALIC else "oblique" if self.slant else "normal"
        style = f"font-family: '{self.family}'; font-style: {slant}; font-weight: {self.weight}"
        return f'<span style="{escape(style)}">{escape(letter)}</span>'


class UnwrittenFonts(dict):
    """The fonts of a document that is painted and not written: none is embedded, which would take longer than painting."""

    def values(self) -> ValuesView:
        """What WeasyPrint embeds: nothing."""
        return {}.values()

    def used(self) -> dict[str, Typeface]:
        """What was used of each typeface, by the name it has in the PDF."""
        faces: dict[str, Typeface] = {}
        for font in super().values():
            face = Typeface(font.family, font.style, font.weight, dict(font.to_unicode), dict(font.widths))
            faces[font.hash] = joined([faces[font.hash], face]) if font.hash in faces else face
        return faces


class SharedFonts(dict):
    """The fonts of the front, with the glyphs that the chapters used."""

    def __init__(self, shared: dict[str, Typeface]):
        super().__init__()
        self.shared = shared

    def __setitem__(self, key: Any, font: Any) -> None:
        """Note a font that is used for the first time."""
        if face := self.shared.get(font.hash):
            font.to_unicode.update(face.glyphs)
            font.widths.update(face.widths)
        super().__setitem__(key, font)

    def check(self) -> None:
        """See that every typeface of the chapters is among those of the front; MissingTypeface otherwise."""
        lost = self.shared.keys() - {font.hash for font in super().values()}
        if lost:
            raise MissingTypeface("、".join(sorted(self.shared[name].family for name in lost)))


def joined(faces: Iterable[Typeface]) -> Typeface:
    """The same typeface with the glyphs of all."""
    first, *others = faces
    glyphs, widths = dict(first.glyphs), dict(first.widths)
    for face in others:
        glyphs |= face.glyphs
        widths |= face.widths
    return Typeface(first.family, first.slant, first.weight, glyphs, widths)


def all_typefaces(chapters: Iterable[dict[str, Typeface]]) -> dict[str, Typeface]:
    """The typefaces of all chapters; glyphs in an order that does not depend on who printed first."""
    faces: dict[str, list[Typeface]] = {}
    for used in chapters:
        for name, face in used.items():
            faces.setdefault(name, []).append(face)
    return {name: joined(several) for name, several in sorted(faces.items())}
