"""The annex of a report: every figure in reading order, in tables of a few hundred that the contents lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from xinyi_sat.facts.figures import Figure, has_marks
from xinyi_sat.facts.models import Document

MOST_FIGURES = 1500  # with more of them the annex refers to the workbook
PART_FIGURES = 250  # figures in one table, about twelve pages


@dataclass(frozen=True)
class AnnexPart:
    """Consecutive figures of the annex; `heading` and `anchor` are empty where one table has them all."""

    figures: Sequence[Figure]
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Annex:
    """All figures of a report, and the documents that they were read from."""

    figures: Sequence[Figure]
    documents: Sequence[Document]

    @property
    def is_listed(self) -> bool:
        """Whether the figures are few enough to be listed."""
        return len(self.figures) <= MOST_FIGURES

    @property
    def is_marked(self) -> bool:
        """Whether any figure was corrected since it was published."""
        return has_marks(self.figures)

    @property
    def parts(self) -> list[AnnexPart]:
        """The tables of the annex; none where it is not listed."""
        if not self.is_listed:
            return []
        if len(self.figures) <= PART_FIGURES:
            return [AnnexPart(self.figures)]
        return [self.part(start) for start in range(0, len(self.figures), PART_FIGURES)]

    def part(self, start: int) -> AnnexPart:
        """The table that begins with the figure at an index; its heading names the paragraphs where there is one document."""
        figures = self.figures[start : start + PART_FIGURES]
        where = f"（第{figures[0].paragraph}至{figures[-1].paragraph}段）" if len(self.documents) == 1 else ""
        heading = f"第{start + 1}至{start + len(figures)}个数字{where}"
        return AnnexPart(figures, heading, f"annex-{start + 1}")
