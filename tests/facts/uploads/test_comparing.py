"""Each row of an upload is new, a change, the same, or refused with its row, its column and the reason in Chinese."""

import pytest

from achievements.models import Award
from outreach.models import Training
from tests.facts.uploads.office import AWARD, FARM_COURSE, book, load_words, table
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Document, Organisation, Passage

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
        ({"名称": 0.0}, "名称", "这一格是 0，可能是公式算出来的。请写文字；没有的留空。"),
        ({"期数": 0.05}, "期数", "“0.05”没有单位，应写数字和单位，例如“17期”。"),
        ({"期数": True}, "期数", "看不懂“是”：应写作数字加单位"),
        ({"人数": "#N/A"}, "人数", "公式没有算出结果"),
        ({"人数": "300人次"}, "人数", "人数的单位应为“人”“名”“位”，而“300人次”的单位是“人次”"),
        ({"人数": "很多"}, "人数", "看不懂“很多”：应写作数字加单位"),
        ({"人数": "300人", "人次": "200人次"}, "人数", "人数不能多于人次。"),
        ({"名称": ""}, "名称", "必填。"),
        ({"名称": "农" * 201}, "名称", "200"),
        ({"名称": "农技\n班"}, "名称", "这一格有换行"),
        ({"说明": "共\u202e三期"}, "说明", "控制字符"),
        ({"标识": "农技班"}, "标识", "应为小写英文字母和数字，词间用连字符，例如 farm-course。"),
        ({"服务": "农业"}, "服务", "没有“农业”这一项，应为：为科技工作者服务"),
        ({"首页重点": "大概"}, "首页重点", "没有“大概”这一项，应为：是、否。"),
        ({"段落": ""}, "段落", "必填。"),
        ({"段落": "第二段"}, "段落", "“第二段”不是整数"),
        ({"段落": 2.5}, "段落", "“2.5”不是整数"),
        ({"文献": "去年的"}, "文献", "没有文献“去年的”"),
        ({"合作单位": "新沂市科学技术协"}, "合作单位", "没有机构“新沂市科学技术协”。是不是“新沂市科学技术协会”？"),
        ({"人数起于第几字": "3"}, "人数止于第几字", "起止字位必须同时填写"),
        ({"人数起于第几字": "3", "人数止于第几字": "300"}, "人数止于第几字", "第 2 段只有 26 字。"),
        ({"人数起于第几字": "-1", "人数止于第几字": "5"}, "人数起于第几字", "“-1”不是整数"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_its_column_in_chinese(clerk, year, fields, heading, reason):
    [(number, refused, said)] = clerk.rows(FARM_COURSE | fields).refusals
    assert (number, refused) == (2, heading)
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
        {"文献": "review-2031"},
        {"文献": "2031 年工作回顾"},
        {"首页重点": "否"},
        {"首页重点": False},
        {"首页重点": 0},
    ],
    ids=str,
)
def test_what_an_office_means_is_understood(clerk, year, fields):
    clerk.enter()
    assert clerk.rows(FARM_COURSE | fields).outcomes == ["unchanged"]


def test_a_full_width_figure_is_kept_as_printed(clerk, year):
    training = clerk.enter(期数="１２期")
    assert (str(training.sessions), training.sessions_number) == ("１２期", 12)


def test_a_column_that_a_new_record_needs_is_missed(clerk, year):
    row = {name: FARM_COURSE[name] for name in ("名称", "标识", "形式", "服务")}
    assert clerk.rows(row).refusals == [(2, "段落", "表里没有这一列；新增的记录必填。")]


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
    emptied = clerk.upload(clerk.filled(FARM_COURSE | {"说明": ""}))
    assert emptied.changes == ["说明：另有协会参加 → （空）"]


def test_a_place_stays_while_its_figure_and_paragraph_do(clerk, year):
    places = {"人数起于第几字": "11", "人数止于第几字": "16"}
    blank = dict.fromkeys(places, "")
    clerk.enter(**places)
    forgotten = ["人数起于第几字：11 → （空）", "人数止于第几字：16 → （空）"]
    assert clerk.rows(FARM_COURSE | blank).outcomes == ["unchanged"]
    assert clerk.upload(clerk.filled(FARM_COURSE | blank | {"人数": "302人"})).changes[1:] == forgotten
    assert clerk.upload(clerk.filled(FARM_COURSE | places | {"段落": "3"})).changes[1:] == forgotten
    assert clerk.upload(clerk.filled(FARM_COURSE | places | {"人数": "302人"})).changes == ["人数：近300人 → 302人"]


def test_a_place_is_found_where_the_words_are_here(clerk, year):
    load_words(year)
    wrong = clerk.rows(FARM_COURSE | {"人数起于第几字": "1", "人数止于第几字": "6"}).refusals
    assert wrong == [(2, "人数止于第几字", "第 2 段的这几个字不是一个数字，请核对起止字位。")]
    training = clerk.enter()
    assert (training.participants_start, training.participants_end) == (11, 16)


def test_a_document_is_named_where_the_period_has_more_than_one(clerk, year):
    first = Document.objects.get(period=year)
    Document.objects.create(
        slug="speech-2031", title="讲话", publisher=first.publisher, published_on=first.published_on, period=year
    )
    assert clerk.rows(FARM_COURSE).refusals == [(2, "文献", "请写明文献：本时期没有登记文献，或不止一份。")]
    assert clerk.rows(FARM_COURSE | {"文献": first.title}).outcomes == ["new"]
    clerk.save(clerk.upload(book(培训=[["文献：", first.title], *table(FARM_COURSE)])))
    assert Training.objects.get(period=year).passage.document == first


@pytest.mark.parametrize("typed", ["“飞龙”学会", "飞龙学会", "飞龙 学会", "《飞龙》学会"])
@pytest.mark.parametrize("heading", ["授奖单位", "人才计划所属单位"])
def test_names_alike_but_for_quotes_and_spaces_are_refused_and_slugs_tell_them_apart(clerk, year, heading, typed):
    for slug, name in (("flying-dragon", "“飞龙”学会"), ("dragon", "飞龙学会")):
        Organisation.objects.create(slug=slug, name=name, kind="society")
    reason = f"叫“{typed}”的机构有 2 条，请改写标识：dragon、flying-dragon。"
    assert clerk.rows(AWARD | {heading: typed}, title="奖项").refusals == [(2, heading, reason)]
    clerk.save(clerk.rows(AWARD | {"授奖单位": "dragon"}, title="奖项"))
    assert Award.objects.get(period=year).conferred_by.name == "飞龙学会"
    assert clerk.upload(clerk.download("award")).outcomes == ["unchanged"]


def test_documents_of_the_same_title_are_refused_and_slugs_tell_them_apart(clerk, year):
    first = Document.objects.get(period=year)
    made = {"title": "《2031年》工作回顾", "publisher": first.publisher, "published_on": first.published_on}
    second = Document.objects.create(slug="second-2031", period=year, **made)
    Passage.objects.create(document=second, paragraph=2, length=26, digest="0" * 64)
    reason = f"叫“{first.title}”的文献有 2 条，请改写标识：review-2031、second-2031。"
    assert clerk.rows(FARM_COURSE | {"文献": first.title}).refusals[0] == (2, "文献", reason)
    assert clerk.enter(文献="second-2031").passage.document == second
    assert clerk.upload(clerk.download()).outcomes == ["unchanged"]


def test_kinds_without_figures_and_with_other_relations_are_read_alike(clerk, year):
    shared = {name: AWARD[name] for name in ("标识", "名称", "服务", "段落")}
    sheets = {
        "奖项": table(AWARD | {"授奖单位": "新华日报", "获得次数": "3次"}),
        "科普平台": table(shared | {"形式": "交流群"}),
        "活动": table(shared | {"形式": "走访座谈", "解决困难": "5件"}),
    }
    shown = clerk.upload(book(**sheets))
    assert shown.outcomes == ["new"] * 3
    clerk.save(shown)
    award = Award.objects.get(period=year)
    assert (award.conferred_by.slug, str(award.times)) == ("xinhua-daily", "3次")
