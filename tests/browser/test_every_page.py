"""What holds of every page: it fits a phone, it asks no other host for anything, it speaks Chinese."""

import re

import pytest
from playwright.sync_api import Page

from outreach.models import Training
from tests.changes import corrected, drafted
from tests.periods import again, new_document, new_period
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Period

pytestmark = pytest.mark.browser

SCREENS = {"phone": 390, "desk": 1280}
A4 = 794  # upright
MISSING = "/no-such-page/"
REFUSED = [
    "/figures/?at_least=很多&kind=无",
    "/figures.csv?at_least=很多",
    "/outreach/trainings/?participants_min=-1&form=无",
]
NAMES = {"CSV", "JSON", "Atom", "PDF", "Excel", "WPS", "Word", "APP", "LED", "SHA-256"}
KINDS_OF_FILE = {"xlsx", "xls", "ods", "csv", "MB"}
COMMANDS = {"audit_source", "load_source"}
OF_ADMIN = [
    *("", "outreach/", "outreach/training/", "outreach/training/?q=没有这一条", "outreach/training/add/", "upload/"),
    *("facts/period/", "facts/period/add/", "facts/organisation/", "facts/document/", "facts/passage/"),
    *("facts/draftfact/", "report/edition/", "report/edition/add/", "auth/user/", "auth/user/add/"),
    *("accounts/loginlock/", "accounts/secondstep/", "second-step/", "password_change/"),
]
FILES = {"figures.csv", "facts.csv", "data.zip", "report.xlsx", "report.docx"}
NOT_CHINESE = NAMES | FILES

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


def test_paper_cuts_no_table(page: Page, paths, corrections):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1123})
    widths = {}
    for path in paths:
        page.goto(path)
        widths |= {path: max(page.locator("table").evaluate_all("all => all.map(one => one.scrollWidth)"), default=0)}
    assert {path: needed for path, needed in widths.items() if needed > A4} == {}
    assert max(widths.values()) > A4 / 2


@pytest.mark.parametrize("width", SCREENS.values(), ids=SCREENS)
def test_the_largest_headline_stays_in_its_card_and_in_a_line(page: Page, lectures, width):
    corrected(lectures, participants="999,999,999,999人", sessions="999999999999次", is_headline=True)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cards = page.locator(".headlines li").filter(has_text="999")
    assert cards.evaluate_all("all => all.map(one => one.scrollWidth <= one.clientWidth)") == [True, True]
    pieces = cards.locator(".figure, .corrected").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert pieces == [1, 1, 1, 1]


@pytest.fixture
def unbroken() -> Training:
    """A fact, corrected, whose every text is without a blank, as those of its period and document are."""
    year = new_period("2022", title="P" * 100)
    lectures = Training.objects.get(slug="officials-science-lectures")
    training = again(lectures, new_document(year, title="D" * 200), participants="1000人")
    return corrected(training, title="a" * 180, note="x" * 3000)


@pytest.mark.parametrize("width", SCREENS.values(), ids=SCREENS)
def test_text_without_a_blank_makes_no_page_wider(page: Page, unbroken, width):
    page.set_viewport_size({"width": width, "height": 844})
    lists = ("/", "/outreach/trainings/", "/figures/", "/figures/?period=all", "/corrections/", "/sources/review-2022/")
    compared = "/compare/?period=2017-2021&period=2022"
    for path in (unbroken.get_absolute_url(), unbroken.service_url, *lists, compared):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", SCREENS.values(), ids=SCREENS)
def test_text_without_a_blank_makes_no_page_of_the_admin_wider(page: Page, unbroken, log_in, width):
    drafted(unbroken)
    log_in()
    page.set_viewport_size({"width": width, "height": 844})
    records = {
        f"outreach/training/{unbroken.pk}": ("change", "history", "state"),
        f"facts/period/{unbroken.period.pk}": ("change", "history", "copy", "state"),
        f"facts/document/{unbroken.passage.document.pk}": ("change", "history"),
    }
    of_records = [f"{record}/{name}/" for record, names in records.items() for name in names]
    for path in (*OF_ADMIN, *of_records):
        page.goto(f"/admin/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(f"/admin/outreach/training/{unbroken.pk}/change/")
    tools, name = page.locator(".object-tools li").first.bounding_box(), page.locator("#content > h2").bounding_box()
    assert name["x"] + name["width"] <= tools["x"] or name["y"] + name["height"] <= tools["y"]


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


def test_every_page_of_the_admin_speaks_chinese_and_fits_a_phone(page: Page, log_in):
    training, period = Training.objects.first(), Period.objects.get()
    draft = drafted(training, slug="pending")
    records = {
        f"outreach/training/{training.pk}": ("change", "history", "state"),
        f"outreach/training/{draft.pk}": ("change", "delete", "state"),
        f"facts/period/{period.pk}": ("change", "history", "copy", "state"),
    }
    of_records = [f"{record}/{name}/" for record, names in records.items() for name in names]
    again(training, new_document(new_period("2022", state="draft")), participants="2500人")
    previews = ["preview/2022/", *(f"preview/2022/{service}/" for service in Service)]
    log_in()
    page.set_viewport_size({"width": SCREENS["phone"], "height": 844})
    foreign, too_wide = {}, {}
    for path in [*OF_ADMIN, *of_records, *previews]:
        assert page.goto(f"/admin/{path}").status == 200
        words = set(re.findall(r"[A-Za-z][A-Za-z0-9_-]*", page.evaluate(TEXTS)))
        foreign |= {path: found} if (found := words - NAMES - KINDS_OF_FILE - COMMANDS) else {}
        needed = page.evaluate("document.documentElement.scrollWidth")
        too_wide |= {path: needed} if needed > SCREENS["phone"] else {}
    assert (foreign, too_wide) == ({}, {})


def test_every_word_that_readers_see_is_chinese(page: Page, paths, words, corrections):
    foreign = {}
    for path in [*paths, MISSING, *REFUSED]:
        page.goto(path)
        if found := set(re.findall(r"[A-Za-z][A-Za-z0-9.-]*", page.evaluate(TEXTS))) - NOT_CHINESE:
            foreign[path] = found
    assert foreign == {}
