"""The pages of an upload: for whom, and what they show on its way from the file to the records."""

from contextlib import nullcontext
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.test import Client
from django.utils.timezone import now

from outreach.models import Channel, Training
from tests.office.uploads.clerks import (
    FARM_COURSE,
    PARAGRAPHS,
    START,
    Clerk,
    book,
    bytes_of,
    load_words,
    table,
    year_2031,
)
from tests.support import REASON, corrected, fact, save
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.drafting import draft_facts
from xinyi_sat.facts.models import Change, Document, DraftFact
from xinyi_sat.office.models import StoredUpload
from xinyi_sat.office.uploads import saving

pytestmark = pytest.mark.django_db

SECOND = FARM_COURSE | {"标识": "second-course", "名称": "二期班", "合作单位": "光学学会、新沂科技馆"}
CHANNEL = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "形式": "交流群"}


def test_the_index_and_each_list_lead_to_uploads(clerk):
    assert f'href="{START}"' in clerk.look("/admin/").text
    assert f'href="{START}?kind=training"' in clerk.look("/admin/outreach/training/").text
    assert clerk.look(START, kind="training").context["template_form"].initial == {"kind": "training"}


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
    assert "已全部保存：新增 2 条，改动 0 条；0 条未变" in clerk.save(shown).text
    first, second = Training.objects.filter(period=year).order_by("slug")
    assert (first.figure("participants").wording, first.state) == ("近300人", FactState.CONFIRMED)
    assert {one.name for one in second.partners.all()} == {"光学学会", "新沂科技馆"}
    change = Change.objects.of(second).get()
    assert (change.user, change.kind, change.reason) == (clerk.user, ChangeKind.ENTERED, "上传“表.xlsx”")


def test_a_change_is_one_of_the_record_and_an_unchanged_row_leaves_no_trace(clerk, year):
    clerk.save(clerk.rows(FARM_COURSE, SECOND))
    shown = clerk.upload(clerk.filled(FARM_COURSE, SECOND | {"人数": "302人", "合作单位": "光学学会"}))
    assert "人数：<del>近300人</del> → <ins>302人</ins>" in shown.text
    assert "新增 0 条，改动 1 条；1 条未变" in clerk.save(shown).text
    first, second = Training.objects.filter(period=year).order_by("slug")
    assert Change.objects.of(first).count() == 1
    change = Change.objects.of(second).first()
    assert sorted(map(str, change.differences)) == [
        "人数：近300人 → 302人",
        "合作单位：光学学会、新沂科技馆 → 光学学会",
    ]


def test_what_is_odd_is_shown_first_and_counted_and_can_be_saved(clerk, year):
    review = fact("officials-science-lectures")
    load_words(year)
    odd = FARM_COURSE | {"标识": review.slug, "名称": "讲座", "期数": "2000期"}
    shown = clerk.rows(FARM_COURSE, odd)
    assert "有 1 行请再核对一次，排在最前。可能并没有错，不妨碍保存。" in shown.text
    assert shown.text.index("第 3 行　讲座") < shown.text.index("第 2 行　农技班")
    before = review.figure("sessions").wording
    assert f"期数填的是“2000期”，2017—2021年是“{before}”，增加到 10 倍或更多。" in shown.text
    assert "原文第 2 段中没有“2000期”。请核对段落和写法。" in shown.text
    assert "已全部保存：新增 2 条" in clerk.save(shown).text


def test_errors_are_shown_by_row_and_column_and_nothing_can_be_saved(clerk, year):
    shown = clerk.upload(book(Sheet1=table(FARM_COURSE), 培训=table(FARM_COURSE | {"期数": 12}, SECOND)))
    for words in (
        "“Sheet1”不是一类记录的名称",
        "有误 1 行",
        "<strong>期数</strong>：“12”没有单位，应写数字和单位，例如“12期”。",
        "有一行有误，就一行也不保存",
    ):
        assert words in shown.text
    assert 'value="save"' not in shown.text
    clerk.save(shown)
    assert not Training.objects.filter(period=year).exists()


def test_a_change_of_what_is_public_needs_its_kind_and_reason(clerk, year):
    training = clerk.enter()
    corrected(year, state=PeriodState.PUBLISHED)
    shown = clerk.upload(clerk.filled(FARM_COURSE | {"人数": "302人"}, SECOND))
    refused = clerk.save(shown, change_reason="")
    assert set(refused.context["form"].errors) == {"change_kind", "change_reason"}
    assert Change.objects.of(training).count() == 1
    clerk.save(shown, change_kind="correction", change_reason=REASON)
    change = Change.objects.of(training).first()
    assert (change.kind, change.reason, change.is_public) == (ChangeKind.CORRECTION, REASON, True)
    assert fact("farm-course").figure("participants").printed == "302人〔更〕"
    assert Change.objects.of(fact("second-course")).get().kind == ChangeKind.ENTERED


@pytest.mark.parametrize(("answers", "state"), [({}, FactState.DRAFT), ({"publishes": "on"}, FactState.CONFIRMED)])
def test_new_facts_of_a_published_period_wait_unless_they_are_published_at_once(clerk, answers, state):
    year_2031(PeriodState.PUBLISHED)
    shown = clerk.rows(FARM_COURSE)
    assert "新增的记录直接公布" in shown.text
    clerk.save(shown, **answers)
    assert fact("farm-course").state == state
    assert Training.objects.public().filter(slug="farm-course").exists() == bool(answers)


def test_a_second_click_is_answered_as_saved(clerk, year):
    shown = clerk.rows(FARM_COURSE)
    for _ in range(2):
        assert "已全部保存：新增 1 条" in clerk.save(shown).text
    assert Change.objects.of(fact("farm-course")).count() == 1


def test_what_another_saved_after_the_preview_is_named_and_shown_anew(clerk, colleague, year):
    training = clerk.enter()
    shown = clerk.upload(clerk.filled(FARM_COURSE | {"人数": "302人", "说明": ""}))
    save(training, ChangeKind.ENTERED, user=colleague.user, note="别人写的")
    again = clerk.save(shown)
    assert "别人改动过“农技班”，没有保存任何内容" in again.text
    assert fact("farm-course").figure("participants").wording == "近300人"
    assert "改成了“别人写的”，照此保留。" in again.text
    clerk.save(again)
    training = fact("farm-course")
    assert (training.figure("participants").wording, training.note) == ("302人", "别人写的")


def test_what_was_entered_or_published_by_another_after_the_preview_is_not_gone_over(clerk, colleague, year):
    shown = clerk.rows(FARM_COURSE)
    colleague.enter(人数="310人")
    assert "别人改动过“农技班”" in clerk.save(shown).text
    shown = colleague.upload(colleague.filled(FARM_COURSE | {"人数": "302人"}))
    corrected(year, state=PeriodState.PUBLISHED)
    again = colleague.save(shown)
    assert "别人改动过“2031年”，没有保存任何内容" in again.text
    assert "change_kind" in again.context["form"].fields
    assert fact("farm-course").figure("participants").wording == "310人"


@pytest.mark.parametrize("error", [IntegrityError, KeyboardInterrupt])
def test_what_stops_in_the_midst_leaves_nothing_and_can_be_saved_again(clerk, year, monkeypatch, error):
    def stop(passage):
        raise error

    shown = clerk.upload(book(培训=table(SECOND), 科普平台=table(CHANNEL)))
    with monkeypatch.context() as broken:
        broken.setattr(saving, "settle_drafts", stop)  # when every row is written
        with nullcontext() if error is IntegrityError else pytest.raises(error):
            assert "数据库没有接受表中的内容，没有保存任何内容" in clerk.save(shown).text
    for kind in (Training, Channel):
        assert not kind.objects.filter(period=year).exists()
        assert not kind.history.filter(period=year).exists()
    assert "已全部保存：新增 2 条" in clerk.save(shown).text


def test_a_draft_whose_quantities_are_all_recorded_by_an_upload_is_done_with(clerk, year):
    load_words(year)
    draft_facts(Document.objects.get(period=year), PARAGRAPHS)
    assert DraftFact.objects.filter(passage__paragraph=2).count() == 1
    clerk.save(clerk.rows(FARM_COURSE))
    assert not DraftFact.objects.filter(passage__paragraph=2).exists()
    assert DraftFact.objects.filter(passage__paragraph=3).exists()


@pytest.mark.parametrize(
    ("sending", "field", "reason"),
    [
        ({"file": b""}, "file", "空"),
        ({"file": b"x" * (2 << 20)}, "file", "不超过 5 MB、1000 行；超过的没有接收"),
        ({"period": ""}, "period", "必填"),
    ],
    ids=["empty", "large", "period"],
)
def test_a_form_that_is_not_right_is_refused_beside_its_field(clerk, settings, year, sending, field, reason):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    answer = clerk.send(**{"file": book(培训=table(FARM_COURSE))} | sending)
    assert reason in "".join(answer.context["form"].errors[field])


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
    offered = editor.look(START).context["template_form"].fields["kind"].choices
    assert [noun for noun, _ in offered] == ["", "training"]
    both = book(培训=table(FARM_COURSE), 科普平台=table(CHANNEL))
    assert editor.upload(both).problems == ["您没有录入和更改“科普平台”的权限。"]
    shown = editor.rows(FARM_COURSE)
    editor.user.user_permissions.set(Permission.objects.filter(codename__in=["add_award", "change_award"]))
    assert "您没有录入和更改“培训”的权限。" in editor.save(shown).text
    assert not Training.objects.filter(period=year).exists()


def test_a_form_from_elsewhere_is_refused(clerk, year):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk.user)
    content = bytes_of(book(培训=table(FARM_COURSE)))
    assert Clerk(client, clerk.user).send(content).status_code == HTTPStatus.FORBIDDEN
