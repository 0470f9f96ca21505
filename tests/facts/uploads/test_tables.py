"""Which sheet is of which kind, where its headings stand, and for which period it is."""

import pytest

from outreach.models import Training
from tests.facts.uploads.office import FARM_COURSE, book, table

pytestmark = pytest.mark.django_db

NO_RECORD = "必填。合计、说明、填表人等不是记录，请删去这一行，或写在标题行的上方。"


def under(*above: list) -> list[list]:
    """The table below other rows."""
    return [*above, *table(FARM_COURSE)]


def test_headings_are_found_below_titles_in_any_order_with_marks_and_spaces(clerk, year):
    rows = under(["2031年培训情况统计表"], ["填报单位：科协办公室", None, "单位：人"], [])
    rows[3] = [f" {heading}* " for heading in rows[3]]
    for row in rows[3:]:
        row.reverse()
    shown = clerk.upload(book(培训=rows))
    assert [(line["number"], line["outcome"]) for line in shown.lines] == [(5, "new")]


def test_empty_sheets_help_and_options_are_left_out(clerk, year):
    others = {"Sheet2": [], "填写说明": [["x"]], "选项": [["x"]]}
    assert clerk.upload(book(培训=table(FARM_COURSE), **others)).outcomes == ["new"]


def test_an_example_is_counted_and_not_read(clerk, year):
    shown = clerk.rows(FARM_COURSE, FARM_COURSE | {"标识": "示例"}, FARM_COURSE | {"标识": " 示 例 "})
    assert shown.outcomes == ["new"]
    assert "示例行 2 行，没有读取。" in shown.text


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            table({"标识": "a", "人头数": "3人"} | FARM_COURSE),
            "第 1 行的标题“人头数”不认识。这一类记录的各列是：名称、标识",
        ),
        ([["标识", "名称", "名 称"], ["a"]], "第 1 行的标题“名称”有两列"),
        ([["编号", "名称"]], "工作表“培训”里找不到标题行"),
        (under(["时期", "2017—2021年"]), "写明的时期是“2017—2021年”，上传时选的是“2031年”"),
        (under(["文献：", "去年的回顾"]), "上方写的文献：没有文献“去年的回顾”"),
        ([["标识", "名称"]], "表里没有填写任何一行。"),
        ([["标识", "名称"], ["a", "b", "", "x"]], "第 2 行第 4 列有内容，但这一列没有标题。请删去，或写上标题。"),
        ([["标识（2031年，更改号 昨天）", "名称"], ["a"]], "看不懂，应像“标识（2031年，更改号 1024）”。"),
        ([["标识*(2031年)", "名称"], ["a"]], "请照下载时的样子改回来，或重新下载。"),
        ([["标识（2017—2021年，更改号 5）", "名称"], ["a"]], "写明的时期是“2017—2021年”，上传时选的是“2031年”"),
    ],
    ids=[
        "unknown",
        "twice",
        "none",
        "period",
        "document",
        "empty",
        "headless",
        "stamp",
        "half a stamp",
        "period in the stamp",
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused_as_a_whole(clerk, year, rows, problem):
    shown = clerk.upload(book(培训=rows))
    assert shown.lines == []
    [said] = shown.problems
    assert problem in said
    assert " 0 行" not in shown.text  # nobody has counted


@pytest.mark.parametrize(
    "cells",
    [{"名称": "合计", "人数": 320.0}, {"名称": "填表人：某某"}, {"名称": "漏填标识", "形式": "培训班"}],
    ids=str,
)
def test_a_row_that_is_no_record_is_told_in_one_sentence(clerk, year, cells):
    assert clerk.rows(FARM_COURSE, cells).refusals == [(3, "标识", NO_RECORD)]


@pytest.mark.parametrize("stated", ["2031年", "2031", " 2031 年 "])
def test_a_sheet_may_say_its_period_by_name_or_slug_beside_a_label_that_is_merged(clerk, year, stated):
    made = book(培训=under(["时期", None, stated]))
    made["培训"].merge_cells("A1:B1")
    assert clerk.upload(made).problems == []


@pytest.mark.parametrize("heading", ["标识*(2031 年, 更改号：０)", "标识* \n（2031，更改号0）"])
def test_what_is_written_beside_the_heading_of_the_slug_is_understood(clerk, year, heading):
    rows = table(FARM_COURSE)
    rows[0][1] = heading
    assert clerk.upload(book(培训=rows)).outcomes == ["new"]


def test_problems_of_several_sheets_are_told_together(clerk, year):
    shown = clerk.upload(book(培训=[["x"]], 活动=[["x"]], 队伍=table(FARM_COURSE)))
    assert len(shown.problems) == 3


def test_a_sheet_under_any_name_is_read_as_the_kind_that_was_chosen(clerk, year):
    for sheets in ({"Sheet1": table(FARM_COURSE)}, {"其他": [["x"]], "培训": table(FARM_COURSE)}):
        assert clerk.upload(book(**sheets), kind="training").outcomes == ["new"]


@pytest.mark.parametrize(
    ("titles", "kind", "reason"),
    [
        (["表一", "表二"], "training", "文件里的工作表是“表一”“表二”。请改选类别，或把要上传的一个命名为“培训”。"),
        (["培训", " 培训"], "", "有两个工作表是同一类记录"),
        (["培训"], "channel", "上传时选的是“科普平台”，文件里的工作表是“培训”。请改选类别，或把"),
        (["Sheet1"], "", "工作表“Sheet1”不是一类记录的名称。应为：奖项、竞赛"),
    ],
)
def test_it_is_never_guessed_of_which_kind_a_sheet_is(clerk, year, titles, kind, reason):
    shown = clerk.upload(book(**{title: table(FARM_COURSE) for title in titles}), kind=kind)
    assert reason in shown.problems[0]
    assert not Training.objects.filter(period=year).exists()


def test_a_csv_has_no_name_to_tell_its_kind_and_a_file_may_hold_nothing(clerk, year):
    assert clerk.upload("标识,名称\na,b".encode(), "表.csv").problems == [
        "CSV 文件没有工作表名称，请选择是哪一类记录。"
    ]
    assert clerk.upload(b" ", "表.csv").problems == ["文件里没有内容。"]
