"""The pages of an upload: for whom, and what they show on its way from the file to the records."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.timezone import now

from outreach.models import Channel, Training
from tests.changes import REASON, corrected
from tests.facts.uploads.office import (
    FARM_COURSE,
    PARAGRAPHS,
    START,
    Clerk,
    book,
    bytes_of,
    load_words,
    next_year,
    table,
)
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.editing.drafting import draft_facts
from xinyi_sat.facts.models import Document, DraftFact, StoredUpload
from xinyi_sat.facts.uploads import saving, views

pytestmark = pytest.mark.django_db

SECOND = FARM_COURSE | {"标识": "second-course", "名称": "二期班", "合作单位": "光学学会、新沂科技馆"}
CHANNEL = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "形式": "交流群"}


def test_the_index_and_each_list_lead_to_uploads(clerk):
    assert f'href="{START}"' in clerk.look("/admin/").text
    assert f'href="{START}?kind=training"' in clerk.look("/admin/outreach/training/").text
    assert clerk.look(START, kind="training").context["form"].initial == {"kind": "training"}


def test_a_new_year_is_uploaded_checked_and_saved(clerk, year):
    shown = clerk.rows(FARM_COURSE, SECOND)
    for words in (
        "核对“表.xlsx”",
        "新增 2 行",
        "第 2 行　农技班（farm-course）",
        "人数：近300人",
        "还没有保存任何内容",
    ):
        assert words in shown.text
    assert not Training.objects.filter(period=year).exists()
    assert "已全部保存：新增 2 条，改动 0 条" in clerk.save(shown).text
    first, second = Training.objects.filter(period=year).order_by("slug")
    assert [str(first.participants), first.participants_number, first.state] == ["近300人", 300, FactState.CONFIRMED]
    assert {one.name for one in second.partners.all()} == {"光学学会", "新沂科技馆"}
    change = second.history.get()
    assert (change.history_user, change.history_change_reason) == (clerk.user, "年报定稿")
    assert (change.change_kind, change.partners.count()) == (ChangeKind.ENTERED, 2)


def test_a_change_is_one_of_the_record_and_an_unchanged_row_leaves_no_trace(clerk, year):
    clerk.save(clerk.rows(FARM_COURSE, SECOND))
    shown = clerk.upload(clerk.filled(FARM_COURSE, SECOND | {"人数": "302人", "合作单位": "光学学会"}))
    assert "人数：<del>近300人</del> → <ins>302人</ins>" in shown.text
    assert "改动 1 条；1 条未变" in clerk.save(shown).text
    first, second = Training.objects.filter(period=year).order_by("slug")
    assert (first.history.count(), second.history.count()) == (1, 2)
    assert (str(second.participants), [one.name for one in second.partners.all()]) == ("302人", ["光学学会"])
    assert second.history.first().partners.count() == 1


def test_what_is_odd_is_shown_first_and_counted_and_can_be_saved(clerk, year):
    review = Training.objects.get(slug="officials-science-lectures")
    load_words(year)
    odd = FARM_COURSE | {"标识": review.slug, "名称": "讲座", "期数": "2000期"}
    shown = clerk.rows(FARM_COURSE, odd)
    assert "请再核对一次：新增的 1 行，排在最前。可能并没有错，不妨碍保存。" in shown.text
    assert shown.text.index("第 3 行　讲座") < shown.text.index("第 2 行　农技班")
    assert f"期数填的是“2000期”，2017—2021年是“{review.sessions}”，增加到 10 倍或更多。" in shown.text
    assert "原文第 2 段中没有“2000期”。请核对段落和写法。" in shown.text
    assert "已全部保存：新增 2 条" in clerk.save(shown).text


def test_errors_are_shown_by_row_and_column_and_nothing_can_be_saved(clerk, year):
    shown = clerk.rows(FARM_COURSE | {"期数": 12}, FARM_COURSE | {"标识": "second"})
    assert "有误 1 行" in shown.text
    assert "<strong>期数</strong>：“12”没有单位，应写数字和单位，例如“12期”。" in shown.text
    assert "有一行有误，就一行也不保存" in shown.text
    assert 'value="save"' not in shown.text
    clerk.save(shown)
    assert not Training.objects.filter(period=year).exists()


def test_a_change_of_what_is_public_needs_its_kind_and_reason(clerk, year):
    training = clerk.enter()
    corrected(year, state=PeriodState.PUBLISHED)
    shown = clerk.upload(clerk.filled(FARM_COURSE | {"人数": "302人"}, SECOND))
    refused = clerk.save(shown, change_reason="")
    assert set(refused.context["form"].errors) == {"change_kind", "change_reason"}
    assert training.history.count() == 1
    clerk.save(shown, change_kind="correction", change_reason=REASON)
    change = training.history.first()
    assert (change.change_kind, change.history_change_reason) == (ChangeKind.CORRECTION, REASON)
    assert Training.objects.get(slug="second-course").history.get().change_kind == ChangeKind.ENTERED


@pytest.mark.parametrize(("said", "state"), [({}, FactState.DRAFT), ({"publishes": "on"}, FactState.CONFIRMED)])
def test_new_facts_of_a_published_period_wait_unless_they_are_published_at_once(clerk, said, state):
    year = next_year(PeriodState.PUBLISHED)
    shown = clerk.rows(FARM_COURSE)
    assert "新增的记录直接公布" in shown.text
    clerk.save(shown, **said)
    assert Training.objects.get(period=year).state == state
    assert Training.objects.public().filter(period=year).exists() == bool(said)


def test_a_second_click_is_answered_as_saved(clerk, year):
    shown = clerk.rows(FARM_COURSE)
    for _ in range(2):
        assert "已全部保存：新增 1 条" in clerk.save(shown).text
    assert Training.objects.get(period=year).history.count() == 1


def test_a_second_click_that_comes_while_the_first_is_saving_finds_it_saved(clerk, year):
    shown = clerk.rows(FARM_COURSE)
    waiting = StoredUpload.objects.get()
    clerk.save(shown)
    why = {"kind": ChangeKind.ENTERED, "reason": "", "publishes": False}
    assert saving.save_upload(waiting, [Training], why) == ""
    assert Training.objects.get(period=year).history.count() == 1


def test_what_another_saved_after_the_preview_is_named_and_shown_anew(clerk, colleague, year):
    training = clerk.enter()
    shown = clerk.upload(clerk.filled(FARM_COURSE | {"人数": "302人", "说明": ""}))
    training.note = "别人写的"
    training.save_as(ChangeKind.CORRECTION, REASON, user=colleague.user)
    again = clerk.save(shown)
    assert "别人改动过“农技班”（培训，第 2 行），没有保存任何内容" in again.text
    assert str(Training.objects.get(pk=training.pk).participants) == "近300人"
    assert "改成了“别人写的”，照此保留。" in again.text
    clerk.save(again)
    training = Training.objects.get(pk=training.pk)
    assert (str(training.participants), training.note) == ("302人", "别人写的")


def test_what_was_entered_or_published_by_another_after_the_preview_is_not_gone_over(clerk, colleague, year):
    shown = clerk.rows(FARM_COURSE)
    colleague.enter(人数="310人")
    assert "别人改动过“农技班”" in clerk.save(shown).text
    shown = colleague.upload(colleague.filled(FARM_COURSE | {"人数": "302人"}))
    corrected(year, state=PeriodState.PUBLISHED)
    again = colleague.save(shown)
    assert "没有保存任何内容" in again.text
    assert "change_kind" in again.context["form"].fields
    assert str(Training.objects.get(period=year).participants) == "310人"


def test_what_stops_in_the_midst_leaves_nothing_and_can_be_saved_again(clerk, year, monkeypatch):
    shown = clerk.upload(book(培训=table(SECOND), 科普平台=table(CHANNEL)))
    with monkeypatch.context() as broken:
        broken.setattr(saving, "settle", lambda *saved: pytest.fail("It stops when every row is written."))
        with pytest.raises(pytest.fail.Exception):
            clerk.save(shown)
    for kind in (Training, Channel):
        assert not kind.objects.filter(period=year).exists()
        assert not kind.history.filter(period=year).exists()
    assert "已全部保存：新增 2 条" in clerk.save(shown).text


def test_what_the_database_refuses_is_said_in_chinese(clerk, year, monkeypatch):
    shown = clerk.rows(FARM_COURSE, SECOND)
    monkeypatch.setattr(saving, "check", spoilt(saving.check))
    assert "数据库没有接受表中的内容，没有保存任何内容" in clerk.save(shown).text
    assert not Training.objects.filter(period=year).exists()


def spoilt(check):
    """The check with a mistake in its last row that no rule of a form sees."""

    def checked(*asked):
        found = check(*asked)
        found.rows[-1].fact.participants_start = 3
        return found

    return checked


def test_a_draft_whose_quantities_are_all_recorded_by_an_upload_is_done_with(clerk, year):
    load_words(year)
    draft_facts(Document.objects.get(period=year), PARAGRAPHS)
    assert DraftFact.objects.filter(passage__paragraph=2).count() == 1
    clerk.save(clerk.rows(FARM_COURSE))
    assert not DraftFact.objects.filter(passage__paragraph=2).exists()
    assert DraftFact.objects.filter(passage__paragraph=3).exists()


def test_what_is_wrong_in_other_sheets_is_counted_beside_a_sheet_of_no_kind(clerk, year):
    shown = clerk.upload(book(Sheet1=table(FARM_COURSE), 培训=table(FARM_COURSE | {"期数": 12})))
    assert "工作表“Sheet1”不是一类记录的名称" in shown.text
    assert "有误 1 行" in shown.text
    assert "新增 0 行" not in shown.text
    assert 'value="save"' not in shown.text


@pytest.mark.parametrize(
    ("sending", "field", "reason"),
    [
        ({"file": b""}, "file", "空"),
        ({"file": b"x" * (2 << 20)}, "file", "不超过 5 MB、2000 行；超过的没有接收"),
        ({"period": ""}, "period", "必填"),
        ({"kind": "nothing"}, "kind", "nothing"),
    ],
    ids=["empty", "large", "period", "kind"],
)
def test_a_form_that_is_not_right_is_refused_beside_its_field(clerk, settings, year, sending, field, reason):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    answer = clerk.send(**{"file": book(培训=table(FARM_COURSE))} | sending)
    assert reason in "".join(answer.context["form"].errors[field])
    assert not StoredUpload.objects.exists()


def test_many_rows_are_shown_in_pages(clerk, year, monkeypatch):
    monkeypatch.setattr(views, "A_PAGE", 2)
    shown = clerk.rows(*(FARM_COURSE | {"标识": f"course-{number}"} for number in range(5)))
    last = clerk.look(shown.path, show="new", page="3").text
    assert ("第 1 页，共 3 页" in shown.text, "course-1" in shown.text, "course-2" in shown.text) == (True, True, False)
    assert ("course-4" in last, "course-3" in last) == (True, False)


def test_an_upload_is_private_and_goes_with_the_next_one_or_when_it_is_dropped_or_after_an_hour(clerk, year):
    other = Clerk.named("另一位", "add_training", "change_training")
    first = clerk.rows(FARM_COURSE)
    for post in ({}, {"action": "cancel"}):
        assert other.client.post(first.path, post).status_code == HTTPStatus.NOT_FOUND
    assert other.client.get(first.path).status_code == HTTPStatus.NOT_FOUND
    second = clerk.rows(FARM_COURSE)
    assert clerk.client.get(first.path).status_code == HTTPStatus.NOT_FOUND
    assert clerk.client.post(second.path, {"action": "cancel"})["Location"] == START
    third = clerk.rows(FARM_COURSE)
    StoredUpload.objects.update(created_at=now() - timedelta(hours=1, minutes=1))
    gone = clerk.client.get(third.path)
    assert gone.status_code == HTTPStatus.NOT_FOUND
    assert "只保留一小时" in gone.content.decode()
    other.rows(FARM_COURSE)
    assert StoredUpload.objects.get().user == other.user


@pytest.mark.parametrize("path", [START, f"{START}template/", f"{START}{'0' * 8}-0000-4000-8000-{'0' * 12}/"])
def test_who_may_not_enter_facts_sees_nothing_of_uploads(client, path):
    assert client.get(path).status_code == HTTPStatus.FOUND
    reader = Clerk.named("查阅", "view_training", "change_training", "add_channel")
    assert reader.client.get(path).status_code == HTTPStatus.FORBIDDEN
    assert START not in reader.look("/admin/").text
    assert START not in reader.look("/admin/outreach/training/").text
    assert reader.send(b"x").status_code == HTTPStatus.FORBIDDEN


def test_an_editor_is_offered_and_may_upload_his_own_kinds_only(year):
    rights = ("view_training", "add_training", "change_training", "view_channel", "change_channel")
    editor = Clerk.named("培训编辑", *rights)
    assert [name for name, _ in editor.look(START).context["form"].fields["kind"].choices] == ["", "training"]
    both = book(培训=table(FARM_COURSE), 科普平台=table(CHANNEL))
    assert editor.upload(both).problems == ["您没有录入和更改“科普平台”的权限。"]
    assert editor.send(both, kind="channel").context["form"].errors["kind"]


def test_rights_that_were_taken_away_after_the_preview_are_asked_for_again(year):
    editor = Clerk.named("培训编辑", "add_training", "change_training")
    shown = editor.rows(FARM_COURSE)
    editor.user.user_permissions.set(Permission.objects.filter(codename__in=["add_award", "change_award"]))
    assert editor.client.post(shown.path, {"action": "save"}).status_code == HTTPStatus.FORBIDDEN
    assert not Training.objects.filter(period=year).exists()


def test_a_form_from_elsewhere_is_refused(clerk, year):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk.user)
    content = bytes_of(book(培训=table(FARM_COURSE)))
    assert Clerk(client, clerk.user).send(content).status_code == HTTPStatus.FORBIDDEN
