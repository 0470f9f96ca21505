"""The scale of a chart: from 0, with round numbers, in the unit of the figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.report.charts.axis import Axis


def words(largest: str, unit: str = "人", room: float = 300) -> list[str]:
    return [words for _, words in Axis.over([Decimal(largest)], unit, room).ticks]


@pytest.mark.parametrize(
    ("largest", "numbers"),
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
def test_a_scale_begins_at_0_and_its_numbers_are_round_and_have_the_unit(largest, numbers):
    assert words(largest) == numbers


def test_what_is_counted_in_wholes_has_no_halves_on_its_scale():
    assert words("1") == ["0", "1人"]
    assert words("2") == ["0", "1人", "2人"]


def test_figures_without_a_unit_have_bare_numbers():
    assert words("3", unit="") == ["0", "1", "2", "3"]


def test_numbers_that_would_touch_are_fewer():
    assert len(words("4300", room=300)) == 6
    assert words("4300", room=90) == ["0", "5000人"]


@given(st.decimals(0, 10**12, places=3), st.floats(60, 340))
def test_a_scale_holds_its_values_in_few_steps(largest, room):
    axis = Axis.over([largest], "人次", room)
    assert axis.ticks[0] == (0, "0")
    assert largest <= axis.end
    assert 1 <= axis.steps <= 5
    assert axis.steps == 1 or axis.end - axis.step < largest
    assert axis.step.as_tuple().digits[0] in (1, 2, 5)
    assert not any(axis.step.as_tuple().digits[1:])
