"""Each row of an upload is new, a change, the same, or refused with its row, its column and the reason in Chinese."""

import pytest

from tests.office.uploads.clerks import AWARD, FARM_COURSE, book, load_words, table
from tests.support import corrected, fact, new_document
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Organisation, Passage

pytestmark = pytest.mark.django_db


def test_planted_errors_are_named_with_row_column_and_reason(clerk, year):
    rows = [
        FARM_COURSE | {"期数": 12},
        FARM_COURSE | {"标识": "second", "形式": "培训会"},
        FARM_COURSE | {"标识": "third", "服务": "农业", "段落": "99"},
        FARM_COURSE,
    ]
    assert clerk.rows(*rows).refusals == [
        (2, "期数", "“12”没有单位，应写数字和单位，例如“12期”。"),
        (3, "形式", "没有“培训会”这一项，应为：培训班、讲座、入户示范。"),
        (4, "服务", "没有“农业”这一项，应为：" + "、".join(Service.labels) + "。"),
        (4, "段落", "《2031年工作回顾》没有登记第 99 段，登记到第 3 段。"),
        (5, "标识", "与第 2 行的标识相同，一条记录只能有一行。"),
    ]


@pytest.mark.parametrize(
    ("fields", "heading", "reason"),
    [
        ({"期数": "１２"}, "期数", "“１２”没有单位"),
        ({"期数": 0.0}, "期数", "“0”没有单位，应写数字和单位，例如“17期”。原文没有这个数就留空。"),
        ({"期数": True}, "期数", "看不懂“True”"),
        ({"人数": "#N/A"}, "人数", "公式没有算出结果"),
        ({"人数": "300人次"}, "人数", "人数的单位应为“人”“名”“位”，而“300人次”的单位是“人次”"),
        ({"人数": "300人", "人次": "200人次"}, "人数", "人数不能多于人次。"),
        ({"名称": ""}, "名称", "必填。"),
        ({"名称": "农" * 201}, "名称", "200"),
        ({"名称": "农技\n班"}, "名称", "这一格有换行"),
        ({"说明": "共\u202e三期"}, "说明", "控制字符"),
        ({"标识": "农技班"}, "标识", "应为小写英文字母和数字，词间用连字符，例如 farm-course。"),
        ({"标识": "continuing-education"}, "标识", "本时期已有同一标识的奖项，请另取一个。"),
        ({"首页次序": "大概"}, "首页次序", "“大概”不是整数，应写作数字，例如 8。"),
        ({"首页次序": "12"}, "首页次序", "首页次序应为 1 到 9，或留空。"),
        ({"段落": ""}, "段落", "必填。"),
        ({"段落": None}, "段落", "必填。"),
        ({"段落": "第二段"}, "段落", "“第二段”不是整数，应写作数字，例如 8。"),
        ({"段落": 2.5}, "段落", "“2.5”不是整数，应写作数字，例如 8。"),
        ({"文献": "去年的"}, "文献", "没有文献“去年的”"),
        ({"合作单位": "新沂市科学技术协"}, "合作单位", "没有机构“新沂市科学技术协”。是不是“新沂市科学技术协会”？"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_its_column_in_chinese(clerk, year, fields, heading, reason):
    if "continuing-education" in fields.values():
        clerk.save(clerk.rows(AWARD | {"标识": "continuing-education"}, title="奖项"))
    row = {name: cell for name, cell in (FARM_COURSE | fields).items() if cell is not None}  # else without the column
    [(number, refused, said)] = clerk.rows(row).refusals
    assert (number, refused) == (2, heading)
    assert reason in said


@pytest.mark.parametrize(
    "fields",
    [
        {"期数": " 12期 "},
        {"形式": "培 训 班"},
        {"形式": "course"},
        {"服务": "literacy"},
        {"段落": 2.0},
        {"段落": "２"},
        {"文献": "review-2031"},
        {"文献": "《2031 年工作回顾》"},
        {"口径": ""},
    ],
    ids=str,
)
def test_what_an_office_means_is_understood(clerk, year, fields):
    clerk.enter()
    assert clerk.rows(FARM_COURSE | fields).outcomes == ["unchanged"]


def test_figures_are_read_as_printed(clerk, year):
    training = clerk.enter(期数="１２期")
    assert (training.figure("sessions").wording, training.figure("sessions").number) == ("１２期", 12)
    assert (training.figure("participants").qualifier, training.figure("attendances")) == ("under", None)


def test_organisations_are_named_in_any_order_and_with_any_separator(clerk, year):
    names = ["新沂市科学技术协会", "新华日报"]
    clerk.enter(合作单位="、".join(names))
    for separator in ("、", "；", ";", "\n"):
        assert clerk.rows(FARM_COURSE | {"合作单位": separator.join(reversed(names))}).outcomes == ["unchanged"]
    [change] = clerk.upload(clerk.filled(FARM_COURSE | {"合作单位": names[0]})).changes
    assert change.endswith(f"→ {names[0]}")


def test_a_column_left_out_leaves_its_field_as_it_is_and_an_empty_cell_empties_it(clerk, year):
    clerk.enter(说明="另有协会参加")
    assert clerk.upload(clerk.filled({"标识": "farm-course", "期数": "13期"})).changes == ["期数：12期 → 13期"]
    emptied = clerk.upload(clerk.filled(FARM_COURSE | {"说明": "", "期数": ""}))
    assert emptied.changes == ["期数：12期 → （空）", "说明：另有协会参加 → （空）"]
    clerk.save(emptied)
    assert fact("farm-course").figure("sessions") is None


@pytest.mark.parametrize(
    ("fields", "place"),
    [({"期数": "13期"}, (11, 16)), ({"人数": "302人"}, (None, None)), ({"段落": "3"}, (None, None))],
)
def test_a_place_stays_while_its_figure_and_paragraph_do(clerk, year, fields, place):
    corrected(clerk.enter(), participants=FigureEntry("近300人", 11, 16))
    clerk.save(clerk.upload(clerk.filled(FARM_COURSE | fields)))
    figure = fact("farm-course").figure("participants")
    assert (figure.start, figure.end) == place


def test_a_place_is_found_where_the_words_are_here(clerk, year):
    load_words(year)
    figure = clerk.enter().figure("participants")
    assert (figure.start, figure.end) == (11, 16)


def test_a_document_is_named_where_the_period_has_more_than_one(clerk, year):
    second = new_document(year, slug="second-2031", title="《2031年》工作回顾")
    assert clerk.rows(FARM_COURSE).refusals == [(2, "文献", "请写明文献：本时期没有登记文献，或不止一份。")]
    reason = "叫“2031年工作回顾”的文献有 2 条，请改写标识：review-2031、second-2031。"
    assert clerk.rows(FARM_COURSE | {"文献": "2031年工作回顾"}).refusals[0] == (2, "文献", reason)
    assert clerk.enter(文献="second-2031").passage.document == second
    assert clerk.upload(clerk.download()).outcomes == ["unchanged"]


@pytest.mark.parametrize("heading", ["授奖单位", "人才计划所属单位"])
def test_names_alike_but_for_quotes_and_spaces_are_refused_and_slugs_tell_them_apart(clerk, year, heading):
    for slug, name in (("flying-dragon", "“飞龙”学会"), ("dragon", "飞龙学会")):
        Organisation.objects.create(slug=slug, name=name, kind="society")
    reason = "叫“《飞龙》 学会”的机构有 2 条，请改写标识：dragon、flying-dragon。"
    assert clerk.rows(AWARD | {heading: "《飞龙》 学会"}, title="奖项").refusals == [(2, heading, reason)]
    clerk.save(clerk.rows(AWARD | {"授奖单位": "dragon"}, title="奖项"))
    assert fact("a").conferred_by.name == "飞龙学会"
    assert clerk.upload(clerk.download("award")).outcomes == ["unchanged"]


def test_a_paragraph_that_is_no_source_is_refused(clerk, year):
    Passage.objects.filter(document__period=year, paragraph=2).update(role="furniture")
    [(number, heading, reason)] = clerk.rows(FARM_COURSE).refusals
    assert (number, heading) == (2, "段落")
    assert "第 2 段是页面信息，不是出处" in reason


def test_kinds_without_figures_and_with_other_relations_are_read_alike(clerk, year):
    shared = {name: AWARD[name] for name in ("名称", "服务", "段落")}
    sheets = {
        "奖项": table(AWARD | {"授奖单位": "新华日报", "获得次数": "3次"}),
        "科普平台": table(shared | {"标识": "b", "形式": "交流群"}),
        "活动": table(shared | {"标识": "c", "形式": "走访座谈", "解决困难": "5件"}),
        "基本情况": table(shared | {"标识": "d", "类别": "经费", "金额": "120万元"}),
    }
    shown = clerk.upload(book(**sheets))
    assert shown.outcomes == ["new"] * 4
    clerk.save(shown)
    award = fact("a")
    assert (award.conferred_by.slug, award.figure("times").wording) == ("xinhua-daily", "3次")
    assert fact("d").figure("amount").number == 1_200_000
