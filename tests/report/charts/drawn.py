"""Figures that no record has, and the words and bars of a drawing."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, fromstring

from xinyi_sat.facts.changes.marks import Mark
from xinyi_sat.facts.choices import Basis, ChangeKind
from xinyi_sat.facts.figures import Figure
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.charts.svg import INK, LINE, SIZE, WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"


FARM_COURSE = Figure(
    kind="training",
    slug="farm-course",
    title="农技班",
    service="literacy",
    basis=Basis.NOT_STATED,
    note="",
    period_slug="2030",
    period_title="2030年",
    period_ends_on=date(2030, 12, 31),
    document_slug="linhu",
    document_title="临湖县科协工作",
    paragraph=2,
    measure="participants",
    quantity=Quantity.read("2人"),
    start=0,
    end=2,
    mark=None,
)


CORRECTED = Mark(ChangeKind.CORRECTION, datetime(2026, 1, 1, tzinfo=UTC), "核对原文后更正")


def figure(wording: str, title: str = "农技班", **fields: object) -> Figure:
    """A figure that no record has."""
    return replace(FARM_COURSE, title=title, quantity=Quantity.read(wording), **fields)


@dataclass(frozen=True)
class Words:
    """A line of words and the box that it takes."""

    text: str
    left: float
    baseline: float
    size: float

    @property
    def right(self) -> float:
        return self.left + width_of(self.text, self.size)

    def meets(self, other: "Words") -> bool:
        """Whether two lines stand in each other's way."""
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
    def height(self) -> float:
        return float(self.root.get("viewBox").split()[3])

    @property
    def words(self) -> list[Words]:
        """Every line of words with its place."""
        lines = []
        for text in self.root.iter(f"{SVG}text"):
            size = float(text.get("font-size"))
            for span in text:
                share = {"middle": 0.5, "end": 1}.get(text.get("text-anchor"), 0)
                left = float(span.get("x")) - share * width_of(span.text, size)
                lines.append(Words(span.text, left, float(span.get("y")), size))
        return lines

    @property
    def text(self) -> list[str]:
        """Every line of words."""
        return [line.text for line in self.words]

    def overlaps(self) -> list[tuple[str, str]]:
        """The lines of words that stand in each other's way, or out of the drawing."""
        words = self.words
        pairs = [(one, other) for place, one in enumerate(words) for other in words[place + 1 :] if one.meets(other)]
        outside = [one for one in words if one.left < -0.01 or one.right > WIDTH + 0.01]
        outside += [one for one in words if one.baseline < SIZE * 0.7 or one.baseline > self.height]
        return [(one.text, other.text) for one, other in pairs] + [(one.text, "") for one in outside]

    def bars(self) -> list[tuple[float, float]]:
        """Where each solid bar begins and ends."""
        boxes = [one for one in self.all("rect") if one.get("fill") == INK]
        return [(float(one.get("x")), float(one.get("x")) + float(one.get("width"))) for one in boxes]
