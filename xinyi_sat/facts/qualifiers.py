"""How a printed number is to be taken."""

from enum import StrEnum


class Qualifier(StrEnum):
    """What the words around a number say about it: as it stands, more, less, about."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    AT_LEAST = "at_least"
    RANGE = "range"
    ROUNDED = "rounded"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return QUALIFIER_LABELS[self]


QUALIFIER_LABELS = {
    Qualifier.EXACT: "如数",
    Qualifier.OVER: "多于",
    Qualifier.UNDER: "不到",
    Qualifier.ABOUT: "大约",
    Qualifier.AT_LEAST: "不少于",
    Qualifier.RANGE: "区间",
    Qualifier.ROUNDED: "约整",
}
