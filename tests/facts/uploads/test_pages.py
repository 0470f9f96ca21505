"""The pages of an upload: for whom, and what they show on its way from the file to the records."""

from http import HTTPStatus
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from outreach.models import Training
from tests.changes import REASON, corrected
from tests.facts.uploads.offices import FARM_COURSE, PARAGRAPHS, entered, filled, next_year, table, workbook
from tests.facts.uploads.sending import START, folders, send, sent, shown, staff
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.models import Passage
from xinyi_sat.facts.uploads import views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def editor(db) -> Client:
    """Somebody who may enter and change trainings and nothing else."""
    return staff("培训编辑", "view_training", "add_training", "change_training", "view_channel", "change_channel")


def test_the_index_and_each_list_lead_to_uploads(admin_client):
    assert f'href="{START}"' in shown(admin_client, "/admin/")
    assert f'href="{START}?kind=training"' in shown(admin_client, "/admin/outreach/training/")
    page = admin_client.get(START, {"kind": "training"})
    assert page.context["form"].initial == {"kind": "training"}


def test_a_new_year_is_uploaded_checked_and_saved(admin_client, admin_user, year):
    path = sent(admin_client, FARM_COURSE)
    page = shown(admin_client, path)
    for words in (
        "核对“表.xlsx”",
        "新增 1 行",
        "第 2 行　农技班（farm-course）",
        "人数：近300人",
        "还没有保存任何内容",
    ):
        assert words in page
    assert not Training.objects.filter(period=year).exists()
    assert admin_client.post(path, {"action": "save", "change_reason": "年报定稿"}).status_code == HTTPStatus.FOUND
    assert "已全部保存：新增 1 条，改动 0 条" in shown(admin_client, path)
    change = Training.objects.get(period=year).history.get()
    assert (change.history_user, change.history_change_reason) == (admin_user, "年报定稿")


def test_what_is_odd_is_shown_first_and_counted_and_can_be_saved(admin_client, year):
    review = Training.objects.get(slug="officials-science-lectures")
    passage = Passage.objects.get(document__period=year, paragraph=2)
    passage.text = PARAGRAPHS[1]
    passage.save_without_historical_record(update_fields=["text"])
    odd = FARM_COURSE | {"标识": review.slug, "名称": "讲座", "期数": "2000期", "人数": "近300人"}
    path = sent(admin_client, FARM_COURSE, odd)
    page = shown(admin_client, path)
    assert "请再核对一次：新增的 1 行，排在最前。可能并没有错，不妨碍保存。" in page
    assert page.index("第 3 行　讲座") < page.index("第 2 行　农技班")
    assert f"期数填的是“2000期”，2017—2021年是“{review.sessions}”，增加到 10 倍或更多。请核对有没有多写" in page
    assert "原文第 2 段中没有“2000期”。请核对段落和写法。" in page
    assert page.count('<li class="doubt">') == 2
    admin_client.post(path, {"action": "save", "change_reason": "年报定稿"})
    assert "已全部保存：新增 2 条" in shown(admin_client, path)
    assert "请再核对一次" not in shown(admin_client, sent(admin_client, FARM_COURSE, odd))
    path = sent(admin_client, odd | {"期数": "200期"}, odd | {"标识": "new-course", "期数": "7期"})
    assert "请再核对一次：改动的 1 行、新增的 1 行，排在最前" in shown(admin_client, path)


def test_errors_are_shown_by_row_and_column_and_nothing_can_be_saved(admin_client, year):
    path = sent(admin_client, FARM_COURSE | {"期数": 12}, FARM_COURSE | {"标识": "second"})
    page = shown(admin_client, path)
    assert "有误 1 行" in page
    assert "<strong>期数</strong>：“12”没有单位，应写数字和单位，例如“12期”。" in page
    assert "有一行有误，就一行也不保存" in page
    assert 'value="save"' not in page
    admin_client.post(path, {"action": "save", "change_reason": "年报定稿"})
    assert not Training.objects.filter(period=year).exists()


def test_a_change_of_what_is_public_needs_its_kind_and_reason(admin_client, year):
    training = entered(year)
    corrected(year, state=PeriodState.PUBLISHED)
    path = sent(admin_client, FARM_COURSE | {"人数": "302人"})
    assert "人数：<del>近300人</del> → <ins>302人</ins>" in shown(admin_client, path)
    refused = admin_client.post(path, {"action": "save"})
    assert set(refused.context["form"].errors) == {"change_kind", "change_reason"}
    assert training.history.count() == 1
    admin_client.post(path, {"action": "save", "change_kind": "correction", "change_reason": REASON})
    assert training.history.first().change_kind == ChangeKind.CORRECTION
    assert str(Training.objects.get(pk=training.pk).participants) == "302人"


@pytest.mark.parametrize(("said", "state"), [({}, FactState.DRAFT), ({"publishes": "on"}, FactState.CONFIRMED)])
def test_new_facts_of_a_published_period_wait_unless_they_are_published_at_once(admin_client, said, state):
    year = next_year(PeriodState.PUBLISHED)
    path = sent(admin_client, FARM_COURSE)
    assert "新增的记录直接公布" in shown(admin_client, path)
    admin_client.post(path, {"action": "save", "change_reason": REASON} | said)
    assert Training.objects.get(period=year).state == state


def test_nothing_to_save_is_said(admin_client, year):
    entered(year)
    assert "表中各行与已有的记录完全相同" in shown(admin_client, sent(admin_client, FARM_COURSE))


def test_of_a_sheet_with_nothing_to_save_it_is_said_that_others_changes_stay(admin_client, year):
    training = entered(year)
    content = workbook(培训=[cells for _, cells in filled(FARM_COURSE | {"人数": "近300人"}).rows])
    training.participants = "302人"
    training.save()
    page = shown(admin_client, send(admin_client, content=content)["Location"])
    assert "人数：下载此表之后" in page
    assert "没有要保存的内容：除了保留后来改的各格，表中各行与已有的记录完全相同。" in page


def test_what_another_saved_after_the_preview_is_named_and_seen_when_checked_again(admin_client, year):
    training = entered(year)
    path = sent(admin_client, FARM_COURSE | {"人数": "302人", "说明": ""})
    training.note = "别人写的"
    training.save()
    admin_client.post(path, {"action": "save", "change_reason": REASON})
    page = shown(admin_client, path)
    assert "别人改动过“农技班”（培训，第 2 行），没有保存任何内容" in page
    assert 'value="save"' not in page
    assert str(Training.objects.get(pk=training.pk).participants) == "近300人"
    admin_client.post(path, {"action": "check"})
    page = shown(admin_client, path)
    assert "人数：<del>近300人</del> → <ins>302人</ins>" in page
    assert "改成了“别人写的”，照此保留。" in page
    admin_client.post(path, {"action": "save", "change_reason": REASON})
    training = Training.objects.get(pk=training.pk)
    assert (str(training.participants), training.note) == ("302人", "别人写的")


def test_an_upload_is_saved_once(admin_client, year):
    path = sent(admin_client, FARM_COURSE)
    for action in ("save", "save", "check"):
        admin_client.post(path, {"action": action, "change_reason": REASON})
    assert "已全部保存：新增 1 条" in shown(admin_client, path)
    assert Training.objects.get(period=year).history.count() == 1


def test_a_file_as_a_whole_is_refused_with_its_reason(admin_client, year):
    for content, name, reason in [
        (b"hello", "表.xlsx", "文件损坏，或者不是工作簿"),
        (workbook(Sheet1=[["标识", "名称"]]), "表.xlsx", "工作表“Sheet1”不是一类记录的名称"),
    ]:
        page = shown(admin_client, send(admin_client, content=content, name=name)["Location"])
        assert reason in page
        assert " 0 行" not in page  # nobody has counted


def test_what_is_wrong_in_other_sheets_is_counted_beside_a_sheet_of_no_kind(admin_client, year):
    content = workbook(Sheet1=table(FARM_COURSE), 培训=table(FARM_COURSE | {"期数": 12}))
    page = shown(admin_client, send(admin_client, content=content)["Location"])
    assert "工作表“Sheet1”不是一类记录的名称" in page
    assert "有误 1 行" in page
    assert "“12”没有单位" in page
    assert "新增 0 行" not in page
    assert 'value="save"' not in page


@pytest.mark.parametrize(
    ("sending", "field", "reason"),
    [
        ({"name": "表.xlsm"}, "file", "应为 .xlsx、.xls、.ods 或 .csv 文件"),
        ({"content": b""}, "file", "空"),
        ({"content": b"x" * (2 << 20)}, "file", "文件超过 1 MB"),
        ({"period": ""}, "period", "必填"),
        ({"kind": "nothing"}, "kind", "nothing"),
    ],
    ids=["name", "empty", "large", "period", "kind"],
)
def test_a_form_that_is_not_right_is_refused_beside_its_field(
    admin_client, settings, data_folder, year, sending, field, reason
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
    answer = send(admin_client, **sending)
    assert answer.status_code == HTTPStatus.OK
    assert reason in "".join(answer.context["form"].errors[field])
    assert folders(data_folder) == []


def test_many_rows_are_shown_in_pages(admin_client, year, monkeypatch):
    monkeypatch.setattr(views, "A_PAGE", 2)
    path = sent(admin_client, *(FARM_COURSE | {"标识": f"course-{number}"} for number in range(5)))
    first, last = shown(admin_client, path), shown(admin_client, path, show="new", page="3")
    assert ("第 1 页，共 3 页" in first, "course-1" in first, "course-2" in first) == (True, True, False)
    assert ("course-4" in last, "course-3" in last) == (True, False)


@pytest.mark.parametrize("path", [START, f"{START}template/", f"{START}{'0' * 8}-0000-4000-8000-{'0' * 12}/"])
def test_who_may_not_enter_facts_sees_nothing_of_uploads(client, path):
    assert client.get(path).status_code == HTTPStatus.FOUND
    reader = staff("查阅", "view_training", "change_training", "add_channel")
    assert reader.get(path).status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    assert "uploads" not in shown(reader, "/admin/")
    assert START not in shown(reader, "/admin/outreach/training/")
    assert send(reader).status_code == HTTPStatus.FORBIDDEN


def test_an_editor_is_offered_and_may_upload_his_own_kinds_only(editor, year):
    page = editor.get(START)
    assert [name for name, _ in page.context["form"].fields["kind"].choices] == ["", "training"]
    channel = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "形式": "交流群"}
    both = workbook(培训=table(FARM_COURSE), 科普平台=table(channel))
    assert "您没有录入和更改“科普平台”的权限。" in shown(editor, send(editor, content=both)["Location"])
    assert send(editor, kind="channel").context["form"].errors["kind"]


def test_rights_that_were_taken_away_after_the_preview_are_asked_for_again(editor, year):
    path = sent(editor, FARM_COURSE)
    user = User.objects.get(username="培训编辑")
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_award", "change_award"]))
    assert editor.post(path, {"action": "save", "change_reason": "x"}).status_code == HTTPStatus.FORBIDDEN
    assert not Training.objects.filter(period=year).exists()


def test_a_template_is_downloaded_under_its_name(admin_client):
    answer = admin_client.get(f"{START}template/", {"period": "2017-2021", "kind": "training", "filled": "on"})
    content = b"".join(answer.streaming_content)
    assert "%E5%9F%B9%E8%AE%AD%E6%9B%B4%E6%AD%A3%E8%A1%A8" in answer["Content-Disposition"]
    assert BytesIO(content).read(2) == b"PK"
    refused = admin_client.get(f"{START}template/", {"period": "nothing"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST
    assert refused.context["template_form"].errors["period"]


def test_a_form_from_elsewhere_is_refused(admin_user, year):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert send(client).status_code == HTTPStatus.FORBIDDEN
