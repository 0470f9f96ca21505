"""The rules of axe on a page of each sort, on a phone by day and at a desk by night; and the keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.looking import DESK, PHONE

pytestmark = pytest.mark.browser

PUBLIC = [
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
    "/help/",
    "/editions/",
    "/no-such-page/",
    "/admin/login/",
]


def violations(page: Page, paths: list[str]) -> dict[tuple, list]:
    """What axe finds, by page and by colours."""
    found = {}
    for width, colours in ((PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=colours)
        for path in paths:
            page.goto(path)
            broken = Axe().run(page).response["violations"]
            found[path, colours] = [(rule["impact"], rule["id"], rule["nodes"][0]["html"]) for rule in broken]
    return {where: broken for where, broken in found.items() if broken}


def test_no_page_breaks_a_rule_of_accessibility(page: Page, words, corrections):
    assert violations(page, PUBLIC) == {}


def test_no_page_of_ours_in_the_admin_does(page: Page, log_in):
    log_in()
    ours = ("upload/", "second-step/", "facts/period/1/copy/", "facts/period/1/state/", "report/publishedfile/part/")
    assert violations(page, [f"/admin/{path}" for path in ("", "outreach/training/", *ours)]) == {}


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
