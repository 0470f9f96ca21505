"""The rules of axe on a page of each sort, at a desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

MAIN_PAGES = [
    "/",
    "/figures/?q=培训",
    "/corrections/",
    "/outreach/trainings/?sort=-participants",
    "/outreach/trainings/2017-2021/continuing-education/",
    "/outreach/channels/",
    "/services/literacy/",
    "/sources/",
    "/sources/xinyi-review-2021/",
    "/organisations/",
    "/organisations/xinyi-ast/",
    "/about/",
    "/no-such-page/",
]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_breaks_a_rule_of_accessibility(page: Page, words, corrections, width):
    page.set_viewport_size({"width": width, "height": 844})
    broken = {}
    for path in MAIN_PAGES:
        page.goto(path)
        if violations := Axe().run(page).response["violations"]:
            broken[path] = [(rule["impact"], rule["id"], rule["nodes"][0]["html"]) for rule in violations]
    assert broken == {}


def test_a_keyboard_skips_the_menu(page: Page):
    page.goto("/about/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("main").get_by_role("link").first).to_be_focused()


def test_a_refused_question_is_said_beside_its_field(page: Page):
    page.goto("/outreach/trainings/?participants_min=-1")
    expect(page.get_by_role("alert")).to_have_text("应不小于 0。")
