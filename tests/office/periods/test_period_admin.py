"""A period is published as a planned act, archived and brought back, and never becomes a draft again."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from tests.facts.small_review import PARAGRAPHS, record_small_review
from tests.office.forms import WHY, admin_url, filled, go_on, send
from tests.support import REASON, again, corrected, fact, new_document, new_period
from xinyi_sat.facts.models import Change, Document, DraftFact, Fact, Organisation, Passage, Period
from xinyi_sat.office.periods.outlook import Outlook

pytestmark = pytest.mark.django_db

COURSE = "continuing-education"
REVIEW = "2017-2021"


@pytest.fixture
def year(next_year) -> Period:
    """A draft with a fact that is confirmed, one that is not, and one that was withdrawn."""
    document = new_document(next_year)
    again(fact(COURSE), document, participants="2500人", sessions="19期", headline_rank=1)
    again(fact("science-volunteers"), document, members="4500名", state="draft")
    again(fact("committee-members"), document, members="9名", state="withdrawn")
    return next_year


def doubts(period: Period) -> str:
    """All that is to be seen to before a period is published."""
    return "\n".join(Outlook(Period.objects.get(pk=period.pk)).doubts)


def state_of(period: Period) -> str:
    return Period.objects.get(pk=period.pk).state


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
    assert state_of(year) == "draft"


def test_a_draft_is_published_by_one_change_without_a_reason(manager, client, year):
    assert client.get("/outreach/trainings/", {"period": "2022"}).status_code == 404
    for _ in range(2):  # the second of two clicks is answered as the first
        sent = {"change_seen": Change.objects.of(year).last().pk, "next_state": "published"}
        assert manager.post(admin_url(year, "state"), sent).status_code == 302
    change = Change.objects.of(year).first()
    assert (state_of(year), change.kind, change.user.username) == ("published", "entered", "一位管理员")
    assert "2500人" in client.get("/outreach/trainings/", {"period": "2022"}).content.decode()


def test_archiving_and_publishing_again_ask_why(manager, year):
    go_on(manager, year)
    assert {*go_on(manager, year).context["form"].errors} == {*WHY}
    states = []
    for _ in range(2):
        assert go_on(manager, year, change_kind="revision", change_reason=REASON).status_code == 302
        states.append(state_of(year))
    assert states == ["archived", "published"]


def test_a_period_with_nothing_to_show_is_not_published(manager, next_year):
    assert "还没有已确认的记录" in go_on(manager, next_year).content.decode()
    assert state_of(next_year) == "draft"


def test_only_a_manager_publishes(editor, year):
    assert editor.get(admin_url(year, "state")).status_code == 403
    assert editor.post(admin_url(year, "state"), {}).status_code == 403
    assert state_of(year) == "draft"
    assert admin_url(year, "state") not in editor.get(admin_url(year)).content.decode()


def test_the_state_is_not_typed_into_the_form(manager, year):
    assert "state" not in filled(manager, year)
    assert send(manager, year, title="二〇二二年", state="published").status_code == 302
    changed = Period.objects.get(pk=year.pk)
    assert (changed.title, changed.state) == ("二〇二二年", "draft")


def test_the_period_in_front_is_chosen_in_its_form_and_is_one(manager, client, year):
    go_on(manager, year)
    assert send(manager, Period.objects.get(slug=REVIEW), is_front="on").status_code == 302
    assert Period.objects.current().slug == REVIEW
    assert "已有别的时期放在首页，请先取消那一个。" in send(manager, year, is_front="on").content.decode()


def test_of_two_managers_the_second_is_told(manager, year):
    sent = manager.get(admin_url(year, "state")).context["form"].initial
    corrected(year, title="二〇二二年")
    assert "别人保存过这条记录" in manager.post(admin_url(year, "state"), sent).content.decode()
    assert state_of(year) == "draft"


def test_a_document_that_is_here_is_reconciled_before_its_period_is_published(tmp_path):
    _, period = record_small_review(tmp_path)
    assert "《临湖县科协工作》的原文没有载入" in doubts(period)
    for number, text in enumerate(PARAGRAPHS, 1):
        Passage.objects.filter(document__period=period, paragraph=number).update(text=text)
    assert doubts(period) == "没有填写“首页次序”的记录，首页和报告摘要会是空的。"
    figure = fact("farm-course").figure("sessions")
    type(figure).objects.filter(pk=figure.pk).update(wording="13期")
    assert "有 1 处不符：第 2 段：farm-course的期数“13期”：原文写作“12期”" in doubts(period)


def test_figures_that_are_far_from_those_of_the_last_period_are_named_before_it_is_published(manager, year):
    assert "请核对有没有" not in doubts(year)
    course, review = fact(COURSE, "2022"), fact(COURSE, REVIEW)
    corrected(course, sessions="1900期", basis=review.basis)
    corrected(fact("science-volunteers", "2022"), members="4名")
    said = f"“{course}”：期数填的是“1900期”，2017—2021年是“{review.figure('sessions')}”，增加到 10 倍或更多。请核对"
    page = manager.get(admin_url(year, "state")).content.decode()
    assert said in page
    assert page.count("请核对有没有多写或少写一位") == 1


def test_a_document_without_paragraphs_and_a_period_without_documents_are_told(year):
    publisher = Organisation.objects.first()
    Document.objects.create(slug="empty", title="空文献", publisher=publisher, published_on="2023-01-01", period=year)
    assert "《空文献》没有登记段落" in doubts(year)
    assert "这个时期没有登记文献。" in doubts(new_period("2020", state="draft"))
    passage = year.document_set.get(slug="review-2022").passages.last()
    DraftFact.objects.create(period=year, passage=passage, start=0, end=5, figures=[])
    assert "待整理的数字还有 1 条，不会公布。" in doubts(year)


def test_facts_read_from_the_document_of_another_draft_are_not_public_and_are_told(year):
    other = new_document(new_period("2023", state="draft"))
    odd = again(fact(COURSE, REVIEW), other, slug="odd", period=year)
    assert "有 1 条记录读自其他草稿时期的文献" in doubts(year)
    corrected(year, state="published")
    assert not Fact.objects.public().filter(pk=odd.pk).exists()
    with pytest.raises(ValidationError, match="所述的时期还是草稿"):
        fact("odd").full_clean()
