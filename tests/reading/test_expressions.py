"""Every quantity of a text is found where it stands, and nothing else is taken for one."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.reading.expressions import Kind, read_expressions
from xinyi_sat.reading.paragraphs import read_paragraphs
from xinyi_sat.reading.quantity import Quantity

REVIEWS = sorted((Path(__file__).parent / "reviews").glob("*.txt"))
REAL_DOCUMENT = settings.BASE_DIR.parent / "shared/source/000_d2c0e77ca055272a.txt"
REAL_QUANTITIES = """
    20名 2人 150多条 30多条 5件 150件 12位 20多种 10多部 9人 225名 7名 2名 3000多名 5.36万人次 6300户 506户 17期 2342人 200期
    20000多人 3期 1023人 200余条 10余家 5家 10个 13件 342人 17个 19名 28名 10名 16名 350多名 4200多名 2次
"""


def quantities(text: str) -> list[str]:
    return [one.wording for one in read_expressions(text) if one.kind is Kind.QUANTITY]


def kinds(text: str) -> list[tuple[str, Kind]]:
    return [(one.wording, one.kind) for one in read_expressions(text)]


def rows(path: Path) -> list[dict[str, str]]:
    """The quantities of a review, as its table beside it prints them."""
    return [
        {
            "paragraph": str(number),
            "start": str(one.start),
            "end": str(one.end),
            "wording": one.wording,
            "low": str(one.quantity.low or ""),
            "high": str(one.quantity.high or ""),
            "qualifier": one.quantity.qualifier.value,
            "unit": one.quantity.unit,
        }
        for number, paragraph in enumerate(read_paragraphs(path), start=1)
        for one in read_expressions(paragraph)
        if one.quantity
    ]


@pytest.mark.parametrize("review", REVIEWS, ids=lambda path: path.stem)
def test_every_quantity_of_an_invented_review_is_found_and_nothing_else(review):
    with review.with_suffix(".csv").open(encoding="utf-8", newline="") as expected:
        assert rows(review) == list(csv.DictReader(expected))


@pytest.mark.skipif(
    not REAL_DOCUMENT.exists(), reason="the review itself is not in the repository; put it beside the checkout"
)
def test_the_37_quantities_of_the_real_document_are_found_and_nothing_else():
    found = [wording for paragraph in read_paragraphs(REAL_DOCUMENT) for wording in quantities(paragraph)]
    assert found == REAL_QUANTITIES.split()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第六届", Kind.ORDINAL),
        ("第3名", Kind.ORDINAL),
        ("六届二次全委会", Kind.ORDINAL),
        ("二十大", Kind.ORDINAL),
        ("前10名", Kind.ORDINAL),
        ("3号楼", Kind.ORDINAL),
        ("一、", Kind.ORDINAL),
        ("一等奖", Kind.GRADE),
        ("三级", Kind.GRADE),
        ("三星级", Kind.GRADE),
        ("三甲", Kind.GRADE),
        ("2021年", Kind.DATE),
        ("2021年12月27日", Kind.DATE),
        ("2017—2021年", Kind.DATE),
        ("二〇二三年度", Kind.DATE),
        ("近五年来", Kind.DATE),
        ("3个月", Kind.DATE),
        ("20世纪90年代", Kind.DATE),
        ("三下乡", Kind.NAME),
        ("十四五", Kind.NAME),
        ("两个维护", Kind.NAME),
        ("5G", Kind.NAME),
        ("H7N9", Kind.NAME),
        ("TOP10", Kind.NAME),
        ("1024×768", Kind.NAME),
        ("三分之一", Kind.RATIO),
        ("3.2:1", Kind.RATIO),
        ("0516-88922345", Kind.NAME),
        ("千岛湖", Kind.NAME),
    ],
)
def test_what_counts_nothing_is_set_aside_with_its_kind(text, kind):
    assert kinds(text) == [(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "扎实推进一批重点项目，解决了一系列问题，形成了一个良好局面",
        "是一项系统工程，走出了一条新路子，作为一名科普员",
        "千方百计服务千家万户，万众一心，成千上万，四面八方，五湖四海，三番五次",
        "加强与一流高校合作，一步到位，进一步统一思想，打通最后一公里，实现唯一目标",
        "十分重视，百姓满意，千万要注意，万分感谢，百花齐放",
        "开展“百名专家进百村”和“万名科技人员下乡”活动",
        "《全民科学素质行动规划纲要（2021—2035年）》和《300问》",
        "“123”工程、“四力”教育、'一老一小'、“百会万人”行动、“300人讲师团”",
        "两大产业、三大行动、十大人物、五大平台、十佳、百强县",
        "华为5G、4K超高清、工业4.0、A4纸、PM2.5、COVID-19",
        "年均增长三分之一，按1：50000比例，排名第一，位列全省前三",
        "排名前5，乘坐3路公交到302室，电话：63550001，邮箱kepu@163.com",
        "一方面抓学会，一方面抓基层；统一、唯一、之一、万一",
    ],
)
def test_slogans_and_idioms_are_never_quantities(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二等奖3项", ["3项"]),
        ("3000多名选手", ["3000多名"]),
        ("预约300人，签约10家，节约20万元", ["300人", "10家", "20万元"]),
        ("附近3个村，通过2项决议，打破5项纪录", ["3个", "2项", "5项"]),
        ("人数百余人，网上百余场", ["百余人", "百余场"]),
        ("突破3项关键技术，产值突破3亿元", ["3项", "突破3亿元"]),
        ("建成一座科技馆，新建一个科普站，事业单位一个", ["一座", "一个", "一个"]),
        ("1.举办论坛2届；2、培训3期；3.10名专家", ["2届", "3期", "10名"]),
        ("科技工作者,2人获奖,12,345人参加", ["2人", "12,345人"]),
        ("多达300人，达到85%，高达3亿元", ["300人", "85%", "3亿元"]),
        ("一个半小时、24小时、3天、2学时、十分钟", ["一个半小时", "24小时", "3天", "2学时", "十分钟"]),
        ("十来个村、三五名专家、十七八人", ["十来个", "三五名", "十七八人"]),
        ("18个镇（街道）、38篇（条）", ["18个", "38篇（条）"]),
        ("会期两天半，7部门联合，12万农民", ["两天半", "7部门", "12万"]),
    ],
)
def test_quantities_are_found_among_what_looks_like_them(text, found):
    assert quantities(text) == found


@pytest.mark.parametrize(("gap", "shown"), [(" ", " "), ("\u00a0", " "), ("\u2009", " "), ("\u3000", "\u3000")])
def test_one_space_inside_a_quantity_belongs_to_it(gap, shown):
    assert quantities(f"培训{gap}10{gap}余{gap}家{gap}企业") == [f"10{shown}余{shown}家"]


def test_a_quantity_with_hidden_characters_is_found_whole_and_its_offsets_are_those_of_the_text():
    text = "\ufeff培训\u200b1\u200b00\u00ad余\u3164人，讲座3\u200b场"
    found = [(text[one.start : one.end], one.wording, one.quantity.unit) for one in read_expressions(text)]
    assert found == [("1\u200b00\u00ad余\u3164人", "100余人", "人"), ("3\u200b场", "3场", "场")]


PIECES = """
    约 近 超过 0 1 2 3 5 7 9 , ， . 、 一 二 两 三 五 十 百 千 万 亿 余 多 几 数 个 名 人 次 人次 年 月 日 第 前 等奖 级 % 至 - 到
    以上 左右 “ ” 《 》 （ ） 元 大 工程 项目 A G 半 小时 成 点 分之 上 过 突破 从 十四五 统
"""


@given(st.lists(st.sampled_from([*PIECES.split(), " "]), max_size=30).map("".join))
def test_expressions_stand_where_they_say_and_each_quantity_reads_the_same_alone(text):
    done = 0
    for one in read_expressions(text):
        assert done <= one.start < one.end
        assert text[one.start : one.end] == one.wording
        assert (one.quantity is not None) == (one.kind is Kind.QUANTITY)
        if one.quantity:
            assert Quantity.read(one.wording) == one.quantity
        done = one.end


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(text[one.start : one.end] == one.wording for one in read_expressions(text))
