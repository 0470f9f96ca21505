"""A quantity: its wording as printed, and the number, bounds and unit read from it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from xinyi_sat.reading.phrases import RANGE, SINGLE, Reading, read_range, read_single
from xinyi_sat.reading.plain_text import half_width, visible_text
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.reading.vocabulary import WORDS

__all__ = ["Qualifier", "Quantity", "UnreadableQuantityError"]

LONGEST_WORDING = 60
GRAMMAR = ((RANGE, read_range), (SINGLE, read_single))
COUNTED_WHOLE = frozenset(WORDS["counted"].split())
PEOPLE = frozenset("人名位")
FROM = "从由自"  # "从20家到30家" is growth and no range.


class UnreadableQuantityError(ValueError):
    """The text is not one quantity; the message says in Chinese what was expected."""

    def __init__(self, text: str):
        shown = text if len(text) <= LONGEST_WORDING else text[:LONGEST_WORDING] + "…"
        super().__init__(f"看不懂“{shown}”：应写作数字加单位，例如“17期”“4200多名”“5.36万人次”。")


@dataclass(frozen=True)
class Quantity:
    """One printed quantity. It sorts by `number` and means something from `low` to `high`, None where that end is open."""

    wording: str
    number: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str

    def __str__(self) -> str:
        return self.wording

    @property
    def counting_word(self) -> str:
        """The unit for comparison: half-width, without the second word of 次（期）; 人（次） is 人次, for it counts attendances."""
        word, _, second = half_width(self.unit).partition("(")
        return "人次" if word in PEOPLE and second == "次)" else word

    @property
    def is_fraction_of_countable(self) -> bool:
        """Whether it has decimals though its unit is counted in whole numbers, as 1.5期 would."""
        bounds = (one for one in (self.number, self.low, self.high) if one is not None)
        return self.counting_word in COUNTED_WHOLE and any(one % 1 for one in bounds)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a text that is one quantity and nothing else; UnreadableQuantityError otherwise."""
        wording = visible_text(text)
        if len(wording) > LONGEST_WORDING:
            raise UnreadableQuantityError(wording)
        plain = half_width(wording)
        for pattern, meaning in GRAMMAR:
            match = pattern.fullmatch(plain)
            reading = match and meaning(match)
            if reading:
                return cls._from_reading(wording, 0, match, reading)
        raise UnreadableQuantityError(wording)

    @classmethod
    def find_at(cls, printed: str, plain: str, start: int) -> tuple[Self, re.Match] | None:
        """The quantity that begins at an offset of a text, with its match in `plain`, the same text in half-width characters."""
        grows = start and plain[start - 1] in FROM
        for pattern, meaning in GRAMMAR[1:] if grows else GRAMMAR:
            match = pattern.match(plain, start)
            reading = match and match.end() - start <= LONGEST_WORDING and meaning(match)
            if reading:
                return cls._from_reading(printed[start : match.end()], start, match, reading), match
        return None

    @classmethod
    def _from_reading(cls, wording: str, start: int, match: re.Match, reading: Reading) -> Self:
        """A quantity with the unit as printed: full-width characters stay."""
        unit = reading.unit
        if not isinstance(unit, str):
            begin, end = unit
            unit = wording[begin - start : end - start] if begin >= 0 else ""
        return cls(wording, reading.number, reading.low, reading.high, reading.qualifier, unit)
