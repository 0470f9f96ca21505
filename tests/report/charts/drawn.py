"""Figures that no record has, and the words and bars of a drawing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

from xinyi_sat.facts.changes.marks import Mark
from xinyi_sat.facts.choices import Basis, ChangeKind
from xinyi_sat.facts.figures import Figure
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.charts.svg import INK, LINE, SIZE, WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"
PERIOD = {"period_slug": "2030", "period_title": "2030年", "period_ends_on": date(2030, 12, 31)}
SOURCE = {"document_slug": "linhu", "document_title": "临湖县科协工作", "paragraph": 2, "start": 0, "end": 2}
COURSE = {"kind": "training", "slug": "farm-course", "service": "literacy", "note": "", "measure": "participants"}
CORRECTED = Mark(ChangeKind.CORRECTION, datetime(2026, 1, 1, tzinfo=UTC), "核对原文后更正")


def figure(wording: str, title: str = "农技班", **fields: object) -> Figure:
    """A figure that no record has."""
    shared = {"basis": Basis.NOT_STATED, "mark": None, **PERIOD, **SOURCE, **COURSE}
    return Figure(title=title, quantity=Quantity.read(wording), **shared | fields)


@dataclass(frozen=True)
class Words:
    """A line of words and its place."""

    text: str
    left: float
    baseline: float
    size: float

    @property
    def right(self) -> float:
        return self.left + width_of(self.text, self.size)

    def meets(self, other: "Words") -> bool:
        """Whether two lines overlap."""
        above = min(abs(self.baseline - other.baseline), LINE) < 0.9 * min(self.size, other.size)
        return above and self.left < other.right and other.left < self.right


class Drawn:
    """A drawing as its elements."""

    def __init__(self, svg: str):
        self.root = fromstring(svg)
        self.key = self.root.find(f"{SVG}g")

    def all(self, tag: str) -> list[Element]:
        """The elements of this name, the key left out."""
        in_key = [] if self.key is None else list(self.key.iter())
        return [one for one in self.root.iter(f"{SVG}{tag}") if one not in in_key]

    @property
    def words(self) -> list[Words]:
        """Every line of words."""
        lines = []
        for text in self.root.iter(f"{SVG}text"):
            size, share = float(text.get("font-size")), 0.5 if text.get("text-anchor") == "middle" else 0
            for span in text:
                left = float(span.get("x")) - share * width_of(span.text, size)
                lines.append(Words(span.text, left, float(span.get("y")), size))
        return lines

    @property
    def text(self) -> list[str]:
        """Every line of words."""
        return [line.text for line in self.words]

    def overlaps(self) -> list[tuple[str, ...]]:
        """The lines of words that overlap, or are not inside the drawing."""
        height = float(self.root.get("viewBox").split()[3])
        pairs = [(one.text, other.text) for one, other in combinations(self.words, 2) if one.meets(other)]
        inside = [
            SIZE * 0.7 <= one.baseline <= height and one.left >= 0 and one.right <= WIDTH + 0.01 for one in self.words
        ]
        return pairs + [(text,) for text, is_inside in zip(self.text, inside, strict=True) if not is_inside]

    def bars(self) -> list[tuple[float, float]]:
        """Where each solid bar begins and ends."""
        boxes = [one for one in self.all("rect") if one.get("fill") == INK]
        return [(float(one.get("x")), float(one.get("x")) + float(one.get("width"))) for one in boxes]
