"""One quantity in a cell: its number, bounds, qualifier and unit, or a refusal with an example."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinyi_sat.reading.quantity import Qualifier, Quantity, UnreadableQuantityError


def bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    quantity = Quantity.read(text)
    return quantity.low, quantity.high


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("17期", 17, "期"),
        ("１２３名", 123, "名"),
        ("一百二十名", 120, "名"),
        ("3万5千人", 35000, "人"),
        ("3万人", 30000, "人"),
        ("85.6%", "85.6", "%"),
        ("百分之八十五", 85, "%"),
        ("3个半小时", "3.5", "小时"),
        ("72", 72, ""),
        ("120万元", 1200000, "元"),
        ("12幅", 12, "幅"),
        ("1500人次", 1500, "人次"),
        ("20架次", 20, "架次"),
        ("29次(期)", 29, "次(期)"),
    ],
)
def test_a_number_with_its_counting_word_is_exact(text, number, unit):
    number = Decimal(number)
    assert Quantity.read(text) == Quantity(text, number, number, number, Qualifier.EXACT, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4200多名", 4200, 4300),
        ("20000多人", 20000, 30000),
        ("10余家", 10, 20),
        ("3万余人", 30000, 40000),
        ("10余万", 100000, 200000),
        ("100多万元", 1000000, 2000000),
        ("百余名", 100, 200),
        ("千余", 1000, 2000),
        ("十几名", 10, 20),
        ("1万5千多人", 15000, 16000),
    ],
)
def test_a_number_followed_by_duo_or_yu_means_more_than_it_and_less_than_the_next_unit(text, low, high):
    assert bounds(text) == (low, high)
    assert Quantity.read(text).qualifier is Qualifier.OVER


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("近3万人次", 30000),
        ("近百名", 100),
        ("不足5家", 5),
        ("20人以内", 20),
        ("不超过3次", 3),
    ],
)
def test_jin_and_its_like_leave_the_low_end_open(text, high):
    assert bounds(text) == (None, high)
    assert Quantity.read(text).qualifier is Qualifier.UNDER
    assert Quantity.read(text).number == high


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("50人以上", 50),
        ("超过100家", 100),
        ("不少于20场", 20),
        ("上千人", 1000),
        ("逾12亿元", 1200000000),
        ("10万+", 100000),
        ("80%及以上", 80),
    ],
)
def test_chao_and_its_like_leave_the_high_end_open(text, low):
    assert bounds(text) == (low, None)
    assert Quantity.read(text).qualifier is Qualifier.AT_LEAST


@pytest.mark.parametrize("text", ["约300人", "约有300人", "大约300人", "300人左右", "300人上下", "约 300 人"])
def test_yue_and_its_like_mean_about_the_number(text):
    assert bounds(text) == (300, 300)
    assert Quantity.read(text).qualifier is Qualifier.ABOUT


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3至5场", 3, 5),
        ("10～20人", 10, 20),
        ("3—5", 3, 5),
        ("3万至5万人", 30000, 50000),
        ("3-5万人", 30000, 50000),
        ("两三百人", 200, 300),
        ("三五名", 3, 5),
        ("数百名", 200, 1000),
        ("数万人", 20000, 100000),
        ("几名", 2, 10),
    ],
)
def test_a_range_has_two_ends_and_sorts_by_the_lower(text, low, high):
    assert bounds(text) == (low, high)
    assert Quantity.read(text).qualifier is Qualifier.RANGE
    assert Quantity.read(text).number == low


@pytest.mark.parametrize(
    ("text", "number"), [("5.36万人次", 53600), ("1.2亿元", 120000000), ("3.5亿元", 350000000), ("2.0万册", 20000)]
)
def test_decimals_before_wan_are_rounded(text, number):
    assert bounds(text) == (number, number)
    assert Quantity.read(text).qualifier is Qualifier.ROUNDED


def test_people_and_attendances_are_two_units():
    assert Quantity.read("300人").unit == "人"
    assert Quantity.read("300人次").unit == "人次"


def test_the_wording_is_kept_as_printed_without_outer_space():
    assert str(Quantity.read("  近３ 万人次\n")) == "近３ 万人次"
    assert Quantity.read("50％").unit == "％"
    assert Quantity.read("12个（次）").unit == "个（次）"


@pytest.mark.parametrize(
    ("text", "counting_word"),
    [
        ("29次(期)", "次"),
        ("12台（套）", "台"),
        ("百分之八十五", "%"),
        ("300人（次）", "人次"),
        ("72", ""),
    ],
)
def test_a_unit_is_compared_without_what_stands_in_brackets_but_attendances_stay_attendances(text, counting_word):
    assert Quantity.read(text).counting_word == counting_word


@pytest.mark.parametrize("text", ["10\u200b余\ufeff家", "1\u00ad0余家\u3164", "\u00a010余家\u2028"])
def test_characters_that_nobody_sees_are_no_part_of_a_wording(text):
    assert Quantity.read(text) == Quantity.read("10余家")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("5.36万人次", "53600", "53600"), ("85.60%", "85.6", "85.6"), ("10余万", "100000", "200000")],
)
def test_numbers_are_printed_without_exponent_or_idle_zeros(text, low, high):
    assert tuple(map(str, bounds(text))) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "约abc",
        "第六届",
        "一等奖",
        "2021年",
        "三",
        "百名",
        "3名选手",
        "零件",
        "1" * 70,
    ],
)
def test_what_is_no_quantity_is_refused_with_an_example_of_one(text):
    with pytest.raises(UnreadableQuantityError) as refusal:
        Quantity.read(text)
    assert "应写作数字加单位，例如“17期”“4200多名”“5.36万人次”。" in str(refusal.value)
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize(
    ("text", "is_fraction"),
    [
        ("1.5期", True),
        ("2.5至3场", True),
        ("1.5万余人次", False),
        ("3个半小时", False),
        ("0件", False),
    ],
)
def test_people_and_things_are_counted_in_whole_numbers_and_measures_may_have_decimals(text, is_fraction):
    assert Quantity.read(text).is_fraction_of_countable is is_fraction


@given(st.text("约近超0123456789一两三十百千万亿余多几数.,％%个名人次至-以上左右 ", max_size=20))
def test_any_text_is_read_whole_or_refused(text):
    try:
        quantity = Quantity.read(text)
    except UnreadableQuantityError:
        return
    assert quantity.wording == text.strip()
    assert quantity.low is not None or quantity.high is not None
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    assert Quantity.read(str(quantity)) == quantity


@given(st.integers(1, 10**9), st.sampled_from(["多", "余"]), st.sampled_from(["名", "万元", "人次"]))
def test_more_than_a_number_always_begins_at_it_and_ends_above(number, more, unit):
    quantity = Quantity.read(f"{number}{more}{unit}")
    assert quantity.low == quantity.number < quantity.high
