"""An editor withdraws a fact: readers are told at its address, and find it nowhere else; then it comes back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from outreach.models import Training
from tests.browser.test_admin_journey import LECTURES, open_lectures
from tests.changes import drafted
from tests.roles import STAFF
from xinyi_sat.accounts.roles import EDITOR, VIEWER

pytestmark = pytest.mark.browser

REASON = "原文这一句说的是另一项工作"


def go_on(page: Page, step: str, kind: str, reason: str) -> None:
    """From the form of a fact to its next state, by the page that asks why."""
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", name=f"{step}：{LECTURES}")).to_be_visible()
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text("这个字段是必填项。")).to_have_count(2)
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text(f"：已{step}。")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_editor_withdraws_a_fact_and_brings_it_back(page: Page, log_in, width):
    address = Training.objects.get(title=LECTURES).get_absolute_url()
    page.set_viewport_size({"width": width, "height": 844})
    log_in(EDITOR)
    open_lectures(page)
    form = page.url
    go_on(page, "撤回", "更正", REASON)

    assert page.goto(address).status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{LECTURES}（已撤回）")
    expect(page.get_by_text(f"撤回理由：{REASON}（更正）")).to_be_visible()
    expect(page.get_by_text("状态：已确认 → 已撤回")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []
    for path in ("/outreach/trainings/", "/figures/?q=领导干部", "/sources/xinyi-review-2021/"):
        assert page.goto(path).status == 200
        expect(page.get_by_text(LECTURES)).to_have_count(0)
    assert LECTURES not in page.request.get("/figures.csv").body().decode()

    page.goto(form)
    go_on(page, "恢复公布", "修订", "核对原文后无误")
    assert page.goto(address).status == 200
    expect(page.get_by_role("row", name="人数").get_by_role("cell").first).to_have_text("1023人")


def test_an_editor_confirms_a_draft_in_the_list(page: Page, log_in):
    draft = drafted(Training.objects.get(title=LECTURES), title="一项新的讲座")
    log_in(EDITOR)
    page.goto("/admin/outreach/training/?state__exact=draft")
    page.get_by_role("row", name="一项新的讲座").get_by_role("checkbox").check()
    page.get_by_label("操作").select_option("确认所选的待确认记录（时期已公布的，随即公布）")
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_text("已确认公布 1 条。")).to_be_visible()
    assert page.goto(draft.get_absolute_url()).status == 200


def test_a_viewer_reads_everything_and_finds_nothing_to_press(page: Page, log_in):
    log_in(VIEWER)
    open_lectures(page)
    main = page.get_by_role("main")
    expect(main.get_by_text("1023人")).to_be_visible()
    expect(main.get_by_role("textbox")).to_have_count(0)
    expect(main.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="撤回")).to_have_count(0)
    page.get_by_role("link", name="更改记录").click()
    expect(page.get_by_role("row", name="载入")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("role", STAFF)
def test_the_first_page_of_the_admin_fits_every_screen_for_every_role(page: Page, log_in, role, width):
    page.set_viewport_size({"width": width, "height": 844})
    log_in(role)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (page.get_by_role("link", name="增加").count() == 0) == (role == VIEWER)
