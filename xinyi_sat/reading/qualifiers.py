"""How exact a printed number is."""

from enum import StrEnum

from xinyi_sat.reading.vocabulary import WORDS


class Qualifier(StrEnum):
    """What the words around a number say about it; the values are those of exported files."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    AT_LEAST = "at_least"
    RANGE = "range"
    ROUNDED = "rounded"

    @property
    def label(self) -> str:
        return WORDS["readings"][self]["label"]

    @property
    def examples(self) -> str:
        return WORDS["readings"][self]["examples"]

    @property
    def meaning(self) -> str:
        return WORDS["readings"][self]["meaning"]
