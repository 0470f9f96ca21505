"""What staff come for: a figure and where it says so, a list in order, a file."""

import csv
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.tasks import publish_all

pytestmark = pytest.mark.browser

COURSES = "专业技术人员继续教育公共课培训"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def menu(page: Page) -> Locator:
    """The menu at the head of every page."""
    return page.get_by_role("navigation", name="主菜单")


def question(page: Page) -> Locator:
    """The form that narrows a list."""
    return page.get_by_role("form", name="筛选")


def column(page: Page, label: str) -> list[str]:
    """The cells of a list under a heading."""
    at = page.get_by_role("columnheader").all_inner_texts().index(label)
    rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    return [row.get_by_role("cell").nth(at).inner_text() for row in rows.all()]


def expect_figure_at(page: Page, anchor: str, wording: str) -> None:
    """The address names a figure of the document, and that figure is what the reader sees."""
    expect(page).to_have_url(re.compile(rf"/sources/xinyi-review-2021/#{anchor}$"))
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text(wording)


def test_a_reader_finds_how_many_were_trained_and_where_it_says_so(page: Page):
    page.goto("/")
    page.get_by_role("searchbox", name="查找数字").fill("培训")
    page.get_by_role("searchbox", name="查找数字").press("Enter")
    expect(page.get_by_role("heading", name="全部数字")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="2342人")
    expect(row).to_contain_text(COURSES)
    expect(row).to_contain_text("全期合计")
    row.get_by_role("link", name="2342人").click()
    expect_figure_at(page, "p10-230", "人数 2342人")


def test_a_figure_is_shown_within_the_words_where_an_admin_has_loaded_them(page: Page, words):
    page.goto("/outreach/trainings/2017-2021/continuing-education/")
    expect(page.get_by_role("blockquote").get_by_role("link")).to_have_text(["17期", "2342人"])
    page.get_by_role("row", name="人数").get_by_role("link", name="2342人").click()
    expect_figure_at(page, "p10-230", "2342人")
    page.get_by_role("blockquote").get_by_role("link", name="2342人").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSES)


def test_a_list_sorts_by_number_is_narrowed_and_downloaded_as_it_is_shown(page: Page):
    page.goto("/outreach/trainings/")
    heading, shown = page.get_by_role("columnheader", name="人数"), ["1023人", "2342人", "20000多人"]
    for direction, order in (("ascending", shown), ("descending", shown[::-1])):
        heading.get_by_role("link").click()
        expect(heading).to_have_attribute("aria-sort", direction)
        assert [one for one in column(page, "人数") if one != "—"] == order
    expect(question(page).get_by_label("排序")).to_have_value("-participants")

    question(page).get_by_label("对象").select_option("农民")
    question(page).get_by_role("button", name="筛选").click()
    expect(page.get_by_text("共 2 条记录")).to_be_visible()
    expect(question(page).get_by_label("排序")).to_have_value("-participants")
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "trainings.csv"
    content = download.value.path().read_bytes()
    assert content.startswith(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [row["名称"] for row in rows] == column(page, "名称")
    for label in ("名称", "形式", "对象", "期数", "人数", "人次", "户数"):
        assert [row[label] or "—" for row in rows] == column(page, label)


def test_every_file_of_the_report_is_a_click_away(page: Page):
    publish_all()
    page.goto("/")
    answer = page.request.get(menu(page).get_by_role("link", name="报告 PDF").get_attribute("href"))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")
    for link, ending in (("报告 Word", ".docx"), ("工作簿 Excel", ".xlsx"), ("数据包", ".zip")):
        with page.expect_download() as download:
            page.get_by_role("contentinfo").get_by_role("link", name=link).click()
        assert download.value.suggested_filename.endswith(ending)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_from_the_home_page_to_the_source_without_javascript(page: Page):
    page.goto("/")
    menu(page).get_by_role("link", name="培训", exact=True).click()
    question(page).get_by_label("形式").select_option("讲座")
    question(page).get_by_role("button", name="筛选").click()
    expect(page.get_by_text("共 2 条记录")).to_be_visible()
    page.get_by_role("link", name="领导干部和公务员专题科学素质讲座").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("领导干部和公务员专题科学素质讲座")
    page.get_by_role("link", name="1023人").click()
    expect_figure_at(page, "p10-281", "人数 1023人")
