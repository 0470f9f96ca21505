"""What looks odd is saved and asked about; what is merely larger is not."""

from datetime import date

import pytest

from outreach.models import Training
from tests.office.forms import admin_url, send
from tests.support import again, corrected, drafted, fact, new_document, new_period
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Passage
from xinyi_sat.office.doubts import doubts_of

pytestmark = pytest.mark.django_db

LECTURES = "officials-science-lectures"  # 3期, 1023人


def year(number: int, **values: object) -> Training:
    """The lectures in a year after the review, with a document of its own."""
    document = new_document(new_period(str(number)), published_on=date(number + 1, 1, 5))
    return again(fact(LECTURES, "2017-2021"), document, title="讲座", **values)


def bring(passage: Passage, text: str) -> None:
    """Bring the words of a paragraph."""
    Passage.objects.filter(pk=passage.pk).update(text=text)


def asked(record: Training) -> list[str]:
    return doubts_of(Training.objects.get(pk=record.pk))


@pytest.mark.parametrize(("counted", "leap"), [("10230人", "增加到 10 倍或更多"), ("102人", "减少到 10 分之一或更少")])
def test_ten_times_or_a_tenth_of_the_last_period_is_asked_about(counted, leap):
    [doubt] = asked(year(2022, participants=counted, sessions="4期"))
    assert doubt == f"人数填的是“{counted}”，2017—2021年是“1023人”，{leap}。请核对有没有多写或少写一位。"


@pytest.mark.parametrize(
    "values",
    [
        {"participants": "10229人"},
        {"participants": "20000名"},
        {"participants": "20000人", "basis": "yearly"},
        {},
    ],
)
def test_less_than_ten_times_another_unit_a_yearly_number_or_nothing_is_not(values):
    assert asked(year(2022, **values)) == []


def test_a_zero_is_asked_about_unless_the_words_of_the_passage_have_it():
    training = year(2022, participants="0人")
    assert asked(training) == [
        "人数填的是“0人”，2017—2021年是“1023人”，减少到 10 分之一或更少。请核对有没有多写或少写一位。",
        "人数填的是“0人”。原文写明是 0 才填 0，没有写这个数的应留空。请核对。",
    ]
    bring(training.passage, "缺席0人。")
    assert len(asked(training)) == 1
    assert asked(year(2023, participants="900人")) == []  # nothing is ten times zero


@pytest.mark.parametrize("wording", ["1.5期", "2.5至3期"])
def test_a_part_of_what_is_held_whole_is_asked_about_unless_the_words_of_the_passage_have_it(wording):
    training = year(2022, sessions=wording)
    assert asked(training) == [f"期数填的是“{wording}”，不是整数。原文写的是平均数等才会这样。请核对。"]
    bring(training.passage, f"平均每村{wording}。")
    assert asked(training) == []


def test_the_latest_earlier_public_period_that_counts_in_the_same_unit_is_the_one_compared():
    year(2022, participants="9000人")
    year(2023, participants="9000名")
    hidden = new_document(new_period("2024", state="draft"), published_on=date(2025, 1, 5))
    again(fact(LECTURES, "2017-2021"), hidden, participants="20000人")
    year(2026, participants="3人")
    assert asked(year(2025, participants="20000人")) == []
    [doubt] = asked(year(2027, participants="90000人"))
    assert "2026年是“3人”" in doubt


def test_a_source_published_before_the_period_began_is_asked_about():
    late = corrected(year(2022), passage=Passage.objects.get(document__slug="xinyi-review-2021", paragraph=10))
    [doubt] = asked(late)
    assert doubt.startswith("出处《新沂市科协五年工作回顾》2021-12-27 发布，那时2022年还没有开始。")


@pytest.mark.parametrize(
    ("counted", "text", "doubt"),
    [
        ("2000人", "来了近300人。", ["原文第 2 段中没有“2000人”。请核对段落和写法。"]),
        ("2000人", "来了12000人。", ["原文第 2 段中没有“2000人”。请核对段落和写法。"]),
        ("300人", "来了300人，又来了300人。", []),
        ("2000人", "", []),
        (
            FigureEntry("2000人", 2, 7),
            "来了1200人，后来2000人。",
            ["原文第 2 段第 3–7 字是“1200人”，不是“2000人”。请核对写法和字位。"],
        ),
    ],
)
def test_a_wording_that_the_paragraph_does_not_have_is_asked_about_where_its_words_are_here(counted, text, doubt):
    lectures = year(2022, participants=counted)
    bring(lectures.passage, text)
    assert asked(lectures) == doubt


def test_the_list_and_the_page_that_confirm_drafts_name_the_doubtful(editor):
    odd, good = (
        year(number, participants=counted, state="draft") for number, counted in ((2022, "9人"), (2023, "10人"))
    )
    page = editor.get(admin_url(odd, "state")).content.decode()
    assert "人数填的是“9人”，2017—2021年是“1023人”，减少到 10 分之一或更少" in page
    chosen = {"action": "confirm", "_selected_action": [odd.pk, good.pk]}
    page = editor.post(admin_url(Training), chosen, follow=True).content.decode()
    assert "已确认公布 2 条。" in page
    assert page.count("已照填写的确认，请再核对一次。") == 1
    assert "请再核对一次。“讲座”：人数填的是“9人”，2017—2021年是“1023人”" in page


def test_the_form_says_so_after_saving(editor):
    lectures = year(2022, participants="1100人")
    send(editor, lectures, participants="11000人")
    page = editor.get("/admin/").content.decode()
    assert "人数填的是“11000人”，2017—2021年是“1023人”" in page
    assert "请核对有没有多写或少写一位。已经照填写的保存。" in page
    assert fact(LECTURES, "2022").figure("participants").wording == "11000人"


def test_characters_that_another_record_has_already_are_asked_about():
    lectures, figure = fact(LECTURES), fact(LECTURES).figure("participants")
    twin = drafted(lectures, slug="twin", title="双击")
    assert any("在原文的字位，“领导干部和公务员专题科学素质讲座”的人数已经收录" in one for one in asked(twin))
    corrected(lectures, participants=FigureEntry("1023人", figure.start - 9, figure.end - 9), sessions=None)
    assert not any("已经收录" in one for one in asked(twin))
