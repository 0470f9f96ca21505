"""Which sheet is of which kind, where its headings stand, and for which period it is."""

import pytest

from outreach.models import Training
from tests.office.uploads.clerks import FARM_COURSE, book, table

pytestmark = pytest.mark.django_db

NO_RECORD = "必填。合计、说明、填表人等不是记录，请删去这一行，或写在标题行的上方。"


def test_headings_are_found_below_titles_in_any_order_and_other_sheets_are_left_out(clerk, year):
    rows = [["2031年培训情况统计表"], ["填报单位：科协办公室", None, "单位：人"], [], *table(FARM_COURSE)]
    rows[3] = [f" {heading}* " for heading in rows[3]]
    for row in rows[3:]:
        row.reverse()
    shown = clerk.upload(book(培训=rows, Sheet2=[], 填写说明=[["x"]]))
    assert [(row.number, row.outcome) for row in shown.rows] == [(5, "new")]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            table({"标识": "a", "人头数": "3人"} | FARM_COURSE),
            "第 1 行的标题“人头数”不认识。这一类记录的各列是：名称、标识",
        ),
        ([["标识", "名称", "名 称"], ["a"]], "第 1 行的标题“名称”有两列"),
        ([["编号", "名称"]], "工作表“培训”里找不到标题行"),
        ([["标识", "名称"]], "表里没有填写任何一行。"),
        ([["标识", "名称"], ["a", "b", "", "x"]], "第 2 行第 4 列有内容，但这一列没有标题。请删去，或写上标题。"),
        ([["标识（2031年，更改号 昨天）", "名称"], ["a"]], "看不懂。请照下载时的样子改回来，或重新下载。"),
        ([["标识*(2031年)", "名称"], ["a"]], "看不懂。请照下载时的样子改回来，或重新下载。"),
        ([["标识（2017—2021年，更改号 5）", "名称"], ["a"]], "写明的时期是“2017—2021年”，上传时选的是“2031年”"),
    ],
    ids=["unknown", "twice", "none", "empty", "headless", "stamp", "half a stamp", "period"],
)
def test_a_sheet_that_cannot_be_read_is_refused_as_a_whole(clerk, year, rows, problem):
    shown = clerk.upload(book(培训=rows))
    assert shown.rows == []
    [found] = shown.problems
    assert problem in found
    assert " 0 行" not in shown.text  # nobody has counted


@pytest.mark.parametrize(
    "cells", [{"名称": "合计", "人数": 320.0}, {"名称": "填表人：某某"}, {"形式": "培训班"}], ids=str
)
def test_a_row_that_is_no_record_is_told_in_one_sentence(clerk, year, cells):
    assert clerk.rows(FARM_COURSE, cells).refusals == [(3, "标识", NO_RECORD)]


@pytest.mark.parametrize("heading", ["标识*(2031 年, 更改号０)", "标识* \n（2031，更改号 0）"])
def test_what_is_written_beside_the_heading_of_the_slug_is_understood(clerk, year, heading):
    rows = table(FARM_COURSE)
    rows[0][1] = heading
    assert clerk.upload(book(培训=rows)).outcomes == ["new"]


def test_problems_of_several_sheets_are_told_together(clerk, year):
    shown = clerk.upload(book(培训=[["x"]], 活动=[["x"]], 队伍=table(FARM_COURSE)))
    assert len(shown.problems) == 3


@pytest.mark.parametrize(
    ("titles", "reason"),
    [
        (["培训", " 培训"], "有两个工作表是同一类记录"),
        (["Sheet1"], "“Sheet1”不是一类记录的名称。请把工作表（或 CSV 文件）改名为：奖项、竞赛"),
    ],
)
def test_it_is_never_guessed_of_which_kind_a_sheet_is(clerk, year, titles, reason):
    shown = clerk.upload(book(**{title: table(FARM_COURSE) for title in titles}))
    assert reason in shown.problems[0]
    assert not Training.objects.filter(period=year).exists()


def test_a_csv_is_named_after_its_kind_and_a_file_may_hold_nothing(clerk, year):
    assert "“表”不是一类记录的名称" in clerk.upload("标识,名称\na,b".encode(), "表.csv").problems[0]
    assert clerk.upload(b" ", "培训.csv").problems == ["文件里没有内容。"]
