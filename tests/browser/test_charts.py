"""Charts on a phone and at a desk: words of a size to read, none on others, and the data beside or below."""

from itertools import combinations

import pytest
from playwright.sync_api import Page

from tests.browser.looking import DESK, PHONE
from tests.support import corrected, fact
from xinyi_sat.facts.choices import Service

pytestmark = pytest.mark.browser

BOXES = "all => all.map(one => { const box = one.getBoundingClientRect(); return [one.textContent, box.left, box.top, box.right, box.bottom] })"
LETTERS = "all => Math.min(...all.map(one => parseFloat(one.getAttribute('font-size')) * one.getScreenCTM().a))"
ROOM = 4  # pixels that a typeface leaves above and below its signs


def stand_apart(one: list, other: list) -> bool:
    """Whether two words are beside or below each other."""
    _, left, top, right, bottom = one
    _, other_left, other_top, other_right, other_bottom = other
    beside = right <= other_left or other_right <= left
    return beside or bottom - ROOM <= other_top + ROOM or other_bottom - ROOM <= top + ROOM


@pytest.mark.parametrize(("width", "least"), [(PHONE, 10), (DESK, 13)])
def test_the_words_of_charts_can_be_read_and_stand_apart(page: Page, width, least):
    corrected(fact("science-volunteers"), title="新时代文明实践科普志愿服务队“科普＋文艺”进乡村（第二批）" * 3)
    page.set_viewport_size({"width": width, "height": 844})
    for path in ["/", *(service.get_absolute_url() for service in Service)]:
        page.goto(path)
        for chart in page.locator("figure.chart").all():
            [drawing] = chart.locator("svg").evaluate_all(BOXES)
            words = chart.locator("tspan").evaluate_all(BOXES)
            assert [(one[0], other[0]) for one, other in combinations(words, 2) if not stand_apart(one, other)] == []
            assert [one for one in words if one[1] < drawing[1] or one[3] > drawing[3] + 1] == []
            assert chart.locator("text").evaluate_all(LETTERS) >= least


def test_the_data_stands_beside_a_chart_at_a_desk_and_below_it_on_a_phone(page: Page):
    page.goto("/services/organisation/")
    places = {}
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 844})
        [drawing] = page.locator("figure.chart svg").evaluate_all(BOXES)
        [table] = page.locator("figure.chart table").evaluate_all(BOXES)
        places[width] = (table[1] >= drawing[3], table[2] >= drawing[4])
    assert places == {DESK: (True, False), PHONE: (False, True)}
