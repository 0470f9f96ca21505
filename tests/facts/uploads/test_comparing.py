"""Each row of an upload is new, a change, the same, or refused with its row, its column and the reason in Chinese."""

import pytest

from achievements.models import Award
from outreach.models import Channel, Engagement, Training
from tests.changes import corrected
from tests.facts.uploads.offices import FARM_COURSE, PARAGRAPHS, compared, entered, filled, refusals, sheet
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage
from xinyi_sat.facts.uploads.layout import columns_of

pytestmark = pytest.mark.django_db


def only(checked):
    assert checked.problems == []
    [row] = checked.rows
    return row


def changes(row) -> list[str]:
    return [str(one) for one in row.differences]


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_no_two_columns_of_a_kind_have_the_same_header(kind):
    headers = [column.header for column in columns_of(kind)]
    assert len(headers) == len(set(headers))
    assert {"名称", "标识", "服务", "文献", "段落", "口径", "说明"} <= set(headers)


def test_a_row_of_an_unknown_slug_is_new(year):
    row = only(compared(year, sheet(FARM_COURSE)))
    assert (row.number, row.outcome, row.slug) == (2, "new", "farm-course")
    assert row.fact.passage == Passage.objects.get(document__period=year, paragraph=2)
    assert (str(row.fact.participants), row.fact.participants_number) == ("近300人", 300)


def test_a_row_of_a_known_slug_is_the_same_or_says_old_and_new(year):
    entered(year)
    assert only(compared(year, sheet(FARM_COURSE))).outcome == "unchanged"
    changed = only(compared(year, filled(FARM_COURSE | {"人数": "302人", "说明": "另有协会参加"})))
    assert changed.outcome == "changed"
    assert changes(changed) == ["人数：近300人 → 302人", "说明：（空） → 另有协会参加"]


def test_three_planted_errors_are_named_with_row_column_and_reason(year):
    rows = [
        FARM_COURSE | {"期数": 12},
        FARM_COURSE | {"标识": "second", "形式": "培训会"},
        FARM_COURSE | {"标识": "third", "段落": "99"},
    ]
    assert refusals(compared(year, sheet(*rows))) == [
        (2, "期数", "“12”没有单位，应写数字和单位，例如“12期”。"),
        (3, "形式", "没有“培训会”这一项，应为：培训班、讲座、入户示范。"),
        (4, "段落", "《2031年工作回顾》没有登记第 99 段，登记到第 3 段。"),
    ]


@pytest.mark.parametrize(
    ("fields", "header", "reason"),
    [
        ({"期数": "12"}, "期数", "“12”没有单位，应写数字和单位，例如“12期”。"),
        ({"期数": "１２"}, "期数", "“１２”没有单位"),
        ({"期数": 0.0}, "期数", "“0”没有单位，应写数字和单位，例如“17期”。原文没有这个数就留空。"),
        ({"名称": 0.0}, "名称", "这一格是 0，可能是公式算出来的。请写文字；没有的留空。"),
        ({"服务": {"merged": "F2"}}, "服务", "这一格与 F2 合并了，看不出填的是什么。请取消合并，每一行都填写。"),
        ({"期数": 0.05}, "期数", "“0.05”没有单位，应写数字和单位，例如“17期”。"),
        ({"期数": True}, "期数", "看不懂“是”：应写作数字加单位"),
        ({"期数": {"date": "2031-03-05"}}, "期数", "这一格是日期或时间（2031-03-05）"),
        ({"期数": {"error": True}}, "期数", "公式没有算出结果"),
        ({"人数": "#N/A"}, "人数", "公式没有算出结果"),
        ({"人数": "300人次"}, "人数", "人数的单位应为“人”“名”“位”，而“300人次”的单位是“人次”"),
        ({"人数": "很多"}, "人数", "看不懂“很多”：应写作数字加单位"),
        ({"人数": "300人", "人次": "200人次"}, "人数、人次", "人数不能多于人次。"),
        ({"名称": ""}, "名称", "必填。"),
        ({"名称": "农" * 201}, "名称", "200"),
        ({"名称": "农技\n班"}, "名称", "这一格有换行"),
        ({"名称": "农技\x07班"}, "名称", "控制字符"),
        ({"说明": "共\u202e三期"}, "说明", "控制字符"),
        ({"标识": ""}, "标识", "必填。"),
        ({"标识": "农技班"}, "标识", "应为小写英文字母和数字，词间用连字符，例如 farm-course。"),
        ({"标识": "farm_course"}, "标识", "应为小写英文字母和数字，词间用连字符，例如 farm-course。"),
        ({"服务": "农业"}, "服务", "没有“农业”这一项，应为：为科技工作者服务"),
        ({"首页重点": "大概"}, "首页重点", "应填“是”或“否”"),
        ({"段落": ""}, "段落", "必填。"),
        ({"段落": "第二段"}, "段落", "“第二段”不是整数"),
        ({"段落": 2.5}, "段落", "“2.5”不是整数"),
        ({"文献": "去年的"}, "文献", "没有文献“去年的”"),
        ({"合作单位": "新沂市科学技术协"}, "合作单位", "没有机构“新沂市科学技术协”。是不是“新沂市科学技术协会”？"),
        ({"人数起于第几字": "3"}, "人数、人数起于第几字、人数止于第几字", "起止字位必须同时填写"),
        ({"人数起于第几字": "3", "人数止于第几字": "300"}, "人数止于第几字", "第 2 段只有 26 字。"),
        ({"人数起于第几字": "-1", "人数止于第几字": "5"}, "人数起于第几字", "“-1”不是整数"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_its_column_in_chinese(year, fields, header, reason):
    [(number, headers, said)] = refusals(compared(year, sheet(FARM_COURSE | fields)))
    assert (number, headers) == (2, header)
    assert reason in said


@pytest.mark.parametrize(
    "fields",
    [
        {"期数": " 12期 "},
        {"标识": "ｆａｒｍ-course"},
        {"形式": "培 训 班"},
        {"形式": "course"},
        {"段落": 2.0},
        {"段落": "第２段"},
        {"段落": " 2 "},
        {"文献": "review-2031"},
        {"文献": "2031 年工作回顾"},
        {"首页重点": "否"},
        {"首页重点": False},
        {"首页重点": 0},
    ],
    ids=str,
)
def test_what_an_office_means_is_understood(year, fields):
    entered(year)
    assert only(compared(year, sheet(FARM_COURSE | fields))).outcome == "unchanged"


def test_a_full_width_figure_is_kept_as_printed(year):
    row = only(compared(year, sheet(FARM_COURSE | {"期数": "１２期"})))
    assert (str(row.fact.sessions), row.fact.sessions_number) == ("１２期", 12)


def test_organisations_are_named_in_any_order_and_with_any_separator(year):
    names = ["新沂市科学技术协会", "新华日报"]
    entered(year, 合作单位="、".join(names))
    for separator in ("、", "；", ";", "\n"):
        row = only(compared(year, sheet(FARM_COURSE | {"合作单位": separator.join(reversed(names))})))
        assert row.outcome == "unchanged"
    fewer = only(compared(year, filled(FARM_COURSE | {"合作单位": names[0]})))
    assert len(changes(fewer)) == 1
    assert changes(fewer)[0].endswith(f"→ {names[0]}")


def test_a_column_left_out_leaves_its_field_as_it_is_and_an_empty_cell_empties_it(year):
    entered(year, 说明="另有协会参加")
    assert changes(only(compared(year, filled({"标识": "farm-course", "期数": "13期"})))) == ["期数：12期 → 13期"]
    emptied = only(compared(year, filled(FARM_COURSE | {"说明": ""})))
    assert changes(emptied) == ["说明：另有协会参加 → （空）"]


def test_a_new_record_needs_the_columns_that_a_correction_may_leave_out(year):
    found = refusals(compared(year, sheet({"标识": "farm-course", "期数": "13期"})))
    assert {header for _, header, _ in found} == {"名称", "形式", "服务", "段落"}
    assert {reason for _, _, reason in found} == {"表里没有这一列；新增的记录必填。"}


def test_two_rows_of_one_record_are_refused(year):
    found = refusals(compared(year, sheet(FARM_COURSE, FARM_COURSE)))
    assert found == [(3, "标识", "与第 2 行的标识相同，一条记录只能有一行。")]


def test_what_stands_under_no_header_is_not_left_out_without_a_word(year):
    rows = sheet(FARM_COURSE)
    rows.rows[1][1].append("备注")
    assert refusals(compared(year, rows)) == [(2, "第 8 列", "这一格有内容，但这一列没有标题。请删去，或写上标题。")]


def test_a_withdrawn_record_is_not_changed_by_a_workbook(year):
    corrected(entered(year), state=FactState.WITHDRAWN)
    found = refusals(compared(year, sheet(FARM_COURSE | {"人数": "302人"})))
    assert found == [(2, "标识", "这条记录已撤回，要更改请先在后台恢复公布。")]
    assert [row.outcome for row in compared(year, sheet(FARM_COURSE)).rows] == ["unchanged"]


def test_the_place_of_a_figure_stays_while_figure_and_paragraph_do(year):
    places = {"人数起于第几字": "11", "人数止于第几字": "16"}
    entered(year, **places)
    assert only(compared(year, sheet(FARM_COURSE))).outcome == "unchanged"
    blank = dict.fromkeys(places, "")
    assert only(compared(year, sheet(FARM_COURSE | blank))).outcome == "unchanged"
    forgotten = ["人数起于第几字：11 → （空）", "人数止于第几字：16 → （空）"]
    assert changes(only(compared(year, filled(FARM_COURSE | blank | {"人数": "302人"}))))[1:] == forgotten
    assert changes(only(compared(year, filled(FARM_COURSE | places | {"段落": "3"}))))[1:] == forgotten
    assert changes(only(compared(year, filled(FARM_COURSE | places | {"人数": "302人"})))) == ["人数：近300人 → 302人"]


def test_a_place_is_found_where_the_words_are_here(year):
    for passage in Passage.objects.filter(document__period=year):
        passage.text = PARAGRAPHS[passage.paragraph - 1]
        passage.save_without_historical_record()
    row = only(compared(year, sheet(FARM_COURSE)))
    assert (row.fact.participants_start, row.fact.participants_end) == (11, 16)
    wrong = refusals(compared(year, sheet(FARM_COURSE | {"人数起于第几字": "1", "人数止于第几字": "6"})))
    assert wrong == [(2, "人数止于第几字", "第 2 段的这几个字不是一个数字，请核对起止字位。")]


def test_a_document_is_named_where_the_period_has_more_than_one(year):
    first = Document.objects.get(period=year)
    Document.objects.create(
        slug="speech-2031", title="讲话", publisher=first.publisher, published_on=first.published_on, period=year
    )
    [(number, header, reason)] = refusals(compared(year, sheet(FARM_COURSE)))
    assert (number, header) == (2, "文献")
    assert "不止一份" in reason
    assert only(compared(year, sheet(FARM_COURSE | {"文献": first.title}))).fact.passage.document == first
    stated = sheet(FARM_COURSE)
    stated.rows = [(1, ["文献：", first.title]), *((number + 1, cells) for number, cells in stated.rows)]
    row = only(compared(year, stated))
    assert (row.number, row.fact.passage.document) == (3, first)


@pytest.mark.parametrize("typed", ["“飞龙”学会", "飞龙学会", "飞龙 学会", "《飞龙》学会"])
@pytest.mark.parametrize("header", ["授奖单位", "人才计划所属单位"])
def test_names_alike_but_for_quotes_spaces_and_width_are_refused_and_slugs_tell_them_apart(year, header, typed):
    for slug, name in (("flying-dragon", "“飞龙”学会"), ("dragon", "飞龙学会")):
        Organisation.objects.create(slug=slug, name=name, kind="society")
    award = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "类别": "评选表彰", "级别": "国家级"}
    refused = refusals(compared(year, sheet(award | {header: typed}, title="奖项")))
    assert refused == [(2, header, f"有 2 家机构叫“{typed}”，请改写标识：dragon、flying-dragon。")]
    for slug in ("dragon", "flying-dragon"):
        row = only(compared(year, sheet(award | {"授奖单位": slug}, title="奖项")))
        assert row.fact.conferred_by.slug == slug


def test_documents_of_the_same_title_are_refused_and_slugs_tell_them_apart(year):
    first = Document.objects.get(period=year)
    made = {"title": "《2031年》工作回顾", "publisher": first.publisher, "published_on": first.published_on}
    second = Document.objects.create(slug="second-2031", period=year, **made)
    Passage.objects.create(document=second, paragraph=2, length=26, digest="0" * 64)
    refused = refusals(compared(year, sheet(FARM_COURSE | {"文献": first.title})))
    assert refused[0] == (2, "文献", f"有 2 份文献叫“{first.title}”，请改写标识：review-2031、second-2031。")
    assert only(compared(year, sheet(FARM_COURSE | {"文献": "second-2031"}))).fact.passage.document == second


def test_rows_are_compared_with_few_questions_to_the_database(year, django_assert_max_num_queries):
    rows = [FARM_COURSE | {"标识": f"course-{number}"} for number in range(50)]
    with django_assert_max_num_queries(8):
        assert compared(year, sheet(*rows)).summary()["counts"]["new"] == 50


def test_kinds_without_figures_and_with_other_relations_are_read_alike(year):
    shared = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1"}
    award = shared | {"类别": "评选表彰", "级别": "国家级", "授奖单位": "新华日报", "获得次数": "3次"}
    checked = compared(
        year,
        sheet(award, title="奖项"),
        sheet(shared | {"形式": "交流群"}, title="科普平台"),
        sheet(shared | {"形式": "走访座谈", "解决困难": "5件"}, title="活动"),
    )
    assert [row.kind for row in checked.rows] == [Award, Channel, Engagement]
    assert {row.outcome for row in checked.rows} == {"new"}
    assert checked.rows[0].fact.conferred_by.slug == "xinhua-daily"
    assert Training not in {row.kind for row in checked.rows}
