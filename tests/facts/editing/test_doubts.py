"""What looks odd is saved and asked about; what is merely larger is not."""

from datetime import date

import pytest

from outreach.models import Channel, Training
from tests.changes import corrected, made_a_draft
from tests.facts.test_admin import admin_url, filled
from tests.records import many_like
from xinyi_sat.facts.editing import doubts as doubts_module
from xinyi_sat.facts.editing.doubts import doubts_of, in_short, may_be_odd
from xinyi_sat.facts.models import Document, Passage, Period

pytestmark = pytest.mark.django_db

LECTURES = "officials-science-lectures"  # 3期, 1023人


def year(number: int, **fields: str) -> Training:
    """The lectures in a year after the review, with a document of its own."""
    review = Document.objects.get(slug="xinyi-review-2021")
    period = Period.objects.create(
        slug=str(number),
        title=f"{number}年",
        starts_on=date(number, 1, 1),
        ends_on=date(number, 12, 31),
        state="published",
    )
    document = Document.objects.create(
        slug=f"review-{number}",
        title=f"{number}年工作",
        publisher=review.publisher,
        published_on=date(number + 1, 1, 5),
        period=period,
    )
    passage = Passage.objects.create(document=document, paragraph=1, length=30, digest="0" * 64)
    made = Training(
        slug=LECTURES, title="讲座", service="literacy", form="lecture", period=period, passage=passage, **fields
    )
    made.full_clean()
    made.save()
    return made


def said(passage: Passage, text: str) -> None:
    """Bring the words of a paragraph."""
    passage.text = text
    passage.save_without_historical_record(update_fields=["text"])


def asked(fact: Training) -> list[str]:
    [doubts] = doubts_of([Training.objects.get(pk=fact.pk)])
    return doubts


@pytest.mark.parametrize(
    ("counted", "leap"),
    [
        ("10230人", "增加到 10 倍或更多"),
        ("11万人", "增加到 10 倍或更多"),
        ("102人", "减少到 10 分之一或更少"),
    ],
)
def test_ten_times_or_a_tenth_of_the_last_period_is_asked_about(counted, leap):
    [doubt] = asked(year(2022, participants=counted, sessions="4期"))
    assert doubt == f"人数填的是“{counted}”，2017—2021年是“1023人”，{leap}。请核对有没有多写或少写一位。"


@pytest.mark.parametrize(
    "fields", [{"participants": "10229人"}, {"participants": "103人"}, {"participants": "20000名"}, {}]
)
def test_less_than_ten_times_another_unit_or_nothing_is_not(fields):
    assert asked(year(2022, **fields)) == []


def test_a_nought_is_asked_about_unless_the_words_of_the_passage_have_it():
    training = year(2022, participants="0人")
    assert asked(training) == [
        "人数填的是“0人”，2017—2021年是“1023人”，减少到 10 分之一或更少。请核对有没有多写或少写一位。",
        "人数填的是“0人”。原文写明是 0 才填 0，没有写这个数的应留空。请核对。",
    ]
    said(training.passage, "缺席0人。")
    assert len(asked(training)) == 1


@pytest.mark.parametrize("wording", ["1.5期", "2.5至3期", "0.00015万期"])
def test_a_part_of_what_is_held_whole_is_asked_about_unless_the_words_of_the_passage_have_it(wording):
    training = year(2022, sessions=wording)
    assert asked(training) == [f"期数填的是“{wording}”，不是整数。原文写的是平均数等才会这样。请核对。"]
    said(training.passage, f"平均每村{wording}。")
    assert asked(training) == []


def test_nothing_is_ten_times_nought():
    year(2022, participants="0人")
    assert asked(year(2023, participants="900人")) == []


def test_figures_of_a_year_are_not_compared_with_those_of_a_period():
    assert asked(year(2022, participants="20000人", basis="yearly")) == []


def test_a_total_is_compared_with_one_that_is_not_said_to_be_one():
    [doubt] = asked(year(2022, participants="20000人", basis="whole_period"))
    assert doubt.startswith("人数填的是“20000人”，2017—2021年是“1023人”，增加到 10 倍或更多。")


@pytest.mark.parametrize("basis", ["whole_period", "not_stated"])
@pytest.mark.parametrize("fields", [{"participants": "20000人"}, {"participants": "0人"}, {"sessions": "1.5期"}])
def test_what_is_odd_is_among_what_the_database_takes_for_odd(fields, basis):
    odd = year(2022, basis=basis, **fields)
    assert asked(odd) != []
    assert list(may_be_odd(Training.objects.filter(pk=odd.pk))) == [odd]


def test_a_document_older_than_its_period_is_among_what_the_database_takes_for_odd():
    odd = year(2022)
    Document.objects.filter(pk=odd.passage.document_id).update(published_on=date(2021, 12, 27))
    assert len(asked(odd)) == 1
    assert list(may_be_odd(Training.objects.filter(pk=odd.pk))) == [odd]


def test_the_latest_earlier_public_period_that_counts_in_the_same_unit_is_the_one_compared():
    year(2022, participants="9000人")
    year(2023, participants="9000名")
    hidden = year(2024, participants="20000人")
    made_a_draft(hidden.period)
    year(2026, participants="3人")
    assert asked(year(2025, participants="20000人")) == []
    [doubt] = asked(year(2027, participants="90000人"))
    assert "2026年是“3人”" in doubt


def test_a_source_published_before_the_period_began_is_asked_about():
    late = year(2022)
    late.passage = Passage.objects.get(document__slug="xinyi-review-2021", paragraph=10)
    corrected(late)
    [doubt] = asked(late)
    assert doubt.startswith("出处《新沂市科协五年工作回顾》2021-12-27 发布，那时2022年还没有开始。")


@pytest.mark.parametrize(
    ("counted", "text", "doubt"),
    [
        ("2000人", "来了近300人。", ["原文第 1 段中没有“2000人”。请核对段落和写法。"]),
        ("2000人", "来了12000人。", ["原文第 1 段中没有“2000人”。请核对段落和写法。"]),
        ("300人", "到场300人次。", ["原文第 1 段中没有“300人”。请核对段落和写法。"]),
        ("300人", "来了300人，又来了300人。", []),
        ("2000人", "", []),
    ],
)
def test_a_wording_that_the_paragraph_does_not_have_is_asked_about_where_its_words_are_here(counted, text, doubt):
    lectures = year(2022, participants=counted)
    said(lectures.passage, text)
    assert asked(lectures) == doubt


def test_a_figure_that_is_not_what_stands_at_its_place_is_asked_about():
    lectures = year(2022, participants="2000人", participants_start=2, participants_end=7)
    said(lectures.passage, "来了1200人，后来2000人。")
    assert asked(lectures) == ["原文第 1 段第 3–7 字是“1200人”，不是“2000人”。请核对写法和字位。"]


def test_many_are_asked_about_by_one_question(django_assert_num_queries):
    many_like(year(2022, participants="20000人"), 40)
    facts = list(Training.objects.filter(period__slug="2022").with_source())
    with django_assert_num_queries(1):
        doubts = doubts_of(facts)
    assert [bool(of_fact) for of_fact in doubts] == [fact.slug == LECTURES for fact in facts]
    assert len(facts) == 41


def test_of_very_many_facts_no_more_is_asked_about_than_a_database_can_be_asked(monkeypatch):
    monkeypatch.setattr(doubts_module, "AT_ONCE", 2)
    lectures = year(2022, participants="20000人")
    many_like(lectures, 2)
    facts = [*Training.objects.filter(period__slug="2022").with_source().order_by("-pk"), *Channel.objects.all()[:1]]
    assert [fact.slug for fact, doubts in zip(facts, doubts_of(facts), strict=True) if doubts] == [LECTURES]


def test_in_short_the_first_are_named_and_how_many_there_are():
    facts = [Training(title=f"讲座{number}") for number in range(7)]
    lines = in_short(facts, [["请核对。"]] * 6 + [[]])
    assert lines == [
        *(f"“讲座{number}”：请核对。" for number in range(5)),
        "要这样核对的共 6 条，这里列出前 5 条。",
    ]
    assert in_short(facts[:1], [["一。", "二。"]]) == ["“讲座0”：一。二。"]


def test_the_list_and_the_page_that_confirm_drafts_name_the_doubtful(admin_client):
    odd, good = (
        year(number, participants=counted, state="draft") for number, counted in ((2022, "9人"), (2023, "10人"))
    )
    page = admin_client.get(admin_url(odd, "state")).content.decode()
    assert "人数填的是“9人”，2017—2021年是“1023人”，减少到 10 分之一或更少" in page
    chosen = {"action": "confirm", "_selected_action": [odd.pk, good.pk]}
    page = admin_client.post(admin_url(Training(), "changelist"), chosen, follow=True).content.decode()
    assert "已确认公布 2 条。" in page
    assert page.count("已照填写的确认，请再核对一次。") == 1
    assert "请再核对一次。“讲座”：人数填的是“9人”，2017—2021年是“1023人”" in page


def test_the_admin_says_so_after_saving(admin_client):
    lectures = year(2022, participants="1100人")
    why = {"change_kind": "correction", "change_reason": "核对后更正"}
    data = filled(admin_client, lectures) | why | {"participants": "11000人"}
    page = admin_client.post(admin_url(lectures), data, follow=True).content.decode()
    assert "已修改" in page
    assert "人数填的是“11000人”，2017—2021年是“1023人”" in page
    assert "请核对有没有多写或少写一位。已经照填写的保存。" in page
    assert str(Training.objects.get(pk=lectures.pk).participants) == "11000人"


def test_the_admin_asks_nothing_of_what_is_in_order(admin_client):
    lectures = year(2022, participants="1100人")
    why = {"change_kind": "correction", "change_reason": "核对后更正"}
    data = filled(admin_client, lectures) | why | {"participants": "1200人"}
    page = admin_client.post(admin_url(lectures), data, follow=True).content.decode()
    assert "已修改" in page
    assert "请核对" not in page
