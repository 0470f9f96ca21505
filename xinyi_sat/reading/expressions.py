"""Every numeral expression of a paragraph: what it counts, or why it counts nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xinyi_sat.reading.context import counts, qualifies
from xinyi_sat.reading.numerals import plain_signs
from xinyi_sat.reading.phrases import BEFORE_MEANS
from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.reading.set_aside import KIND_OF_GROUP, Kind, set_aside
from xinyi_sat.reading.vocabulary import longest_first

__all__ = ["Expression", "Kind", "read_expressions"]

CHINESE = "〇零一二两三四五六七八九十百千万亿"
CANDIDATE = re.compile(
    rf"[0-9①-⑳⑴-⒇㈠-㈩Ⅰ-Ⅻ{CHINESE}数几]"
    rf"|(?:{'|'.join(longest_first(' '.join(BEFORE_MEANS)))}|[第前]) ?(?=[0-9数几{CHINESE}])"
    rf"|(?:周|星期|礼拜|\()(?=[0-9{CHINESE}])|[\[〔【](?=[12][0-9])|成(?=以|千上|百上)"
    r"|(?<![A-Za-z])[A-Za-z][A-Za-z.-]{0,19} ?(?=[0-9])"
)
LEFT_OVER = re.compile(rf"[0-9](?:[0-9.,]*[0-9])?|[{CHINESE}]+[\u4e00-\u9fff]?")
NAMED = re.compile(
    r"《[^《》]{1,100}》|〈[^〈〉]{1,60}〉|【[^【】]{1,60}】"
    r"|“[^“”,。;!?]{1,16}”|‘[^‘’,。;!?]{1,16}’|「[^「」,。;!?]{1,16}」|『[^『』,。;!?]{1,16}』"
)
STRAIGHT_QUOTES = re.compile(r'"([^"]{0,200})"')
SHORT_NAME = re.compile("[^,。;!?]{1,16}")


@dataclass(frozen=True)
class Expression:
    """A numeral expression and the characters it stands on; `quantity` is None unless its kind is a quantity."""

    start: int
    end: int
    wording: str
    kind: Kind
    quantity: Quantity | None = None


def read_expressions(paragraph: str) -> list[Expression]:
    """Every numeral expression of a paragraph, in order, none overlapping another."""
    return list(_name_the_named(_scan(paragraph, plain_signs(paragraph)), plain_signs(paragraph)))


def _scan(printed: str, plain: str) -> Iterator[Expression]:
    """Go from one sign that may begin an expression to the next; each step moves on."""
    position = 0
    while candidate := CANDIDATE.search(plain, position):
        start = candidate.start()
        kind, end, quantity = _read_at(printed, plain, start)
        if kind:
            yield Expression(start, end, printed[start:end], kind, quantity)
        position = max(end, start + 1)


def _read_at(printed: str, plain: str, start: int) -> tuple[Kind | None, int, Quantity | None]:
    """What begins at an offset: its kind, None for an ordinary word; where it ends; its quantity."""
    aside = set_aside().match(plain, start)
    if aside:
        return KIND_OF_GROUP.get(aside.lastgroup), aside.end(), None
    found = Quantity.find_at(printed, plain, start)
    if not found:
        return _left_over(plain, start)
    quantity, match = found
    if _has_words_before(match) and not _begins_well(plain, match):
        return None, max(start + 1, match.end("before")), None
    if counts(plain, match):
        return Kind.QUANTITY, match.end(), quantity
    return (Kind.NAME if plain[start].isdigit() else None), match.end(), None


def _has_words_before(match: re.Match) -> bool:
    return bool(match["before"] or match.groupdict().get("vague"))


def _begins_well(plain: str, match: re.Match) -> bool:
    """Whether its first word is a qualifier, and what follows is not set aside by itself: 近两大产业."""
    if not qualifies(plain, match):
        return False
    number = match.start("digits")
    return number < 0 or plain[number] in "百千万亿" or not set_aside().match(plain, number)


def _left_over(plain: str, start: int) -> tuple[Kind | None, int, None]:
    """A numeral that neither a rule nor the grammar knows is part of a name; a lone 一 is part of a word."""
    rest = LEFT_OVER.match(plain, start)
    if not rest:
        return None, start + 1, None
    lone = rest.group().startswith("一") and rest.group()[1:2] not in set(CHINESE)
    return (None, start + 1, None) if lone else (Kind.NAME, rest.end(), None)


def _name_the_named(expressions: Iterator[Expression], plain: str) -> Iterator[Expression]:
    """A quantity inside a title or a short quotation is part of that name."""
    spans = iter([*_named_spans(plain), (len(plain) + 1, len(plain) + 1)])
    begin, end = next(spans)
    for one in expressions:
        while one.start >= end:
            begin, end = next(spans)
        inside = one.start >= begin and one.kind is Kind.QUANTITY
        yield Expression(one.start, one.end, one.wording, Kind.NAME) if inside else one


def _named_spans(plain: str) -> list[tuple[int, int]]:
    """Where titles and short quotations stand; straight quotation marks are taken in pairs from the left."""
    spans = [match.span() for match in NAMED.finditer(plain)]
    spans += [match.span() for match in STRAIGHT_QUOTES.finditer(plain) if SHORT_NAME.fullmatch(match[1])]
    return sorted(spans)
