"""The figures of a new year: begun by a manager, entered by an editor with a workbook, published, compared, printed."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_office_journeys import LECTURES
from tests.pdf import words_of_pdf
from tests.support import again, fact, new_document, new_period
from tests.tasks import run_tasks
from xinyi_sat.accounts.roles import EDITOR, MANAGER

pytestmark = pytest.mark.browser

COURSES = "专业技术人员继续教育公共课培训"
PARAGRAPHS = ["2023年工作回顾", "办了5期干部讲座，1200人参加。", "公共课办了20期，2500人参加。"]
ENTERED = {
    LECTURES: {"段落": 2, "期数": "5期", "人数": "1200人"},
    COURSES: {"段落": 3, "期数": "20期", "人数": "2500人", "服务": "为提高全民科学素质服务"},
}
PLANTED = {LECTURES: {"人数": "1200"}, COURSES: {"段落": 9}}
REFUSALS = {
    f"第 2 行　{LECTURES}": "人数：“1200”没有单位，应写数字和单位，例如“1200人”。",
    f"第 3 行　{COURSES}": "段落：《2023年工作回顾》没有登记第 9 段，登记到第 3 段。",
}


@pytest.fixture
def last_year() -> None:
    """A published year of two trainings, whose matters the next one has again."""
    document = new_document(new_period("2022"))
    again(fact("officials-science-lectures"), document, participants="1100人")
    again(fact("continuing-education"), document, sessions="20期")


def begin_year(page: Page, folder: Path) -> None:
    """A manager begins the year after the pattern of the last one, with its document."""
    text = folder / "2023.txt"
    text.write_text("\n".join(PARAGRAPHS), encoding="utf-8")
    page.goto("/admin/facts/period/")
    page.get_by_role("link", name="2022年").click()
    page.get_by_role("link", name="以此为底稿新建时期").click()
    page.get_by_role("textbox", name="名称:").last.fill("2023年工作回顾")
    page.get_by_label("发布日期").fill("2024-01-10")
    page.get_by_label("原文").set_input_files(text)
    page.get_by_role("button", name="新建时期").click()
    expect(page.get_by_text("登记文献 3 段，起草记录 2 条，都没有数字。")).to_be_visible()


def download_workbook(page: Page, path: Path) -> None:
    """Fetch the workbook with what there is to fill in."""
    page.get_by_role("link", name="用工作簿录入或更正").click()
    form = page.locator("form").filter(has=page.get_by_role("button", name="下载录入表"))
    form.get_by_label("时期").select_option("2023年")
    form.get_by_label("填入已有的记录").check()
    with page.expect_download() as download:
        form.get_by_role("button", name="下载录入表").click()
    download.value.save_as(path)


def fill_in_and_upload(page: Page, path: Path, entered: dict[str, dict]) -> None:
    """Type into the rows of the sheet, by name and heading, and send it for the year."""
    book = openpyxl.load_workbook(path)
    sheet = book["培训"]
    headings = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, headings["名称"]).value: row for row in range(2, sheet.max_row + 1)}
    for title, cells in entered.items():
        for heading, value in cells.items():
            sheet.cell(rows[title], headings[heading], value)
    book.save(path)
    form = page.locator("form").filter(has=page.get_by_role("button", name="上传并核对"))
    form.get_by_label("文件").set_input_files(path)
    form.get_by_label("时期").select_option("2023年")
    form.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name=f"核对“{path.name}”")).to_be_visible()


def save_and_confirm(page: Page) -> None:
    """Save all that the preview shows, and confirm the drafts in their list."""
    expect(page.get_by_text("人数：（空） → 1200人")).to_be_visible()
    page.get_by_role("button", name="全部保存").click()
    expect(page.get_by_text("已全部保存：新增 0 条，改动 2 条；0 条未变。")).to_be_visible()
    page.get_by_role("link", name="2023年的培训").click()
    page.get_by_role("checkbox", name="选择本页全部记录").check()
    page.get_by_label("操作").select_option("确认所选的待确认记录（时期已公布的，随即公布）")
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_text("已确认 2 条，所属时期还是草稿，公布这个时期以后才人人可读。")).to_be_visible()


def publish(page: Page) -> None:
    """From the form of the period, by its preview and the page that says what readers will find, to what they find."""
    page.get_by_role("link", name="预览", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="为提高全民科学素质服务").click()
    expect(page.get_by_text("草稿预览，未公开。")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=LECTURES)).to_contain_text("1200人")
    page.get_by_role("link", name="回到这个时期").click()
    page.get_by_role("link", name="公布", exact=True).click()
    expect(page.get_by_role("row", name="培训")).to_have_text("培训2400")
    page.get_by_role("button", name="公布", exact=True).click()
    expect(page.get_by_text("时期“2023年”：已公布。")).to_be_visible()
    page.get_by_role("link", name="在网站上查看").click()


def test_a_year_is_entered_by_workbook_published_compared_and_printed(
    page: Page, other_page: Page, log_in, last_year, tmp_path
):
    log_in(MANAGER, "管理")
    log_in(EDITOR, "编辑", at=other_page)
    begin_year(page, tmp_path)

    download_workbook(other_page, tmp_path / "2023.xlsx")
    fill_in_and_upload(other_page, tmp_path / "2023.xlsx", ENTERED | PLANTED)
    for row, reason in REFUSALS.items():
        refused = other_page.get_by_role("listitem").filter(has=other_page.get_by_role("heading", name=row))
        expect(refused).to_contain_text(reason)
    expect(other_page.get_by_role("button", name="全部保存")).to_have_count(0)
    other_page.get_by_role("link", name="重新上传").click()
    fill_in_and_upload(other_page, tmp_path / "2023.xlsx", ENTERED)
    save_and_confirm(other_page)
    assert page.request.get("/?period=2023").status == 404

    publish(page)
    page.get_by_role("link", name="时期对比").click()
    row = page.get_by_role("row").filter(has_text=LECTURES).filter(has_text="人数")
    expect(row).to_contain_text("1100人 1200人 +100人 +9.1%")
    run_tasks()
    printed = words_of_pdf(page.request.get("/report.pdf?period=2023").body())
    assert [printed.count(figure) > 0 for figure in ("1200人", "2500人", "1100人")] == [True, True, False]
