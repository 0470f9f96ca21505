"""From the text of a new review to drafts that an admin names and sorts; nothing of them is public."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.facts.small_review import record_small_review
from xinyi_sat.facts.choices import PeriodState, Service
from xinyi_sat.facts.drafting import heading_of
from xinyi_sat.facts.models import Document, DraftFact, Figure, Organisation, Passage, Period

pytestmark = pytest.mark.django_db

TEXT = """临湖县科协本年工作
搭平台　竭诚服务科技工作者
评选优秀人才12名；“银杏计划”扶持8人，其中首批3人。
提素质　服务全民科学素质提升
第三届科普节办讲座20场、听众近5000人次，成人继续教育办班17期、学员230人。
"""


def drafted(path: Path, period: str = "2031") -> str:
    out = StringIO()
    call_command("draft_facts", path, period=period, stdout=out)
    return out.getvalue()


@pytest.fixture
def new_review(tmp_path) -> Path:
    """A review of our own making, its document registered in a period that is a draft."""
    return registered(tmp_path, TEXT)


def registered(folder: Path, text: str) -> Path:
    path = folder / "review.txt"
    path.write_text(text, encoding="utf-8")
    period = Period.objects.create(slug="2031", title="2031年", starts_on=date(2031, 1, 1), ends_on=date(2031, 12, 31))
    publisher = Organisation.objects.create(slug="linhu-ast", name="临湖县科协", kind="association")
    Document.objects.create(
        slug="linhu-2031", title="临湖县科协本年工作", publisher=publisher, published_on=date(2032, 1, 5), period=period
    )
    call_command("load_source", path, document="linhu-2031", register=True, verbosity=0)
    return path


def test_every_sentence_that_counts_becomes_a_draft_under_the_service_of_its_heading(new_review):
    report = drafted(new_review)
    assert "起草 3 条，数字 7 个" in report
    found = [(one.passage.paragraph, one.service, one.wordings) for one in DraftFact.objects.all()]
    assert found == [
        (3, "workers", ["12名"]),
        (3, "workers", ["8人", "3人"]),
        (5, "literacy", ["20场", "近5000人次", "17期", "230人"]),
    ]
    for one in DraftFact.objects.all():
        line = TEXT.split("\n")[one.passage.paragraph - 1]
        assert all(line[figure["start"] : figure["end"]] == figure["wording"] for figure in one.figures)
    roles = dict(Passage.objects.filter(document__slug="linhu-2031").values_list("paragraph", "role"))
    assert roles == {1: "body", 2: "heading", 3: "body", 4: "heading", 5: "body"}


def test_a_document_of_a_published_period_is_drafted_and_its_paragraphs_stay_as_readers_see_them(new_review):
    period = Period.objects.get(slug="2031")
    period.state = PeriodState.PUBLISHED
    period.save()
    assert "起草 3 条，数字 7 个" in drafted(new_review)
    assert list(DraftFact.objects.values_list("service", flat=True)) == ["workers", "workers", "literacy"]
    passages = Passage.objects.filter(document__slug="linhu-2031")
    assert {*passages.values_list("role", "service")} == {("body", "")}


def test_drafting_again_adds_nothing_and_loses_nothing(new_review):
    drafted(new_review)
    assert "起草 0 条" in drafted(new_review)
    assert DraftFact.objects.count() == 3


def test_nothing_drafted_is_public(client, new_review):
    drafted(new_review)
    for address in ("/", "/figures/", "/facts.csv", "/sources/", "/organisations/", "/services/workers/"):
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert "银杏计划" not in content.decode()
        assert "临湖县" not in content.decode()
    assert client.get("/sources/linhu-2031/").status_code == 404


def test_what_is_recorded_already_is_not_drafted(tmp_path):
    path, _ = record_small_review(tmp_path)
    assert "起草 0 条，数字 0 个" in drafted(path, "2030")


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("搭建平台 竭诚服务科技工作者", Service.WORKERS),
        ("（二）助推创新驱动发展", Service.INNOVATION),
        ("服务全民科学素质提升", Service.LITERACY),
        ("着眼党和政府科学决策", Service.DECISIONS),
        ("加强科协组织建设", Service.ORGANISATION),
        ("为科技工作者办实事12件。", None),
        ("", None),
    ],
)
def test_a_heading_names_its_service(text, service):
    assert heading_of(text) == service


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"period": "1999"}, "没有时期“1999”。已有的是：2017-2021"),
        ({"period": "2017-2021"}, "没有一段与这个文件相同"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_words(tmp_path, options, message):
    path = tmp_path / "other.txt"
    path.write_text("别的文字，12人。\n", encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("draft_facts", path, **options)


def test_the_real_review_is_drafted_whole(review, tmp_path):
    """Drafted as if it were new: every quantity that was recorded by hand, under the same service."""
    period = Period.objects.create(slug="again", title="再", starts_on=date(2017, 1, 1), ends_on=date(2021, 12, 31))
    publisher = Organisation.objects.first()
    Document.objects.create(
        slug="again", title="再", publisher=publisher, published_on=date(2021, 12, 27), period=period
    )
    call_command("load_source", review, document="again", register=True, verbosity=0)
    drafted(review, "again")
    found = {
        (one.passage.paragraph, figure["start"], one.service)
        for one in DraftFact.objects.select_related("passage")
        for figure in one.figures
    }
    services = dict(Passage.objects.filter(document__slug="xinyi-review-2021").values_list("paragraph", "service"))
    places = Figure.objects.values_list("fact__passage__paragraph", "start")
    assert found == {(paragraph, start, services[paragraph]) for paragraph, start in places}
    assert len(found) == 37
