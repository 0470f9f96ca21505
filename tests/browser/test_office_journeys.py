"""Staff correct and withdraw; every page and file says so; of two at once the second is told."""

import csv
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import PHONE, faults
from tests.pdf import words_of_pdf
from tests.support import REASON, fact
from tests.tasks import run_tasks
from xinyi_sat.accounts.roles import EDITOR, VIEWER

pytestmark = pytest.mark.browser

LECTURES = "领导干部和公务员专题科学素质讲座"
UNREADABLE = "看不懂“约abc”：应写作数字加单位，例如“17期”“4200多名”“5.36万人次”。"


def field(page: Page, label: str) -> Locator:
    """A text field of the form, by its whole label."""
    return page.get_by_role("textbox", name=f"{label}:", exact=True)


def save(page: Page) -> None:
    """Save the record; the button stands above the form and below it."""
    page.get_by_role("button", name="保存", exact=True).first.click()


def open_lectures(page: Page) -> None:
    """Find the lectures for officials among the trainings."""
    page.get_by_role("main").get_by_role("link", name="培训", exact=True).click()
    page.get_by_role("search").get_by_role("textbox").fill("领导干部")
    page.get_by_role("search").get_by_role("button", name="搜索").click()
    expect(page.get_by_role("main").get_by_role("rowheader")).to_have_text([LECTURES])
    page.get_by_role("link", name=LECTURES).click()


def expect_refusal(page: Page, label: str, typed: str, reason: str) -> None:
    """What was typed stays in its field, and beside it stands in Chinese what was expected."""
    field(page, label).fill(typed)
    save(page)
    expect(page.get_by_text("请更正以下错误。")).to_be_visible()
    expect(field(page, label)).to_have_value(typed)
    expect(field(page, label)).to_have_accessible_description(re.compile(re.escape(reason)))
    expect(page.get_by_role("group").filter(has=field(page, label)).get_by_text(reason)).to_be_visible()


def test_a_correction_reaches_the_fact_the_list_the_file_and_the_report(page: Page, log_in):
    log_in(EDITOR)
    open_lectures(page)
    expect_refusal(page, "人数", "约abc", UNREADABLE)
    field(page, "人数").fill("1024人")
    save(page)
    expect(page.get_by_text("已公布的内容有改动，请选择是更正还是修订。")).to_have_count(1)
    expect(page.get_by_text("已公布的内容有改动，请写明理由。")).to_have_count(1)
    page.get_by_role("radio", name="更正").check()
    field(page, "理由").fill(REASON)
    save(page)
    expect(page.get_by_text("已修改")).to_be_visible()

    page.goto("/outreach/trainings/")
    expect(page.get_by_role("row").filter(has_text=LECTURES)).to_contain_text("1024人")
    page.get_by_role("link", name=LECTURES).click()
    note = "更正后的写法，可能与原文不同；以前的写法见下面的更改记录"
    expect(page.get_by_role("row", name="人数").get_by_role("cell")).to_have_text(
        [f"1024人更 {note}", "确数", "1024", "1024", "人", "原文未说明", "282–286"]
    )
    page.get_by_role("link", name="更正，见更改记录").click()
    changes = page.locator("#changes")
    expect(changes).to_be_in_viewport()
    expect(changes).to_contain_text("人数：1023人 → 1024人")
    page.get_by_role("link", name="更正与修订", exact=True).first.click()
    expect(page.get_by_role("row").filter(has_text=LECTURES)).to_contain_text("人数：1023人 → 1024人")

    lines = page.request.get("/figures.csv").body().decode("utf-8-sig").splitlines()
    measures = {row["measure"]: row for row in csv.DictReader(lines) if row["title"] == LECTURES}
    assert measures["sessions"]["wording"] == "3期"
    assert [measures["participants"][name] for name in ("wording", "low", "high")] == ["1024人", "1024", "1024"]
    run_tasks()
    printed = words_of_pdf(page.request.get("/report.pdf").body())
    # The chapter on corrections says once what it was and what it is.
    assert (printed.count("1023人"), printed.count("1024人") > 1) == (1, True)


def test_of_two_editors_the_second_sees_what_the_first_changed_and_loses_nothing(page: Page, other_page: Page, log_in):
    log_in(EDITOR, "小王")
    log_in(EDITOR, "小李", at=other_page)
    for one in (page, other_page):
        open_lectures(one)
        one.get_by_role("radio", name="更正").check()
    field(page, "人数").fill("1024人")
    field(page, "理由").fill("核对签到册")
    save(page)
    expect(page.get_by_text("已修改培训")).to_be_visible()

    field(other_page, "期数").fill("4期")
    field(other_page, "理由").fill("核对登记表")
    save(other_page)
    for words in (
        "“小王”保存过这条记录，您的改动还没有保存",
        "“小王”改了　人数：1023人 → 1024人",
        "“小王”的理由　核对签到册",
    ):
        expect(other_page.get_by_text(words)).to_be_visible()
    for label, typed in (("期数", "4期"), ("人数", "1024人"), ("理由", "核对登记表")):
        expect(field(other_page, label)).to_have_value(typed)
    assert fact("officials-science-lectures").figure("sessions").wording == "3期"

    save(other_page)
    expect(other_page.get_by_text("已修改培训")).to_be_visible()
    other_page.goto("/corrections/")
    expect(other_page.get_by_role("row").filter(has_text=LECTURES)).to_have_text(
        [re.compile("期数：3期 → 4期.*核对登记表", re.S), re.compile("人数：1023人 → 1024人.*核对签到册", re.S)]
    )
    expect(other_page.get_by_text("小王")).to_have_count(0)


def go_on(page: Page, step: str, reason: str, kind: str = "") -> None:
    """From the form of a fact to its next state, by the page that asks why."""
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", name=f"{step}：{LECTURES}")).to_be_visible()
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text("这个字段是必填项。")).to_have_count(2 if kind else 1)
    if kind:
        page.get_by_label(kind, exact=True).check()
    page.get_by_label("理由").fill(reason)
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text(f"：已{step}。")).to_be_visible()


def test_on_a_phone_an_editor_withdraws_a_fact_and_brings_it_back(page: Page, log_in):
    address, reason = fact("officials-science-lectures").get_absolute_url(), "原文这一句说的是另一项工作"
    page.set_viewport_size({"width": PHONE, "height": 844})
    log_in(EDITOR)
    open_lectures(page)
    form = page.url
    go_on(page, "撤回", reason)

    assert page.goto(address).status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{LECTURES}（已撤回）")
    expect(page.get_by_text(f"撤回理由：{reason}（撤回）")).to_be_visible()
    expect(page.get_by_text("状态：已确认 → 已撤回")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    assert faults(page) == []
    for path in ("/outreach/trainings/", "/figures/?q=领导干部", "/sources/xinyi-review-2021/", "/figures.csv"):
        assert LECTURES not in page.request.get(path).text()

    page.goto(form)
    go_on(page, "恢复公布", "核对原文后无误", "修订")
    assert page.goto(address).status == 200
    expect(page.get_by_role("row", name="人数").get_by_role("cell").first).to_have_text("1023人")


def test_a_viewer_reads_everything_and_finds_nothing_to_press(page: Page, log_in):
    log_in(VIEWER)
    assert faults(page) == []
    expect(page.get_by_role("link", name="增加")).to_have_count(0)
    open_lectures(page)
    main = page.get_by_role("main")
    expect(main.get_by_text("1023人")).to_be_visible()
    for role in ("textbox", "button"):
        expect(main.get_by_role(role)).to_have_count(0)
    expect(page.get_by_role("link", name="撤回")).to_have_count(0)
    page.get_by_role("link", name="更改记录").click()
    expect(page.get_by_role("row", name="载入")).to_be_visible()
