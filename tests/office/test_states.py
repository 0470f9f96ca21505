"""A fact is confirmed, withdrawn and brought back, alone and with others."""

import pytest

from outreach.models import Training
from tests.office.forms import WHY, admin_url, filled, go_on, send
from tests.support import REASON, again, drafted, fact, new_document, new_period
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Change

pytestmark = pytest.mark.django_db


def state_of(record) -> str:
    return fact(record.slug, record.period.slug).state


def choose(client, action: str, *facts, **answers):
    """Choose facts in their list for an action; the messages and pages that follow, as text."""
    chosen = {"action": action, "_selected_action": [one.pk for one in facts]} | answers
    return client.post(admin_url(Training), chosen, follow=True)


def test_a_withdrawal_asks_only_for_its_reason_and_is_one_change(editor, lectures):
    page = editor.get(admin_url(lectures, "state"))
    assert [field.name for field in page.context["form"].visible_fields()] == ["change_reason"]
    refused = go_on(editor, lectures, change_reason=" ")
    assert refused.context["form"].errors["change_reason"] == ["这个字段是必填项。"]
    assert state_of(lectures) == "confirmed"
    assert go_on(editor, lectures, change_reason=REASON).status_code == 302
    change = Change.objects.of(lectures).get()
    assert (state_of(lectures), change.kind, change.reason) == ("withdrawn", "withdrawal", REASON)
    assert change.user.username == "一位编辑"


def test_what_was_withdrawn_is_brought_back_with_a_reason(client, editor, lectures):
    go_on(editor, lectures, change_reason=REASON)
    assert client.get(lectures.get_absolute_url()).status_code == 410
    assert {*go_on(editor, lectures).context["form"].errors} == {*WHY}
    assert go_on(editor, lectures, change_kind="revision", change_reason="核对后无误").status_code == 302
    assert client.get(lectures.get_absolute_url()).status_code == 200
    assert [one.kind for one in Change.objects.of(lectures)] == ["revision", "withdrawal"]


def test_the_form_of_a_fact_offers_the_next_state_and_no_other(editor, lectures):
    form = editor.get(admin_url(lectures)).content.decode()
    assert f'<a href="{admin_url(lectures, "state")}">撤回</a>' in form
    assert 'name="state"' not in form
    send(editor, lectures, state="draft", note="新说明")
    assert state_of(lectures) == "confirmed"


def test_a_draft_is_not_shown_and_is_confirmed_without_a_reason(client, editor, lectures):
    draft = drafted(lectures)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "在网站上查看" not in editor.get(admin_url(draft)).content.decode()
    assert not editor.get(admin_url(draft, "state")).context["form"].visible_fields()
    assert go_on(editor, draft).status_code == 302
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert [one.kind for one in Change.objects.of(draft)] == ["entered", "entered"]


def test_what_was_never_public_is_not_withdrawn(editor, lectures, next_year):
    entered = drafted(lectures, period=next_year, state=FactState.CONFIRMED)
    assert admin_url(entered, "state") not in editor.get(admin_url(entered)).content.decode()
    assert editor.get(admin_url(entered, "state")).status_code == 403


def test_of_two_who_change_the_state_the_second_is_told_unless_it_is_the_same_click(editor, manager, lectures):
    sent = editor.get(admin_url(lectures, "state")).context["form"].initial | {"change_reason": REASON}
    for _ in range(2):
        assert editor.post(admin_url(lectures, "state"), sent).status_code == 302
    assert "别人保存过这条记录" in manager.post(admin_url(lectures, "state"), sent).content.decode()
    assert Change.objects.of(lectures).count() == 1


def test_drafts_that_break_a_rule_stay_drafts_and_are_named_with_the_rule(editor, lectures):
    good, bad = drafted(lectures), drafted(lectures, slug="Bad", title="不合规则的")
    page = choose(editor, "confirm", good, bad, lectures).content.decode()
    assert "“不合规则的”还不能确认：应为小写英文字母和数字" in page
    assert f"“{lectures}”：不是待确认的，没有改动。" in page
    assert "已确认公布 1 条。" in page
    assert [state_of(one) for one in (good, bad)] == ["confirmed", "draft"]
    assert "应为小写英文字母和数字" in go_on(editor, bad).content.decode()


def test_what_is_confirmed_in_a_draft_period_is_not_said_to_be_published(editor, lectures):
    draft = again(lectures, new_document(new_period("2022", state="draft")), state=FactState.DRAFT)
    offered = editor.get(admin_url(Training)).content.decode()
    assert ">确认所选的待确认记录（时期已公布的，随即公布）<" in offered
    page = choose(editor, "confirm", draft).content.decode()
    assert "已确认 1 条，所属时期还是草稿，公布这个时期以后才人人可读。" in page
    assert "已确认公布" not in page


def test_a_form_that_was_opened_before_a_withdrawal_is_refused(editor, manager, lectures):
    sent = filled(manager, lectures) | WHY | {"participants": "1024人"}
    go_on(editor, lectures, change_reason=REASON)
    page = manager.post(admin_url(lectures), sent).content.decode()
    assert "状态：已确认 → 已撤回" in page
