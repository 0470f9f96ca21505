"""Which sheet is of which kind, where its headers stand, and for which period it is."""

import pytest

from outreach.models import Channel, Training
from tests.facts.uploads.offices import FARM_COURSE, compared, refusals, sheet
from xinyi_sat.facts.uploads.refusal import RefusedFile
from xinyi_sat.facts.uploads.sheets import Sheet
from xinyi_sat.facts.uploads.tables import named_sheets

pytestmark = pytest.mark.django_db


def under_title(*above: list) -> Sheet:
    """The table below other rows, with a row left empty between."""
    table = sheet(FARM_COURSE)
    numbered = [(number + len(above) + 1, cells) for number, cells in table.rows]
    return Sheet("培训", [*enumerate(above, 1), *numbered])


def test_headers_are_found_below_titles_in_any_order_with_marks_and_spaces(year):
    table = under_title(["2031年培训情况统计表"], ["填报单位：科协办公室", None, "单位：人"])
    table.rows[2] = (4, [f" {header}* " for header in table.rows[2][1]])
    table.rows[2][1].reverse()
    table.rows[3][1].reverse()
    [row] = compared(year, table).rows
    assert (row.number, row.outcome) == (5, "new")


def test_empty_sheets_help_and_options_are_left_out(year):
    others = [Sheet("Sheet2"), Sheet("填写说明", [(1, ["x"])]), Sheet("选项", [(1, ["x"])])]
    assert [row.outcome for row in compared(year, sheet(FARM_COURSE), *others).rows] == ["new"]


def test_an_example_is_counted_and_not_read(year):
    checked = compared(year, sheet(FARM_COURSE, FARM_COURSE | {"标识": "示例"}, FARM_COURSE | {"标识": " 示 例 "}))
    assert (len(checked.rows), checked.examples) == (1, 2)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (sheet({"标识": "a", "人头数": "3人"} | FARM_COURSE), "第 1 行的标题“人头数”不认识。培训的各列是：名称、标识"),
        (Sheet("培训", [(1, ["标识", "名称", "名 称"])]), "第 1 行的标题“名称”有两列"),
        (
            Sheet("培训", [(3, ["标识", "名称", "期数", {"merged": "C3"}])]),
            "第 3 行的标题有合并的单元格。请取消合并，一列一个标题，都写在同一行。",
        ),
        (Sheet("培训", [(1, ["编号", "名称"])]), "工作表“培训”里找不到标题行"),
        (under_title(["时期", "2017—2021年"]), "写明的时期是“2017—2021年”，上传时选的是“2031年”"),
        (under_title(["文献：", "去年的回顾"]), "上方写的文献：没有文献“去年的回顾”"),
        (Sheet("培训", [(1, ["标识", "名称"])]), "表里没有填写任何一行。"),
    ],
    ids=["unknown", "twice", "merged", "none", "period", "document", "empty"],
)
def test_a_sheet_that_cannot_be_read_is_refused_as_a_whole(year, table, problem):
    checked = compared(year, table)
    assert checked.rows == []
    [said] = checked.problems
    assert problem in said


TOTAL = "这一行是合计，不是一条记录。请删去这一行。"
LONE = "这一行只有一格有内容，不是一条记录。说明、填表人等请写在标题行的上方，或删去。"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"名称": "合计", "人数": "320人"}, TOTAL),
        ({"名称": " 合 计：", "标识": {"merged": "A3"}, "人数": 320.0}, TOTAL),
        ({"名称": "填表人：张三"}, LONE),
        ({"名称": "注：不含外地", "标识": {"merged": "A3"}, "形式": {"merged": "A3"}}, LONE),
    ],
)
def test_a_row_that_is_no_record_is_told_in_one_sentence(year, cells, reason):
    new, below = compared(year, sheet(FARM_COURSE, cells)).rows
    assert new.outcome == "new"
    assert below.refusals == [("", reason)]


def test_a_period_is_read_beside_a_label_that_is_merged(year):
    assert compared(year, under_title(["时期", {"merged": "A1"}, "2031年"])).problems == []
    assert compared(year, under_title(["时期", {"merged": "A1"}, "2030年"])).problems != []


@pytest.mark.parametrize("stated", ["2031年", "2031", " 2031 年 "])
def test_a_sheet_may_say_its_period_by_name_or_slug(year, stated):
    assert compared(year, under_title(["时期", stated])).problems == []


def test_problems_of_several_sheets_are_told_together(year):
    checked = compared(year, Sheet("培训", [(1, ["x"])]), Sheet("活动", [(1, ["x"])]), sheet(FARM_COURSE, title="队伍"))
    assert len(checked.problems) == 3


def test_a_sheet_under_any_name_is_read_as_the_kind_that_was_chosen(year):
    assert named_sheets([sheet(FARM_COURSE, title="Sheet1")], Training)[0][1] is Training
    own, other = sheet(FARM_COURSE), sheet(FARM_COURSE, title="其他")
    assert named_sheets([other, own], Training) == [(own, Training)]


@pytest.mark.parametrize(
    ("titles", "kind", "reason"),
    [
        (["表一", "表二"], Training, "有 2 个工作表，请把要上传的一个命名为“培训”。"),
        (["培训", " 培训"], None, "有两个工作表是同一类记录"),
        (["培训"], Channel, "工作表叫“培训”，上传时选的是“科普平台”。请改选“培训”，或改工作表的名称。"),
        ([], Channel, "文件里没有内容。"),
    ],
)
def test_it_is_never_guessed_of_which_kind_a_sheet_is(titles, kind, reason):
    with pytest.raises(RefusedFile) as refused:
        named_sheets([sheet(FARM_COURSE, title=title) for title in titles], kind)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Sheet1", "工作表“Sheet1”不是一类记录的名称。应为：奖项、竞赛"),
        ("", "CSV 文件没有工作表名称，请选择是哪一类记录。"),
    ],
)
def test_a_sheet_of_no_kind_is_refused_and_the_others_are_looked_at_all_the_same(year, title, reason):
    wrong, other = sheet(FARM_COURSE | {"期数": "12"}), sheet(FARM_COURSE, title=title)
    checked = compared(year, other, wrong)
    assert [problem[: len(reason)] for problem in checked.problems] == [reason]
    assert [header for _, header, _ in refusals(checked)] == ["期数"]
