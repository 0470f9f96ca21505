"""What looks odd is saved and asked about; what is merely larger is not."""

from datetime import date

import pytest

from outreach.models import Training
from tests.changes import corrected, made_a_draft
from tests.facts.test_admin import admin_url, filled
from xinyi_sat.facts.doubts import doubts
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


def asked(fact: Training) -> list[str]:
    return list(doubts(Training.objects.get(pk=fact.pk), Training.figure_names()))


@pytest.mark.parametrize(
    ("counted", "leap"),
    [
        ("10230人", "增加到 10 倍或更多"),
        ("11万人", "增加到 10 倍或更多"),
        ("102人", "减少到 10 分之一或更少"),
        ("0人", "减少到 10 分之一或更少"),
    ],
)
def test_ten_times_or_a_tenth_of_the_last_period_is_asked_about(counted, leap):
    [doubt] = asked(year(2022, participants=counted, sessions="4期"))
    assert (
        doubt == f"人数填的是“{counted}”，2017—2021年是“1023人”，{leap}。已经照填写的保存，请核对有没有多写或少写一位。"
    )


@pytest.mark.parametrize(
    "fields", [{"participants": "10229人"}, {"participants": "103人"}, {"participants": "20000名"}, {}]
)
def test_less_than_ten_times_another_unit_or_nothing_is_not(fields):
    assert asked(year(2022, **fields)) == []


def test_figures_of_another_basis_are_not_compared():
    assert asked(year(2022, participants="20000人", basis="yearly")) == []


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


def test_the_admin_says_so_after_saving(admin_client):
    lectures = year(2022, participants="1100人")
    why = {"change_kind": "correction", "change_reason": "核对后更正"}
    data = filled(admin_client, lectures) | why | {"participants": "11000人"}
    page = admin_client.post(admin_url(lectures), data, follow=True).content.decode()
    assert "已修改" in page
    assert "人数填的是“11000人”，2017—2021年是“1023人”" in page
    assert str(Training.objects.get(pk=lectures.pk).participants) == "11000人"


def test_the_admin_asks_nothing_of_what_is_in_order(admin_client):
    lectures = year(2022, participants="1100人")
    why = {"change_kind": "correction", "change_reason": "核对后更正"}
    data = filled(admin_client, lectures) | why | {"participants": "1200人"}
    page = admin_client.post(admin_url(lectures), data, follow=True).content.decode()
    assert "已修改" in page
    assert "请核对" not in page
