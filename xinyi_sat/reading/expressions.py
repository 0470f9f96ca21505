"""Every numeral expression of a paragraph: a quantity, or what else it stands for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xinyi_sat.reading.context import is_qualifier, is_quantity
from xinyi_sat.reading.non_quantities import KIND_OF_GROUP, Kind, non_quantity_pattern
from xinyi_sat.reading.phrases import BEFORE_MEANS
from xinyi_sat.reading.plain_text import half_width, plain_spaces, visible_offsets
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.reading.vocabulary import longest_first

__all__ = ["Expression", "Kind", "read_expressions"]

CHINESE = "〇零一二两三四五六七八九十百千万亿"
CANDIDATE = re.compile(
    rf"[0-9①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻ{CHINESE}数几]"
    rf"|(?:{'|'.join(longest_first(' '.join(BEFORE_MEANS)))}|[第前]) ?(?=[0-9数几{CHINESE}])"
    rf"|(?:周|星期|礼拜|\()(?=[0-9{CHINESE}])|[\[〔【](?=[12][0-9])|成(?=以|千上|百上)"
    r"|(?<![A-Za-z])[A-Za-z][A-Za-z.-]{0,19} ?(?=[0-9])"
)
UNKNOWN_NUMERAL = re.compile(rf"[0-9](?:[0-9.,]*[0-9])?|[{CHINESE}]+[\u4e00-\u9fff]?")
NAMED = re.compile(
    r"《[^《》]{1,100}》|〈[^〈〉]{1,60}〉|【[^【】]{1,60}】"
    r"|“[^“”,。;!?]{1,16}”|‘[^‘’,。;!?]{1,16}’|「[^「」,。;!?]{1,16}」|『[^『』,。;!?]{1,16}』"
)
STRAIGHT_QUOTES = re.compile(r'"([^"]{0,200})"')
SHORT_NAME = re.compile("[^,。;!?]{1,16}")


@dataclass(frozen=True)
class Expression:
    """A numeral expression: offsets in the paragraph, and its visible text; `quantity` is None unless it is one."""

    start: int
    end: int
    wording: str
    kind: Kind
    quantity: Quantity | None = None


def read_expressions(paragraph: str) -> list[Expression]:
    """Every numeral expression of a paragraph, in order; none overlaps another."""
    offsets = visible_offsets(paragraph)
    printed = plain_spaces("".join(paragraph[offset] for offset in offsets))
    plain = half_width(printed)
    found = _without_named(_scan(printed, plain), plain)
    return [replace(one, start=offsets[one.start], end=offsets[one.end - 1] + 1) for one in found]


def _scan(printed: str, plain: str) -> Iterator[Expression]:
    """The expressions of a text; `plain` is the same text in half-width characters."""
    position = 0
    while candidate := CANDIDATE.search(plain, position):
        start = candidate.start()
        kind, end, quantity = _read_at(printed, plain, start)
        if kind:
            yield Expression(start, end, printed[start:end], kind, quantity)
        position = max(end, start + 1)  # so that the loop ends


def _read_at(printed: str, plain: str, start: int) -> tuple[Kind | None, int, Quantity | None]:
    """What begins at an offset: its kind, None for an everyday word; where it ends; its quantity."""
    other = non_quantity_pattern().match(plain, start)
    if other:
        return KIND_OF_GROUP.get(other.lastgroup), other.end(), None
    found = Quantity.find_at(printed, plain, start)
    if not found:
        return _unknown_numeral(plain, start)
    quantity, match = found
    if _has_word_before(match) and not _has_qualifier(plain, match):
        return None, max(start + 1, match.end("before")), None
    if is_quantity(plain, match):
        return Kind.QUANTITY, match.end(), quantity
    return (Kind.NAME if plain[start].isdigit() else None), match.end(), None


def _has_word_before(match: re.Match) -> bool:
    return bool(match["before"] or match.groupdict().get("vague"))


def _has_qualifier(plain: str, match: re.Match) -> bool:
    """Whether its first word is a qualifier of a number; the number of 近两大产业 is part of a name."""
    if not is_qualifier(plain, match):
        return False
    number = match.start("digits")
    return number < 0 or plain[number] in "百千万亿" or not non_quantity_pattern().match(plain, number)


def _unknown_numeral(plain: str, start: int) -> tuple[Kind | None, int, None]:
    """A numeral that no rule knows: a name, or for a single 一 an everyday word."""
    rest = UNKNOWN_NUMERAL.match(plain, start)
    if not rest:
        return None, start + 1, None
    is_single = rest.group().startswith("一") and rest.group()[1:2] not in set(CHINESE)
    return (None, start + 1, None) if is_single else (Kind.NAME, rest.end(), None)


def _without_named(expressions: Iterator[Expression], plain: str) -> Iterator[Expression]:
    """The expressions, where quantities inside titles and short quotations have become names."""
    spans = iter([*_named_spans(plain), (len(plain) + 1, len(plain) + 1)])
    begin, end = next(spans)
    for one in expressions:
        while one.start >= end:
            begin, end = next(spans)
        inside = one.start >= begin and one.kind is Kind.QUANTITY
        yield Expression(one.start, one.end, one.wording, Kind.NAME) if inside else one


def _named_spans(plain: str) -> list[tuple[int, int]]:
    """The offsets of titles and short quotations; straight quotation marks are paired from the left."""
    spans = [match.span() for match in NAMED.finditer(plain)]
    spans += [match.span() for match in STRAIGHT_QUOTES.finditer(plain) if SHORT_NAME.fullmatch(match[1])]
    return sorted(spans)
