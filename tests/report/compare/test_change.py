"""By how much a figure changed: no more exactly than both numbers were printed."""

from decimal import Decimal

import pytest

from xinyi_sat.reading.quantity import Quantity
from xinyi_sat.report.compare.change import change_between


def shown(before: str, after: str) -> tuple[str, str]:
    change = change_between(Quantity.read(before), Quantity.read(after))
    return change.amount_shown, change.percent_shown


@pytest.mark.parametrize(
    ("before", "after", "amount", "percent"),
    [
        ("2342人", "2500人", "+158人", "+6.7%"),
        ("2500人", "2342人", "−158人", "−6.3%"),
        ("17期", "17期", "0期", "0%"),
        ("200期", "201期", "+1期", "+0.5%"),
        ("8家", "9家", "+1家", "+12.5%"),
        ("800名", "801名", "+1名", "+0.1%"),
        ("100000人", "100001人", "+1人", "不到 0.1%"),
        ("1.5小时", "2小时", "+0.5小时", "+33.3%"),
        ("0件", "3件", "+3件", ""),
        ("3件", "0件", "−3件", "−100%"),
    ],
)
def test_two_numbers_that_stand_as_printed_differ_exactly(before, after, amount, percent):
    assert shown(before, after) == (amount, percent)


@pytest.mark.parametrize(
    ("before", "after", "amount", "percent"),
    [
        ("200余条", "250条", "−50 至 +50条", "−17 至 +25%"),
        ("250条", "200余条", "−50 至 +50条", "−20 至 +20%"),
        ("20000多人", "35000人", "+5000 至 +15000人", "+16 至 +75%"),
        ("10家", "10余家", "0 至 +10家", "0 至 +100%"),
        ("3至5场", "6场", "+1 至 +3场", "+20 至 +100%"),
    ],
)
def test_a_number_that_is_more_than_printed_gives_bounds(before, after, amount, percent):
    assert shown(before, after) == (amount, percent)


@pytest.mark.parametrize(
    ("before", "after", "amount", "percent"),
    [
        ("80场", "超100场", "不少于 +20场", "不少于 +25%"),
        ("超100场", "80场", "不多于 −20场", "不多于 −20%"),
        ("800人", "近1000人", "不多于 +200人", "不多于 +25%"),
        ("近1000人", "1200人", "不少于 +200人", "不少于 +20%"),
        ("超100场", "超120场", "不能确定", ""),
        ("近100人", "近120人", "不能确定", ""),
    ],
)
def test_where_a_side_is_open_only_the_other_is_told(before, after, amount, percent):
    assert shown(before, after) == (amount, percent)


@pytest.mark.parametrize(
    ("before", "after", "amount", "percent"),
    [
        ("约300人", "400人", "约 +70 至 +130人", "约 +21 至 +49%"),
        ("300人", "约400人", "约 +60 至 +140人", "约 +20 至 +47%"),
        ("5.36万人次", "54000人次", "+350 至 +450人次", "0 至 +1%"),
        ("5.36万人次", "5.9万人次", "+4850 至 +5950人次", "+9 至 +12%"),
    ],
)
def test_about_and_rounded_numbers_are_never_told_to_the_last_digit(before, after, amount, percent):
    assert shown(before, after) == (amount, percent)


def test_a_difference_is_reckoned_in_decimals():
    change = change_between(Quantity.read("0.1小时"), Quantity.read("0.3小时"))
    assert change.amount == (Decimal("0.2"), Decimal("0.2"))
    assert change.percent == (200, 200)
