"""The table of data that stands beside each chart."""

from dataclasses import dataclass

from xinyi_sat.facts.figures import Figure


@dataclass(frozen=True)
class Row:
    """A row: what it is of, cells of words under their heads, then a figure, if any, and where it was read."""

    name: str
    url: str
    cells: list[tuple[str, str]]
    figure: Figure | None = None
    names_document: bool = False  # whether the paragraph alone would not say which document is meant
