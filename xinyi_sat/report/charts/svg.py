"""SVG elements with attributes only, no style and no id: a strict policy shows them, and many stand on one page.

Lengths are units of a drawing 360 wide, which a phone shows as about as many pixels.
"""

import re
import unicodedata
from xml.etree.ElementTree import Element, tostring

from django.utils.safestring import SafeString, mark_safe

from xinyi_sat.report.typefaces import STACKS

WIDTH = 360
SIZE, SMALL, LINE = 12, 10.5, 15  # letters of labels and of scales, and the height of a line
INK, GREY, FAINT, BLACK = "#17406d", "#555", "#d4d4d4", "#000"
# No space after a comma: WeasyPrint would take it for part of the name.
FONTS = ",".join([*STACKS["charts"], "Source Han Sans SC", "sans-serif"])
# A line is not broken inside a run of letters and digits, nor before closing punctuation or behind an opening bracket.
WORD = re.compile(r"[“‘（《〈【(\[]*(?:[0-9A-Za-z.,%/+:_-]+|.)[，。、；：！？”’）》〉】)\]…]*")


def shape(tag: str, *children: Element, words: str | None = None, **attributes: object) -> Element:
    """An element with its children; the attribute stroke_width becomes stroke-width, numbers get at most two decimals."""
    made = Element(tag, {name.replace("_", "-"): plain(value) for name, value in attributes.items()})
    made.text = words
    made.extend(children)
    return made


def plain(value: object) -> str:
    """A number with at most two decimals, anything else as it is."""
    if not isinstance(value, int | float):
        return str(value)
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def lettering(lines: list[str], x: float, y: float, size: float = SIZE, **attributes: object) -> Element:
    """Lines of text, the first on the baseline y."""
    spans = [shape("tspan", words=line, x=x, y=y + number * LINE) for number, line in enumerate(lines)]
    return shape("text", *spans, font_size=size, **{"fill": BLACK} | attributes)


def backed(lines: list[str], x: float, y: float, **attributes: object) -> list[Element]:
    """Lines of text on a white ground, so that no line of a scale crosses them."""
    wide = max(width_of(line) for line in lines)
    paper = shape("rect", x=x - 2, y=y - SIZE, width=wide + 4, height=LINE * len(lines), fill="#fff")
    return [paper, lettering(lines, x, y, **attributes)]


def width_of(words: str, size: float = SIZE) -> float:
    """The most that a text takes: an em for a Chinese character, 0.6 for a letter or a digit."""
    return size * sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.6 for character in words)


def wrapped(words: str, room: float) -> list[str]:
    """A text in lines no wider than the room; a word that is wider than a line is broken anywhere."""
    lines = [""]
    for word in WORD.findall(re.sub(r"[^\S\u3000]+", " ", words)):
        for piece in [word] if width_of(word) <= room else word:
            if lines[-1] and width_of(lines[-1] + piece) > room:
                lines.append("")
            lines[-1] = (lines[-1] + piece).lstrip()
    return [line.rstrip() for line in lines]


def hatched(x: float, y: float, width: float, height: float) -> list[Element]:
    """A box of slanted lines, which are seen in print without colour too."""
    slants = []
    for foot in range(2 - int(height), int(width) + 1, 4):
        left, right = max(foot, 0), min(foot + height, width)
        if left < right:
            ends = (x + left, y + height - left + foot, x + right, y + height - right + foot)
            slants.append("M{} {}L{} {}".format(*map(plain, ends)))
    box = shape("rect", x=x, y=y, width=width, height=height, fill="#fff", stroke=INK, stroke_width=0.8)
    return [box, shape("path", d="".join(slants), stroke=INK, stroke_width=0.9, fill="none")] if slants else [box]


def drawing(title: str, description: str, height: float, shapes: list[Element]) -> SafeString:
    """A whole drawing, with a title and a description that screen readers read out."""
    named = [shape("title", words=title), shape("desc", words=description)]
    box = {"viewBox": f"0 0 {WIDTH} {plain(height)}", "width": WIDTH, "height": height}
    whole = shape("svg", *named, *shapes, xmlns="http://www.w3.org/2000/svg", role="img", **box, font_family=FONTS)
    return mark_safe(tostring(whole, encoding="unicode"))
