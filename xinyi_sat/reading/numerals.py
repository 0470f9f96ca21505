"""The value of one numeral: Arabic, full-width, Chinese or mixed, with 万 and 亿."""

import re
from decimal import Decimal

from xinyi_sat.reading.plain_text import half_width

FORMAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩零", "一二三四五六七八九十百千万亿两〇")
DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"两": 2}
SCALES = {
    "亿": Decimal(100_000_000),
    "万": Decimal(10_000),
    "千": Decimal(1_000),
    "百": Decimal(100),
    "十": Decimal(10),
}
LONGEST_NUMERAL = 24
ARABIC = re.compile(r"[0-9]{1,3}(?:([, ])[0-9]{3}(?:\1[0-9]{3})*)?(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
UNGROUPED = re.compile(r"[0-9]+(?:\.[0-9]+)?")
DIGIT_BY_DIGIT = re.compile(r"[一二三四五六七八九][〇一二三四五六七八九]*〇[〇一二三四五六七八九]*")
ADJACENT_DIGITS = re.compile(
    r"((?:[一二三四五六七八九]?[十百千])*)([一二两三四五六七八])([二两三四五六七八九])([十百千万亿]*)"
)


class UnreadableNumeralError(ValueError):
    """The text is not one well-formed numeral; the message says so in Chinese."""


def read_numeral(text: str) -> Decimal:
    """The value of one numeral such as 4,200, １２, 三百五十, 5.36万 or 3万5千; UnreadableNumeralError otherwise."""
    plain = half_width(text).strip().translate(FORMAL_DIGITS)
    if not plain or len(plain) > LONGEST_NUMERAL:
        raise UnreadableNumeralError(f"看不懂数字“{text[:LONGEST_NUMERAL]}”")
    try:
        return without_exponent(_read(plain))
    except KeyError as error:
        raise UnreadableNumeralError(f"看不懂数字“{text}”") from error


def read_adjacent_digits(text: str) -> tuple[Decimal, Decimal]:
    """The lower and upper end of an approximate number: 三五, 两三百, 十七八; UnreadableNumeralError otherwise."""
    match = ADJACENT_DIGITS.fullmatch(text)
    if not match or (match[1] and match[4]):
        raise UnreadableNumeralError(f"看不懂数字“{text[:LONGEST_NUMERAL]}”")
    first, second = DIGITS[match[2]], DIGITS[match[3]]
    if second != first + 1 and (match[1], first, second) != ("", 3, 5):
        raise UnreadableNumeralError(f"看不懂数字“{text}”")
    return read_numeral(match[1] + match[2] + match[4]), read_numeral(match[1] + match[3] + match[4])


def last_place(number: Decimal) -> Decimal:
    """The place value of the last digit that is not zero: 4200 → 100, 35000 → 1000, 0 → 1."""
    return Decimal(1).scaleb(number.normalize().as_tuple().exponent) if number else Decimal(1)


def without_exponent(number: Decimal) -> Decimal:
    """The same number; str() of it has no exponent and no zeros at the end of a fraction."""
    return Decimal(format(number.normalize(), "f"))


def _read(plain: str) -> Decimal:
    if ARABIC.fullmatch(plain):
        return Decimal(plain.replace(",", "").replace(" ", ""))
    if DIGIT_BY_DIGIT.fullmatch(plain):
        return Decimal("".join(str(DIGITS[digit]) for digit in plain))
    whole, point, decimals = plain.partition("点")
    if point:
        return _read_with_point(whole, decimals)
    return _read_scaled(plain.replace(" ", ""))


def _read_with_point(whole: str, decimals: str) -> Decimal:
    digits = decimals.rstrip("万亿")
    fraction = Decimal("0." + "".join(str(DIGITS[digit]) for digit in digits)) if digits else DIGITS[digits]
    scale = decimals[len(digits) :]
    return (_read_scaled(whole) + fraction) * (_read_scaled(scale) if scale else 1)


def _read_scaled(plain: str) -> Decimal:
    """The part before the greatest scale times that scale, plus the part after it."""
    for name, scale in SCALES.items():
        head, found, tail = plain.partition(name)
        if found:
            return _read_head(head, scale) * scale + _read_tail(tail, scale)
    return Decimal(plain) if UNGROUPED.fullmatch(plain) else Decimal(DIGITS[plain])


def _read_head(head: str, scale: Decimal) -> Decimal:
    head = head.lstrip("〇")
    if not head:
        return Decimal(1)
    if ARABIC.fullmatch(head):  # 12000万元 is printed as often as 1.2亿元
        return _read(head)
    value = _read_scaled(head)
    if not 0 < value < (scale if scale >= 10_000 else 10):
        raise KeyError(head)
    return value


def _read_tail(tail: str, scale: Decimal) -> Decimal:
    if not tail:
        return Decimal(0)
    if tail in DIGITS and scale > 10:  # 三百五 means 三百五十
        return DIGITS[tail] * scale / 10
    value = _read_scaled(tail.lstrip("〇"))
    if value >= scale:
        raise KeyError(tail)
    return value
