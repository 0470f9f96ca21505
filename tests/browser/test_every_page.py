"""What holds of every page: it fits a phone, it asks no other host for anything, it speaks Chinese."""

import re

import pytest
from playwright.sync_api import Page

from outreach.models import Training

pytestmark = pytest.mark.browser

SCREENS = {"phone": 390, "desk": 1280}
MISSING = "/no-such-page/"
REFUSED = [
    "/figures/?at_least=很多&kind=无",
    "/figures.csv?at_least=很多",
    "/outreach/trainings/?participants_min=-1&form=无",
]
NAMES = {"CSV", "JSON", "Atom", "PDF", "Excel", "WPS", "Word", "APP", "LED", "SHA-256"}
COLUMNS = {"corrected", "on"}
FILES = {"figures.csv", "facts.csv", "data.zip", "report.xlsx", "report.docx"}
NOT_CHINESE = NAMES | FILES | COLUMNS

TEXTS = """
[document.title, document.body.innerText].concat(...['alt', 'aria-label', 'placeholder', 'title'].map(
    name => [...document.querySelectorAll(`[${name}]`)].map(one => one.getAttribute(name))
)).join('\\n')
"""


@pytest.mark.parametrize("width", SCREENS.values(), ids=SCREENS)
def test_every_page_fits_its_screen_and_breaks_no_figure(page: Page, paths, words, corrections, width):
    page.set_viewport_size({"width": width, "height": 844})
    too_wide, broken, figures = {}, {}, 0
    for path in [*paths, MISSING]:
        page.goto(path)
        needed = page.evaluate("document.documentElement.scrollWidth")
        too_wide |= {path: needed} if needed > width else {}
        pieces = page.locator(".figure, .mark, .corrected").evaluate_all(
            "all => all.map(one => one.getClientRects().length)"
        )
        broken |= {path: pieces} if set(pieces) - {1} else {}
        figures += len(pieces)
    assert (too_wide, broken) == ({}, {})
    assert figures > 100


def test_no_public_page_asks_another_host_or_complains(page: Page, paths, words, complaints):
    for path in paths:
        assert page.goto(path).status == 200
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_no_page_of_the_admin_asks_another_host_or_complains(page: Page, log_in, complaints):
    log_in()
    training = Training.objects.first()
    for path in ("/admin/outreach/training/", f"/admin/outreach/training/{training.pk}/change/"):
        assert page.goto(path).status == 200
    page.get_by_role("searchbox").last.fill("新沂市报")
    page.get_by_role("option", name="新沂市报").click()
    page.wait_for_load_state("networkidle")
    assert complaints == []


def test_every_word_that_readers_see_is_chinese(page: Page, paths, words, corrections):
    foreign = {}
    for path in [*paths, MISSING, *REFUSED]:
        page.goto(path)
        if found := set(re.findall(r"[A-Za-z][A-Za-z0-9.-]*", page.evaluate(TEXTS))) - NOT_CHINESE:
            foreign[path] = found
    assert foreign == {}
