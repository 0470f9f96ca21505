"""The grammar of one quantity, for a cell and for a running text; it is written for half-width characters."""

import re
from decimal import Decimal
from typing import NamedTuple

from xinyi_sat.reading.numerals import (
    SCALES,
    UnreadableNumeralError,
    last_place,
    read_adjacent_digits,
    read_numeral,
    without_exponent,
)
from xinyi_sat.reading.qualifiers import Qualifier
from xinyi_sat.reading.vocabulary import WORDS, longest_first

BEFORE_MEANS, AFTER_MEANS = (
    {word: Qualifier(name) for name, words in WORDS[place].items() for word in words.split()}
    for place in ("before", "after")
)
UNIT_OF_SHARE = {"百分之": "%", "千分之": "‰"}


def _one_of(words: list[str], exceptions: dict[str, str]) -> str:
    """A pattern of the words; none matches where one of its exceptions begins."""
    return "|".join(re.escape(word) + (f"(?!{exceptions[word]})" if word in exceptions else "") for word in words)


# Every repetition is bounded or possessive: no text makes the patterns slow.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9])|[0-9]++)(?:\.[0-9]++)?"
    r"(?: ?(?:[百千]?[万亿]|万亿|百(?!分)|千(?![米瓦克分]))(?:[0-9]{1,4}[百千]?万|[0-9][百千])?)?"
)
CHINESE = "[〇零一二两三四五六七八九十百千万亿]{1,20}+"
WITH_POINT = f"{CHINESE}点[〇零一二三四五六七八九]{{1,6}}"
MORE = "余(?!额|姚|杭)|多(?!媒体|功能|元化|样|渠道|方位|层次|维|边|彩)|几|来(?=[名个人家项场天])"
SCALE = "(?: ?(?:[百千]?[万亿]|万亿|百|千))"
PREFIX = "|".join(
    f"{word}(?= ?[十百千万亿]|[0-9.]+ ?[万亿])" if word in WORDS["only_before_scales"].split() else word
    for word in longest_first(" ".join(BEFORE_MEANS))
)
HOURS = "小时|学时|课时"
COUNTING_WORDS = longest_first(WORDS["counted"] + WORDS["measured"])
COUNTING_WORD = rf"(?:{_one_of(COUNTING_WORDS, WORDS['not_before'])})"
ONE_CHARACTER = "".join(word for word in COUNTING_WORDS if len(word) == 1)
UNIT = (
    rf"(?: ?(?:个(?P<half>半)?(?={HOURS}))?"
    rf"(?P<unit>{COUNTING_WORD}(?:\([{ONE_CHARACTER}]\))?))?"
)
REMAINDER = f"(?P<remainder>(?:{'|'.join(f'(?<={word})' for word in WORDS['with_remainder'].split())})[余多](?![次样元种个方名项家渠层部维位]))?"
AND_HALF = "(?P<and_half>(?<=[天倍])半)?"
SUFFIX = rf"(?: ?(?P<after>{_one_of(longest_first(' '.join(AFTER_MEANS)), WORDS['after_not_before'])}))?"


def _number(suffix: str) -> str:
    """A pattern of one number; the names of its groups end with `suffix`."""
    return (
        rf"(?P<digits{suffix}>{ARABIC}|{WITH_POINT}(?=[万亿倍%]|个?百分点)[万亿]?|{CHINESE})"
        rf"(?: ?(?P<more{suffix}>{MORE})(?P<scale{suffix}>{SCALE})?)?"
    )


SINGLE = re.compile(
    rf"(?:(?![0-9])(?P<before>{PREFIX}) ?)?(?:(?P<part>[百千]分之)(?P<share>{WITH_POINT}|{CHINESE}|{ARABIC})"
    rf"|(?P<vague>[数几])(?P<tens>[十百千万亿]{{0,3}})(?:{MORE})?|{_number('')}){UNIT}{AND_HALF}{REMAINDER}{SUFFIX}"
)
RANGE = re.compile(
    rf"(?:(?![0-9])(?P<before>{PREFIX}) ?)?{_number('')}{UNIT.replace('unit', 'unit_before').replace('half', 'half_before')}"
    rf" ?(?:至|到|-{{1,2}}|~) ?{_number('_high')}{UNIT}{SUFFIX}"
)


class Reading(NamedTuple):
    """The meaning of a phrase. `unit` is a word, or the offsets of the unit in the text that was matched; (-1, -1) for none."""

    number: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str | tuple[int, int]


def read_range(match: re.Match) -> Reading | None:
    """The meaning of a match of RANGE; None where its two numbers are no range."""
    if match["unit_before"] not in (None, match["unit"]):
        return None
    try:
        low, high = _value(match, ""), _value(match, "_high")
    except UnreadableNumeralError:
        return None
    low = without_exponent(low * _shared_scale(match, low, high))
    return Reading(low, low, high, Qualifier.RANGE, match.span("unit")) if low < high else None


def read_single(match: re.Match) -> Reading | None:
    """The meaning of a match of SINGLE; None where it has no well-formed number or counts nothing."""
    try:
        if match["part"]:
            return _read_share(match)
        if match["vague"]:
            return _read_vague(match)
        return _read_plain(match) if _is_count(match) else None
    except UnreadableNumeralError:
        return _read_adjacent(match)


def _value(match: re.Match, suffix: str) -> Decimal:
    return read_numeral(match["digits" + suffix] + (match["scale" + suffix] or ""))


def _shared_scale(match: re.Match, low: Decimal, high: Decimal) -> Decimal:
    """What the lower end is multiplied by: in 3-5万 both ends are counted in 万, in 5000至1万 only the second."""
    printed = match["digits_high"] + (match["scale_high"] or "")
    scale = next((SCALES[name] for name in "亿万千百" if printed.endswith(name)), Decimal(1))
    return scale if low <= high / scale and not set(match["digits"]) & SCALES.keys() else Decimal(1)


def _read_share(match: re.Match) -> Reading:
    number = read_numeral(match["share"])
    qualifier = _qualifier(match, Qualifier.EXACT)
    return Reading(number, *_bounds(number, qualifier), qualifier, UNIT_OF_SHARE[match["part"]])


def _read_vague(match: re.Match) -> Reading | None:
    """数百 means two to ten hundreds, 几名 two to ten."""
    if not match["tens"] and not match["unit"]:
        return None
    place = read_numeral(match["tens"]) if match["tens"] else Decimal(1)
    return Reading(2 * place, 2 * place, 10 * place, Qualifier.RANGE, match.span("unit"))


def _read_adjacent(match: re.Match) -> Reading | None:
    digits = match["digits"]
    if not digits or match["more"] or not (match["unit"] or set(digits) & SCALES.keys()):
        return None
    try:
        low, high = read_adjacent_digits(digits)
    except UnreadableNumeralError:
        return None
    return Reading(low, low, high, Qualifier.RANGE, match.span("unit"))


def _read_plain(match: re.Match) -> Reading:
    number = _value(match, "")
    if match["half"] or match["and_half"]:
        number += Decimal("0.5")
    qualifier = _qualifier(match, _qualifier_of_numeral(match))
    return Reading(number, *_bounds(number, qualifier), qualifier, match.span("unit"))


def _is_count(match: re.Match) -> bool:
    """Whether a number counts something; 百名 without a digit, 一批 and a lone 三 don't."""
    digits = match["digits"]
    if digits[0] in "0123456789":
        return True
    if not set(digits) - set("百千万亿"):
        return bool(match["before"] or match["more"])
    if (digits == "一" and match["unit"] == "批") or not set(digits) - set("〇零"):
        return False
    return bool(match["unit"] or match["more"] or (len(digits) > 1 and set(digits) & set("百千万亿")))


def _qualifier_of_numeral(match: re.Match) -> Qualifier:
    """ROUNDED for decimals of 万 or 亿, since 5.36万 is given in whole hundreds; else EXACT."""
    digits = match["digits"]
    return Qualifier.ROUNDED if set(digits) & set(".点") and set(digits) & set("万亿") else Qualifier.EXACT


def _qualifier(match: re.Match, otherwise: Qualifier) -> Qualifier:
    """The qualifier of the words around a numeral; a word right behind it (余, 多) outweighs one before it, that one the last."""
    if match["more"] or match["remainder"]:
        return Qualifier.ABOUT if match["more"] == "来" else Qualifier.OVER
    return BEFORE_MEANS.get(match["before"]) or AFTER_MEANS.get(match["after"]) or otherwise


def _bounds(number: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    if qualifier is Qualifier.OVER:
        return number, without_exponent(number + last_place(number))
    if qualifier is Qualifier.UNDER:
        return None, number
    return number, None if qualifier is Qualifier.AT_LEAST else number
