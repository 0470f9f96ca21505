"""By how much a figure changed: no more exactly than both numbers were printed."""

import pytest

from tests.report.charts.drawings import figure
from xinyi_sat.report.compare.change import change_between

EXACT = [
    ("2342人", "2500人", "+158人", "+6.7%"),
    ("2500人", "2342人", "−158人", "−6.3%"),
    ("17期", "17期", "0期", "0%"),
    ("800名", "801名", "+1名", "+0.1%"),
    ("100000人", "100001人", "+1人", "不到 0.1%"),
    ("0.1小时", "0.3小时", "+0.2小时", "+200%"),
    ("0件", "3件", "+3件", ""),
    ("3件", "0件", "−3件", "−100%"),
]
BOUNDED = [
    ("200余条", "250条", "−50 至 +50条", "−17 至 +25%"),
    ("250条", "200余条", "−50 至 +50条", "−20 至 +20%"),
    ("20000多人", "35000人", "+5000 至 +15000人", "+16 至 +75%"),
    ("10家", "10余家", "0 至 +10家", "0 至 +100%"),
    ("3至5场", "6场", "+1 至 +3场", "+20 至 +100%"),
]
OPEN = [
    ("80场", "超100场", "不少于 +20场", "不少于 +25%"),
    ("超100场", "80场", "不多于 −20场", "不多于 −20%"),
    ("800人", "近1000人", "不多于 +200人", "不多于 +25%"),
    ("近1000人", "1200人", "不少于 +200人", "不少于 +20%"),
    ("超100场", "超120场", "不能确定", ""),
]
ROUGH = [
    ("约300人", "400人", "约 +70 至 +130人", "约 +21 至 +49%"),
    ("300人", "约400人", "约 +60 至 +140人", "约 +20 至 +47%"),
    ("5.36万人次", "54000人次", "+350 至 +450人次", "0 至 +1%"),
    ("5.36万人次", "5.9万人次", "+4850 至 +5950人次", "+9 至 +12%"),
]


@pytest.mark.parametrize(("before", "after", "amount", "percent"), EXACT + BOUNDED + OPEN + ROUGH)
def test_a_difference_is_told_no_more_exactly_than_both_numbers_were_printed(before, after, amount, percent):
    change = change_between(figure(before), figure(after))
    assert (change.amount_shown, change.percent_shown) == (amount, percent)
