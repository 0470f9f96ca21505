"""What holds of every page: it fits a phone and a desk, asks no other host for anything, and speaks Chinese."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import FIGURES, faults
from tests.support import drafted, fact
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Document, Measure, Period, Term

pytestmark = pytest.mark.browser

A4 = 794  # upright
REFUSED = [
    "/no-such-page/",
    "/figures/?at_least=很多&kind=无",
    "/figures.csv?at_least=很多",
    "/outreach/trainings/?participants_min=-1&form=无",
]
OF_ANOTHER_YEAR = [
    *("/?period=2022", "/outreach/trainings/?period=2022", "/outreach/trainings/?period=all", "/figures/?period=all"),
    *("/corrections/?period=2022", "/services/literacy/?period=2022", "/compare/?period=2017-2021&period=2022"),
]
OF_ADMIN = [
    *("", "outreach/", "outreach/training/", "outreach/training/?q=没有这一条", "outreach/training/add/", "upload/"),
    *("facts/period/", "facts/period/add/", "facts/organisation/", "facts/document/", "facts/passage/"),
    *("facts/measure/", "facts/measure/add/", "facts/term/", "facts/association/", "facts/association/1/change/"),
    *("facts/draftfact/", "report/edition/", "report/edition/add/", "auth/user/", "auth/user/add/"),
    *("report/publishedfile/", "report/publishedfile/add/"),
    *("accounts/loginlock/", "accounts/secondstep/", "second-step/", "password_change/"),
]


def test_every_page_for_readers(page: Page, paths, words, corrections, unbroken, complaints):
    wrong, figures = {}, 0
    for path in [*paths, *OF_ANOTHER_YEAR, unbroken.get_absolute_url(), "/admin/login/"]:
        assert page.goto(path).status == 200, path
        wrong |= {path: found} if (found := faults(page)) else {}
        figures += page.locator(FIGURES).count()
    page.wait_for_load_state("networkidle")
    assert (wrong, complaints) == ({}, [])
    assert figures > 100


def test_every_page_that_refuses(page: Page):
    wrong = {}
    for path in REFUSED:
        assert page.goto(path).status in (200, 400, 404)
        wrong |= {path: found} if (found := faults(page)) else {}
    assert wrong == {}


def test_every_page_of_the_admin(page: Page, unbroken, log_in, complaints):
    draft = drafted(fact("continuing-education"), slug="pending")
    draft_year = Period.objects.create(slug="2023", title="2023年", starts_on="2023-01-01", ends_on="2023-12-31")
    drafted(fact("continuing-education"), slug="next", period=draft_year)
    records = {
        f"outreach/training/{unbroken.pk}": ("change", "history", "state"),
        f"outreach/training/{draft.pk}": ("change", "delete", "state"),
        f"facts/period/{unbroken.period.pk}": ("change", "history", "copy", "state"),
        f"facts/document/{unbroken.passage.document.pk}": ("change", "history"),
    }
    of_records = [f"{record}/{name}/" for record, names in records.items() for name in names]
    previews = ["preview/2023/", *(f"preview/2023/{service}/" for service in Service)]
    slugs = [one for model in (Document, Measure, Term) for one in model.objects.values_list("slug", flat=True)]
    slugs += Term.objects.values_list("vocabulary", flat=True)
    log_in()
    wrong = {}
    for path in [*OF_ADMIN, *of_records, *previews]:
        assert page.goto(f"/admin/{path}").status == 200, path
        wrong |= {path: found} if (found := faults(page, slugs)) else {}
    page.goto("/admin/outreach/training/add/")
    page.get_by_role("searchbox").last.fill("新沂市报")
    page.get_by_role("option", name="新沂市报").click()
    page.wait_for_load_state("networkidle")
    assert (wrong, complaints) == ({}, [])

    page.goto(f"/admin/outreach/training/{unbroken.pk}/change/")
    tools, name = page.locator(".object-tools li").first.bounding_box(), page.locator("#content > h2").bounding_box()
    assert name["x"] + name["width"] <= tools["x"] or name["y"] + name["height"] <= tools["y"]


def test_paper_cuts_no_table(page: Page, paths, corrections):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 1123})
    widths = {}
    for path in paths:
        page.goto(path)
        widths |= {path: max(page.locator("table").evaluate_all("all => all.map(one => one.scrollWidth)"), default=0)}
    assert {path: needed for path, needed in widths.items() if needed > A4} == {}
    assert max(widths.values()) > A4 / 2
