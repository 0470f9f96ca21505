"""A period is published as a planned act, archived and brought back, and never becomes a draft again."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags

from outreach.models import Team, Training
from tests.changes import REASON, corrected
from tests.facts.small_review import PARAGRAPHS, record_small_review
from tests.facts.test_admin import admin_url, filled
from tests.periods import again, new_document, new_period
from tests.roles import logged_in
from xinyi_sat.accounts.roles import EDITOR, MANAGER
from xinyi_sat.facts.choices import ChangeKind, PeriodState
from xinyi_sat.facts.models import Document, DraftFact, Organisation, Passage, Period
from xinyi_sat.facts.periods.publishing import Outlook

pytestmark = pytest.mark.django_db

WHY = {"change_kind": "revision", "change_reason": REASON}
COURSE = "continuing-education"


@pytest.fixture
def manager():
    return logged_in(MANAGER)


@pytest.fixture
def year() -> Period:
    """A draft with a fact that is confirmed, one that is not, and one that was withdrawn."""
    year = new_period("2022", state="draft")
    document = new_document(year)
    again(Training.objects.get(slug=COURSE), document, participants="2500人", sessions="19期", is_headline=True)
    again(Team.objects.get(slug="science-volunteers"), document, members="4500名", state="draft")
    again(Team.objects.get(slug="committee-members"), document, members="9名", state="withdrawn")
    return year


def go_on(client, period, **answers: str):
    return client.post(admin_url(period, "state"), {"change_seen": period.history.first().pk} | answers)


def test_publishing_shows_first_what_readers_will_find_and_what_not(manager, year):
    page = manager.get(admin_url(year, "state")).content.decode()
    rows = [
        [strip_tags(cell).strip() for cell in row.replace("</th>", "<td>").split("<td>")[1:]]
        for row in page.split("<tbody>")[1].split("</tbody>")[0].split('<th scope="row">')[1:]
    ]
    assert rows == [["", "1", "2", "0", "0"], ["", "0", "0", "1", "1"]]
    assert f"/admin/outreach/team/?period__id__exact={year.pk}&amp;state__exact=draft" in page
    assert "《2022年工作回顾》" in page
    for doubt in ("待确认的记录有 1 条，不会公布", "有 2 个数字没有记下在段落中的字位", "的原文没有载入，这里核对不了"):
        assert doubt in page
    assert year.history.count() == 1


def test_a_draft_is_published_by_one_change_without_a_reason(manager, client, year):
    assert client.get("/", {"period": "2022"}).status_code == 404
    assert go_on(manager, year).status_code == 302
    change = year.history.first()
    assert (change.state, change.change_kind, change.history_user.username) == ("published", "entered", "一位管理员")
    assert "2500人" in client.get("/").content.decode()


def test_archiving_and_publishing_again_ask_why(manager, year):
    go_on(manager, year)
    assert "change_reason" in go_on(manager, year, change_kind="revision").context["form"].errors
    assert go_on(manager, year, **WHY).status_code == 302
    assert go_on(manager, year, **WHY).status_code == 302
    assert [one.state for one in year.history.all()] == ["published", "archived", "published", "draft"]
    assert Period.objects.get(pk=year.pk).state == PeriodState.PUBLISHED


def test_a_period_with_nothing_to_show_is_not_published(manager):
    empty = new_period("2022", state="draft")
    answer = go_on(manager, empty)
    assert "还没有已确认的记录" in answer.content.decode()
    assert Period.objects.get(pk=empty.pk).is_draft


def test_only_a_manager_publishes(year):
    editor = logged_in(EDITOR)
    assert editor.get(admin_url(year, "state")).status_code == 403
    assert go_on(editor, year).status_code == 403
    assert Period.objects.get(pk=year.pk).is_draft
    assert admin_url(year, "state") not in editor.get(admin_url(year)).content.decode()


def test_the_state_is_not_typed_into_the_form(manager, year):
    assert "state" not in filled(manager, year)
    data = filled(manager, year) | {"title": "二〇二二年", "state": "published"}
    assert manager.post(admin_url(year), data).status_code == 302
    changed = Period.objects.get(pk=year.pk)
    assert (changed.title, changed.state) == ("二〇二二年", "draft")


@pytest.mark.parametrize("state", ["published", "archived"])
def test_what_was_public_does_not_become_a_draft_again(year, state):
    period = new_period("2020", state=state)
    period.state = PeriodState.DRAFT
    with pytest.raises(ValidationError, match="不能改为“草稿”"):
        period.full_clean()


def test_of_two_managers_the_second_is_told(manager, year):
    seen = year.history.first().pk
    corrected(year, title="二〇二二年")
    answer = manager.post(admin_url(year, "state"), {"change_seen": seen})
    assert "别人保存过这条记录" in answer.content.decode()
    assert Period.objects.get(pk=year.pk).is_draft


def test_a_document_that_is_here_is_reconciled_before_its_period_is_published(tmp_path):
    _, period = record_small_review(tmp_path)
    document = period.document_set.get()
    assert Outlook(period).doubts[-1].startswith("《临湖县科协工作》的原文没有载入")
    for passage in document.passages.all():
        passage.text = PARAGRAPHS[passage.paragraph - 1]
        passage.save_without_historical_record(update_fields=["text"])
    assert Outlook(period).doubts == ["没有标为“首页重点”的记录，首页和报告摘要会是空的。"]
    course = Training.objects.get(period=period, slug="farm-course")
    course.sessions = "13期"
    course.save_as(ChangeKind.ENTERED)
    assert "有 1 处不符：第 2 段：farm-course的期数“13期”：原文写作“12期”" in Outlook(period).doubts[-1]


def test_figures_that_are_far_from_those_of_the_last_period_are_named_before_it_is_published(manager, year):
    assert not any("请核对有没有" in doubt for doubt in Outlook(year).doubts)
    course = Training.objects.get(period=year)
    review = Training.objects.get(slug=COURSE, period__slug="2017-2021")
    corrected(course, sessions="1900期", basis=review.basis)
    corrected(Team.objects.get(period=year, state="draft"), members="4名")
    page = manager.get(admin_url(year, "state")).content.decode()
    assert f"“{course}”：期数填的是“1900期”，2017—2021年是“{review.sessions}”，增加到 10 倍或更多。请核对" in page
    assert page.count("请核对有没有多写或少写一位") == 1


@pytest.mark.parametrize(
    ("counted", "told"), [("0期", "原文写明是 0 才填 0"), ("1.5期", "不是整数"), ("1至2.5期", "不是整数")]
)
def test_a_nought_and_a_part_that_nobody_can_see_here_are_named_before_a_period_is_published(year, counted, told):
    course = corrected(Training.objects.get(period=year), sessions=counted, basis="yearly")
    assert any(f"期数填的是“{counted}”" in doubt and told in doubt for doubt in Outlook(year).doubts)
    course.passage.text = f"平均每村{counted}。"
    course.passage.save_without_historical_record(update_fields=["text"])
    assert not any(told in doubt for doubt in Outlook(year).doubts)


@pytest.mark.parametrize(("times", "told"), [(10, "增加到 10 倍或更多"), (Decimal("0.1"), "减少到 10 分之一或更少")])
def test_what_is_ten_times_as_much_to_the_unit_is_named_before_it_is_published(year, times, told):
    course = Training.objects.get(slug=COURSE, period__slug="2017-2021")
    corrected(course, participants="170人")
    corrected(Training.objects.get(period=year), participants=f"{int(170 * times)}人", basis=course.basis)
    [doubt] = [doubt for doubt in Outlook(year).doubts if "请核对有没有" in doubt]
    assert told in doubt


def test_what_leaps_only_from_a_period_before_the_last_is_not_named(year):
    course = Training.objects.get(period=year)
    corrected(course, participants="1700人", basis="yearly")
    corrected(Training.objects.get(slug=COURSE, period__slug="2017-2021"), participants="170人", basis="yearly")
    again(course, new_document(new_period("2021")), participants="1500人", basis="yearly")
    assert not any("请核对有没有" in doubt for doubt in Outlook(year).doubts)


def test_a_document_without_paragraphs_and_a_period_without_documents_are_told(year):
    document = Document.objects.create(
        slug="empty", title="空文献", publisher=Organisation.objects.first(), published_on="2023-01-01", period=year
    )
    assert any(doubt.startswith("《空文献》没有登记段落") for doubt in Outlook(year).doubts)
    assert "这个时期没有登记文献。" in Outlook(new_period("2020", state="draft")).doubts
    passage = year.document_set.get(slug="review-2022").passages.last()
    DraftFact.objects.create(period=year, passage=passage, start=0, end=5, figures=[])
    assert "待整理的数字还有 1 条，不会公布。" in Outlook(year).doubts
    assert document not in Document.objects.public()


def test_organisations_that_readers_find_for_the_first_time_are_named(year):
    unheard = Organisation.objects.create(slug="unheard-of", name="新来的学会", kind="society")
    known = Organisation.objects.get(slug="optical-society")
    course = Training.objects.get(slug=COURSE, period__slug="2017-2021")
    again(course, year.document_set.get(), slug="other", partners=[unheard, known])
    assert Outlook(year).new_organisations == [unheard]


def test_facts_read_from_the_document_of_another_draft_are_not_public_and_are_told(year):
    other = new_document(new_period("2023", state="draft"))
    fact = again(Training.objects.get(slug=COURSE, period__slug="2017-2021"), other, slug="odd", period=year)
    assert any(doubt.startswith("有 1 条记录读自其他草稿时期的文献") for doubt in Outlook(year).doubts)
    corrected(year, state="published")
    assert fact not in Training.objects.public()
    with pytest.raises(ValidationError, match="所述的时期还是草稿"):
        Training.objects.get(pk=fact.pk).full_clean()


def test_a_document_that_readers_are_sent_to_stays_with_a_public_period(year):
    review = Document.objects.get(slug="xinyi-review-2021")
    review.period = year
    with pytest.raises(ValidationError, match="已有公布的记录读自这份文献"):
        review.full_clean()


def test_nothing_is_confirmed_while_it_stands_at_the_furniture_of_a_page(year):
    draft = Team.objects.get(period=year, state="draft")
    draft.passage = Passage.objects.get(document=draft.passage.document, paragraph=1)
    draft.full_clean()
    with pytest.raises(ValidationError, match="第 1 段是页面信息，不是出处"):
        draft.go_on()


def test_the_page_before_publishing_asks_a_fixed_number_of_questions(manager, year, django_assert_max_num_queries):
    with django_assert_max_num_queries(50):
        manager.get(admin_url(year, "state"))
    assert connection.queries_limit
    assert reverse("admin:facts_period_changelist") in manager.get(admin_url(year, "state")).content.decode()
