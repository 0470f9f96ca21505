"""Figures that no record has, and the words and bars of a drawing."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

from outreach.models import Training
from xinyi_sat.facts.choices import Basis, ChangeKind, Dimension
from xinyi_sat.facts.models import Change, Document, Figure, Measure, Passage, Period
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.charts.chart import figures_chart
from xinyi_sat.report.charts.svg import INK, LINE, SIZE, WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"
PASSAGE = Passage(document=Document(slug="linhu", title="临湖县科协工作"), paragraph=2)
CORRECTION = Change(pk=1, kind=ChangeKind.CORRECTION, made_at=datetime(2026, 1, 1, tzinfo=UTC), reason="核对原文后更正")


def figure(wording: str, title: str = "农技班", *, basis: Basis = Basis.NOT_STATED, year: str = "2030") -> Figure:
    """A figure of a course in a year, of a measure that takes its unit; nothing is saved."""
    unit = Quantity.read(wording).counting_word
    dimension = next((one for one in Dimension if unit in one.own_units), Dimension.COUNT)
    measure = Measure(slug="participants", label="人数", dimension=dimension, units=unit)
    period = Period(slug=year, title=f"{year}年")
    fact = Training(title=title, slug="farm-course", kind="training", basis=basis, period=period, passage=PASSAGE)
    made = Figure(fact=fact, measure=measure, wording=wording, start=0, end=2)
    made.read_wording()
    return made


def corrected(one: Figure) -> Figure:
    """The same figure, corrected since it was published."""
    one.corrected_by = CORRECTION
    return one


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


class Drawing:
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
        """Every line of words with its place."""
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
        outside = [
            (one.text,)
            for one in self.words
            if not (SIZE * 0.7 <= one.baseline <= height and one.left >= 0 and one.right <= WIDTH + 0.01)
        ]
        return pairs + outside

    def bars(self) -> list[tuple[float, float]]:
        """Where each solid bar begins and ends."""
        boxes = [one for one in self.all("rect") if one.get("fill") == INK]
        return [(float(one.get("x")), float(one.get("x")) + float(one.get("width"))) for one in boxes]


def drawn(*wordings: str, title: str = "农技班") -> Drawing:
    """A chart of these figures."""
    return Drawing(figures_chart([figure(wording, title) for wording in wordings]).svg)
