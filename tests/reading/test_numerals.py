"""Numerals: what each is worth, and what is none."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.reading.numerals import UnreadableNumeralError, last_place, read_adjacent_digits, read_numeral

PLACES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))


def in_chinese(number: int) -> str:
    """The number as it is written in Chinese, by the rule of greatest places, with 零 for a gap."""
    for place, name in PLACES:
        if number >= place:
            head, rest = divmod(number, place)
            gap = "零" if 0 < rest < place // 10 else ""
            return in_chinese(head) + name + gap + (in_chinese(rest) if rest else "")
    return "零一二三四五六七八九"[number]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", "17"),
        ("4,200", "4200"),
        ("１２，３４５", "12345"),
        ("85.6", "85.6"),
        ("5.36万", "53600"),
        ("3万5千", "35000"),
        ("十二", "12"),
        ("两百", "200"),
        ("三百零五", "305"),
        ("一万二千", "12000"),
        ("三点五万", "35000"),
        ("二〇二一", "2021"),
        ("壹佰贰拾", "120"),
        ("千万", "10000000"),
    ],
)
def test_a_clean_numeral_is_read(text, value):
    assert read_numeral(text) == Decimal(value)
    assert str(read_numeral(text)) == value


@pytest.mark.parametrize(
    "text", ["", " ", "三五", "五一", "十三五", "万万", "3,00", "1.2.3", "9 2 ,989", "十0,702", "约3", "三个", "1" * 99]
)
def test_what_is_not_one_numeral_is_refused(text):
    with pytest.raises(UnreadableNumeralError, match="看不懂数字"):
        read_numeral(text)


@given(st.integers(1, 10**12))
def test_every_whole_number_is_read_from_its_chinese_name(number):
    assert read_numeral(in_chinese(number)) == number


@given(st.integers(0, 10**15))
def test_separators_do_not_change_a_number(number):
    assert read_numeral(f"{number:,}") == number


@given(st.text("〇零一二两三四五六七八九十百千万亿点0123456789,. ", max_size=30))
def test_any_run_of_numerals_is_read_or_refused(text):
    with suppress(UnreadableNumeralError):
        assert read_numeral(text) >= 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("三五", 3, 5),
        ("两三百", 200, 300),
        ("十七八", 17, 18),
        ("七八十", 70, 80),
        ("三四千", 3000, 4000),
        ("两三万", 20000, 30000),
    ],
)
def test_adjacent_digits_are_a_range(text, low, high):
    assert read_adjacent_digits(text) == (low, high)


@pytest.mark.parametrize("text", ["五一", "十三五", "九十", "三七", "五四", "三"])
def test_digits_that_are_not_adjacent_are_no_range(text):
    with pytest.raises(UnreadableNumeralError):
        read_adjacent_digits(text)


@pytest.mark.parametrize(
    ("number", "place"), [("4200", 100), ("35000", 1000), ("10", 10), ("85.6", "0.1"), ("0", 1), ("7", 1)]
)
def test_the_last_place_is_that_of_the_last_digit_that_is_not_zero(number, place):
    assert last_place(Decimal(number)) == Decimal(place)
