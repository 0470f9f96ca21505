"""What nobody sees is dropped before a text is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.reading.plain_text import half_width, visible_text


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\u3164", "\u115f", "\uffa0", "\ufe0f", "\U000e0101"]
)
def test_a_character_without_a_glyph_is_dropped(hidden):
    assert visible_text(f"{hidden}科普{hidden}讲座") == "科普讲座"
    assert visible_text(hidden) == ""


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u202f", "\u205f", "\u2028", "\u2029", "\u2800", "\t"])
def test_an_unusual_space_becomes_a_plain_one(space):
    assert visible_text(f"{space}科普{space}讲座") == "科普 讲座"
    assert visible_text(space) == ""


def test_what_is_seen_stays_line_breaks_and_full_width_spaces_too():
    assert visible_text("第一行\n科普　讲座，“１２”人") == "第一行\n科普　讲座，“１２”人"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_line_break_of_any_system_is_a_line_feed(line_break):
    assert visible_text(f"第一行{line_break}第二行") == "第一行\n第二行"


def test_marks_that_turn_the_direction_stay_so_that_they_can_be_refused():
    assert visible_text("\u202e12") == "\u202e12"


@given(st.text())
def test_a_visible_text_is_not_changed_again(text):
    assert visible_text(visible_text(text)) == visible_text(text)


@given(st.text())
def test_half_width_characters_keep_their_offsets(text):
    assert len(half_width(text)) == len(text)
