"""A chart as a picture that every office program shows: Word before 2016 and most others know nothing of SVG."""

from dataclasses import dataclass
from xml.etree import ElementTree

import resvg_py

from xinyi_sat.report.imprint import LANGUAGE

WIDEST, HIGHEST = 323, 581  # points, as on paper: 114 mm by 205 mm
DOTS = 300 / 72  # in a point: what an office printer makes
SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Picture:
    """A picture, its size in points, and what it shows in words."""

    png: bytes
    width: float
    height: float
    words: str


def picture_of(svg: str) -> Picture:
    """A drawing of ours as a picture; its title and description are the words."""
    drawing = ElementTree.fromstring(svg)
    width, height = float(drawing.get("width")), float(drawing.get("height"))
    scale = min(WIDEST / width, HIGHEST / height)
    words = [drawing.findtext(f"{SVG}{name}", "") for name in ("title", "desc")]
    png = resvg_py.svg_to_bytes(
        svg_string=str(svg), width=round(width * scale * DOTS), background="white", languages=[LANGUAGE]
    )
    return Picture(png, width * scale, height * scale, "。".join(one for one in words if one))
