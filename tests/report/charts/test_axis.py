"""The scale of a chart: from 0, with round numbers, in the unit of the figures."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.report.charts.axis import axis_for


@pytest.mark.parametrize(
    ("largest", "words"),
    [
        ("0", ["0", "1人"]),
        ("1", ["0", "1人"]),
        ("3", ["0", "1人", "2人", "3人"]),
        ("160", ["0", "50人", "100人", "150人", "200人"]),
        ("4300", ["0", "1000人", "2000人", "3000人", "4000人", "5000人"]),
        ("30000", ["0", "1万人", "2万人", "3万人"]),
        ("12000", ["0", "0.5万人", "1万人", "1.5万人"]),
        ("150000000", ["0", "0.5亿人", "1亿人", "1.5亿人"]),
        ("0.5", ["0", "0.1人", "0.2人", "0.3人", "0.4人", "0.5人"]),
    ],
)
def test_a_scale_begins_at_0_and_its_numbers_are_round_and_have_the_unit(largest, words):
    assert list(axis_for([Decimal(largest)], "人", 300).values()) == words


@given(st.decimals(0, 10**12, places=3), st.floats(60, 340))
def test_a_scale_holds_its_numbers_in_at_most_five_equal_steps(largest, length):
    numbers = list(axis_for([largest], "人次", length))
    assert numbers[0] == 0
    assert largest <= numbers[-1]
    assert 2 <= len(numbers) <= 6
    assert len(numbers) == 2 or numbers[-2] < largest
    assert len({later - earlier for earlier, later in pairwise(numbers)}) == 1
