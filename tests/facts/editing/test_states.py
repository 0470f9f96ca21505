"""A fact is confirmed, withdrawn and brought back."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError

from outreach.models import Training
from tests.changes import REASON, corrected, drafted
from tests.facts.test_admin import admin_url, correct
from tests.facts.test_constraints import refused_by
from tests.periods import again, new_document, new_period
from tests.tasks import publish_all
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.kinds import fact_kinds

pytestmark = pytest.mark.django_db

WRONG_STEPS = [
    (FactState.CONFIRMED, FactState.DRAFT),
    (FactState.WITHDRAWN, FactState.DRAFT),
    (FactState.DRAFT, FactState.WITHDRAWN),
]
WHY = {"change_kind": "correction", "change_reason": REASON}
LEFT_OUT = re.compile('<span class="left-out">.*?</span>')  # prose says which record it no longer speaks of


def go_on(client, fact, **answers: str):
    """Send the form that takes a fact to its next state."""
    return client.post(admin_url(fact, "state"), {"change_seen": fact.history.first().pk} | answers)


def in_state(fact, state: FactState):
    """A fact of a published period in some state."""
    draft = drafted(fact)
    if state != FactState.DRAFT:
        draft.go_on()
        draft.save_as(ChangeKind.ENTERED)
    return corrected(draft, state=state) if state == FactState.WITHDRAWN else draft


def read(client, path: str) -> str:
    """The words of a page or a file."""
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if path.endswith((".xlsx", ".zip")):
        with ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


def test_a_withdrawal_asks_why_and_is_one_change_of_the_history(editor, lectures):
    refused = go_on(editor, lectures, change_kind="correction", change_reason=" ")
    assert refused.context["form"].errors["change_reason"] == ["这个字段是必填项。"]
    assert lectures.history.count() == 1
    assert go_on(editor, lectures, **WHY).status_code == 302
    change = lectures.history.first()
    assert (change.state, change.change_kind, change.history_change_reason) == ("withdrawn", "correction", REASON)
    assert change.history_user.username == "一位编辑"
    assert lectures.history.count() == 2


def test_a_withdrawn_fact_is_gone_with_words(client, editor, lectures):
    correct(editor, lectures, participants="1024人", change_reason="原文第 10 段")
    go_on(editor, lectures, **WHY)
    answer = client.get(lectures.get_absolute_url())
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache")
    day = lectures.history.first().history_date.astimezone().date()
    assert f"已于 {day.year}年{day.month}月{day.day}日 撤回" in page
    assert f"撤回理由：{REASON}（更正）" in page
    assert "<table" not in page
    for words in ("原文第 10 段", "<del>1023人</del> → <ins>1024人</ins>", "<del>已确认</del> → <ins>已撤回</ins>"):
        assert words in page
    assert "一位编辑" not in page


def test_reading_the_page_of_a_withdrawn_fact_writes_nothing(client, lectures, request):
    corrected(lectures, state=FactState.WITHDRAWN)
    request.getfixturevalue("only_selects")
    assert client.get(lectures.get_absolute_url()).status_code == 410


def test_no_list_and_no_file_has_a_withdrawn_fact(client, editor, lectures):
    paths = (
        lectures.list_url(),
        "/outreach/trainings.csv",
        "/outreach/trainings.json",
        "/figures/?q=领导干部",
        "/figures.csv",
        "/facts.json",
        "/sources/xinyi-review-2021/",
        "/services/literacy/",
        "/report.xlsx",
        "/data.zip",
    )
    publish_all()
    assert all(lectures.title in read(client, path) for path in paths)
    go_on(editor, lectures, **WHY)
    publish_all()
    contents = {path: LEFT_OUT.sub("", read(client, path)) for path in paths}
    assert [path for path in paths if lectures.title in contents[path]] == []


def test_what_was_withdrawn_is_brought_back_with_a_reason(client, editor, lectures):
    go_on(editor, lectures, **WHY)
    lectures.refresh_from_db()
    assert "change_reason" in go_on(editor, lectures, change_kind="revision").context["form"].errors
    assert go_on(editor, lectures, change_kind="revision", change_reason="核对后无误").status_code == 302
    assert client.get(lectures.get_absolute_url()).status_code == 200
    assert [one.state for one in lectures.history.all()] == ["confirmed", "withdrawn", "confirmed"]


def test_the_withdrawal_is_told_and_not_what_was_corrected_since(client, editor, lectures):
    go_on(editor, lectures, **WHY)
    lectures.refresh_from_db()
    correct(editor, lectures, note="另有说明", change_reason="补充说明")
    assert f"撤回理由：{REASON}" in read(client, lectures.get_absolute_url())


def test_the_form_of_a_fact_offers_the_next_state_and_no_other(editor, lectures):
    form = editor.get(admin_url(lectures)).content.decode()
    assert f'<a href="{admin_url(lectures, "state")}">撤回</a>' in form
    assert 'name="state"' not in form
    correct(editor, lectures, state="draft", note="新说明")
    assert Training.objects.get(pk=lectures.pk).state == FactState.CONFIRMED


def test_a_draft_is_not_shown_and_is_confirmed_without_a_reason(client, editor, lectures):
    draft = drafted(lectures)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "在网站上查看" not in editor.get(admin_url(draft)).content.decode()
    page = editor.get(admin_url(draft, "state"))
    assert list(page.context["form"].fields) == ["change_seen"]
    assert go_on(editor, draft).status_code == 302
    assert client.get(draft.get_absolute_url()).status_code == 200
    change = draft.history.first()
    assert (change.change_kind, change.history_user.username) == (ChangeKind.ENTERED, "一位编辑")


def test_drafts_that_break_a_rule_stay_drafts_and_are_named_with_the_rule(editor, lectures):
    good, bad = drafted(lectures), drafted(lectures, slug="Bad", title="不合规则的")
    chosen = {"action": "confirm", "_selected_action": [good.pk, bad.pk, lectures.pk]}
    page = editor.post(admin_url(Training(), "changelist"), chosen, follow=True).content.decode()
    assert "“不合规则的”还不能确认：应为小写英文字母和数字" in page
    assert f"“{lectures}”：不是待确认的，没有改动。" in page
    assert "已确认公布 1 条。" in page
    states = Training.objects.filter(pk__in=[good.pk, bad.pk]).order_by("pk").values_list("state", flat=True)
    assert list(states) == [FactState.CONFIRMED, FactState.DRAFT]
    assert "应为小写英文字母和数字" in go_on(editor, bad).content.decode()


def test_what_is_confirmed_in_a_draft_period_is_not_said_to_be_published(editor, lectures):
    draft = again(lectures, new_document(new_period("2022", state="draft")), state=FactState.DRAFT)
    chosen = {"action": "confirm", "_selected_action": [draft.pk]}
    offered = editor.get(admin_url(Training(), "changelist")).content.decode()
    assert ">确认所选的待确认记录（时期已公布的，随即公布）<" in offered
    assert f'<a href="{admin_url(draft, "state")}">确认</a>' in editor.get(admin_url(draft)).content.decode()
    page = editor.post(admin_url(Training(), "changelist"), chosen, follow=True).content.decode()
    assert "已确认 1 条，所属时期还是草稿，公布这个时期以后才人人可读。" in page
    assert "已确认公布" not in page


def test_of_two_who_change_the_state_the_second_is_told(editor, lectures):
    seen = lectures.history.first().pk
    go_on(editor, lectures, **WHY)
    second = editor.post(admin_url(lectures, "state"), WHY | {"change_seen": seen})
    assert "别人保存过这条记录" in second.content.decode()
    assert Training.objects.get(pk=lectures.pk).state == FactState.WITHDRAWN


def test_what_was_never_public_is_not_withdrawn(editor, lectures, next_year):
    entered = drafted(lectures, period=next_year, state=FactState.CONFIRMED)
    assert admin_url(entered, "state") not in editor.get(admin_url(entered)).content.decode()
    assert editor.get(admin_url(entered, "state")).status_code == 403


@pytest.mark.parametrize(("old", "new"), WRONG_STEPS)
def test_a_state_that_cannot_follow_is_refused_in_words(lectures, old, new):
    fact = in_state(lectures, old)
    fact.state = new
    with pytest.raises(ValidationError, match=f"“{old.label}”之后只能{old.step}，不能改为“{new.label}”"):
        fact.full_clean()


@pytest.mark.parametrize(("old", "new"), WRONG_STEPS)
@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_a_state_that_cannot_follow_is_refused_by_the_database(kind, old, new):
    """Where this fails after a migration of SQLite made the table anew, the migration needs `keeps_its_states`."""
    fact = in_state(kind.objects.first(), old)
    assert f"{kind._meta.db_table}_keeps_to_its_states" in refused_by(kind, {"state": new}, pk=fact.pk)


def test_a_former_draft_is_not_restored_over_what_is_public(editor, lectures):
    draft = in_state(lectures, FactState.CONFIRMED)
    address = f"{admin_url(draft, 'history')}{draft.history.last().pk}/"
    answer = editor.post(address, WHY | {"change_seen": draft.history.first().pk})
    assert "不能恢复到这个状态：" in answer.content.decode()
    assert "不能改为“待确认”" in answer.content.decode()
