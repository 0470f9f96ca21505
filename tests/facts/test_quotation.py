"""Names in messages."""

import pytest

from xinyi_sat.facts.quotation import quoted


@pytest.mark.parametrize(
    ("name", "shown"), [("科普讲座", "“科普讲座”"), ("“科普+文艺”", "“‘科普+文艺’”"), (17, "“17”")]
)
def test_quotation_marks_inside_a_quotation_are_single_ones(name, shown):
    assert quoted(name) == shown
