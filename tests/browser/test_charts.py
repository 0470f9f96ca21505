"""Charts on a phone and at a desk: words of a size to read, none on others, and the data beside or below."""

from itertools import combinations

import pytest
from playwright.sync_api import Page

from outreach.models import Team
from tests.changes import corrected
from xinyi_sat.facts.choices import Service

pytestmark = pytest.mark.browser

BOXES = "all => all.map(one => { const box = one.getBoundingClientRect(); return [one.textContent, box.left, box.top, box.right, box.bottom] })"
LETTERS = "all => Math.min(...all.map(one => parseFloat(one.getAttribute('font-size')) * one.getScreenCTM().a))"


def overlapping(boxes: list[list]) -> list[tuple[str, str]]:
    """The words that stand on each other, the room that a typeface leaves above and below its signs apart."""
    room = 4
    return [
        (one[0], other[0])
        for one, other in combinations(boxes, 2)
        if one[1] < other[3]
        and other[1] < one[3]
        and one[2] + room < other[4] - room
        and other[2] + room < one[4] - room
    ]


@pytest.mark.parametrize(("width", "least"), [(390, 10), (1280, 13)], ids=["phone", "desk"])
def test_the_words_of_charts_can_be_read_and_stand_apart(page: Page, width, least):
    volunteers = Team.objects.get(slug="science-volunteers")
    corrected(volunteers, title="新时代文明实践科普志愿服务队“科普＋文艺”进乡村（第二批）" * 3)
    page.set_viewport_size({"width": width, "height": 844})
    for path in ["/", *(service.get_absolute_url() for service in Service)]:
        page.goto(path)
        for chart in page.locator("figure.chart").all():
            [drawing] = chart.locator("svg").evaluate_all(BOXES)
            words = chart.locator("tspan").evaluate_all(BOXES)
            assert overlapping(words) == []
            assert [one for one in words if one[1] < drawing[1] or one[3] > drawing[3] + 1] == []
            assert chart.locator("text").evaluate_all(LETTERS) >= least


def test_the_data_stands_beside_a_chart_at_a_desk_and_below_it_on_a_phone(page: Page):
    page.goto("/services/organisation/")
    places = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        [drawing] = page.locator("figure.chart svg").evaluate_all(BOXES)
        [table] = page.locator("figure.chart table").evaluate_all(BOXES)
        places[width] = (table[1] >= drawing[3], table[2] >= drawing[4])
    assert places == {1280: (True, False), 390: (False, True)}
