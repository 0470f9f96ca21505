"""An admin corrects a figure, and every page and file says so; of two at once the second is told."""

import csv
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from outreach.models import Training
from tests.changes import REASON
from tests.pdf import words_of_pdf
from tests.tasks import run_tasks
from xinyi_sat.accounts.roles import EDITOR

pytestmark = pytest.mark.browser

LECTURES = "领导干部和公务员专题科学素质讲座"
UNREADABLE = "看不懂“约abc”：应写作数字加单位，例如“17期”“4200多名”“5.36万人次”。"
WRONG_UNIT = "人次的单位应为“人次”，而“1023人”的单位是“人”。"


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


def expect_refusal(refused: Locator, typed: str, reason: str) -> None:
    """The field keeps what was typed, and says beside it in Chinese what was expected."""
    expect(refused.page.get_by_text("请更正以下错误。")).to_be_visible()
    expect(refused).to_have_value(typed)
    expect(refused).to_have_accessible_description(reason)
    expect(refused.page.get_by_role("group").filter(has=refused).get_by_text(reason)).to_be_visible()


def test_an_admin_is_told_beside_the_field_what_was_expected(page: Page, log_in):
    log_in()
    open_lectures(page)
    field(page, "人数").fill("约abc")
    save(page)
    expect_refusal(field(page, "人数"), "约abc", UNREADABLE)

    field(page, "人数").fill("")
    field(page, "人次").fill("1023人")
    save(page)
    expect_refusal(field(page, "人次"), "1023人", WRONG_UNIT)
    assert str(Training.objects.get(title=LECTURES).participants) == "1023人"


def test_a_correction_reaches_the_fact_the_list_the_file_and_the_report(page: Page, log_in):
    run_tasks()
    before = page.request.get("/report.pdf").body()
    log_in()
    open_lectures(page)
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

    page.goto("/")
    expect(page.get_by_text("的数据，新的正在生成。")).to_be_visible()
    run_tasks()
    printed_before, printed = words_of_pdf(before), words_of_pdf(page.request.get("/report.pdf").body())
    assert (printed_before.count("1023人") > 0, printed_before.count("1024人")) == (True, 0)
    # The chapter on corrections says once what it was and what it is.
    assert (printed.count("1023人"), printed.count("1024人")) == (1, printed_before.count("1023人") + 1)


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
    assert str(Training.objects.get(title=LECTURES).sessions) == "3期"

    save(other_page)
    expect(other_page.get_by_text("已修改培训")).to_be_visible()
    other_page.goto("/corrections/")
    expect(other_page.get_by_role("row").filter(has_text=LECTURES)).to_have_text(
        [re.compile("期数：3期 → 4期.*核对登记表", re.S), re.compile("人数：1023人 → 1024人.*核对签到册", re.S)]
    )
    expect(other_page.get_by_text("小王")).to_have_count(0)
