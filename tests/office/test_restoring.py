"""What a record was is made the present: a change as any other, which says why and brings back all or nothing."""

import pytest
from django.urls import reverse

from tests.office.forms import WHY, admin_url, filled, go_on, send, sent_by
from tests.support import corrected, drafted, fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Change, Organisation, Passage

pytestmark = pytest.mark.django_db


def restore_url(record, number: object = None) -> str:
    """The form filled in with what a record was after a change; after the first where none is named."""
    number = changes_of(record).last().pk if number is None else number
    return f"{admin_url(record)}?former={number}"


def restored(client, record, number: object = None, **answers: str):
    """Restore what a record was: open the form that is filled in with it, and save."""
    url = restore_url(record, number)
    return client.post(url, sent_by(client.get(url)) | WHY | answers)


def new_body(number: int) -> Organisation:
    return Organisation.objects.create(slug=f"new-body-{number}", name=f"新机构{number}", kind="other")


def test_the_history_of_a_record_shows_old_and_new_in_chinese(editor, lectures):
    send(editor, lectures, participants="1024人", headline_rank="2")
    page = editor.get(admin_url(lectures, "history")).content.decode()
    assert "<del>1023人</del> → <ins>1024人</ins>" in page
    assert "首页次序：<del>（空）</del> → <ins>2</ins>" in page
    assert all(words in page for words in ("更正", "载入", WHY["change_reason"], "恢复到此", "一位编辑"))


def test_an_earlier_state_is_restored_as_a_change_of_its_own(editor, lectures):
    send(editor, lectures, participants="1024人", sessions="", attendances="2000人次")
    page = editor.get(restore_url(lectures))
    assert "的内容，还没有保存。请核对，写明理由，再保存。" in page.content.decode()
    assert "change_reason" in restored(editor, lectures, change_reason="").context["adminform"].form.errors
    assert restored(editor, lectures, change_reason="改错了，恢复").status_code == 302
    now = {one.measure.slug: (one.wording, one.start) for one in fact(lectures.slug).figures.all()}
    assert now == {one.measure.slug: (one.wording, one.start) for one in lectures.figures.all()}
    last, _ = Change.objects.of(lectures)
    assert last.reason == "改错了，恢复"
    assert {str(one) for one in last.differences} >= {"人数：1024人 → 1023人", "人次：2000人次 → （空）"}


def test_what_names_the_deleted_is_restored_without_it(editor):
    draft, one, many = drafted(fact("science-innovation-leader")), new_body(1), new_body(2)
    save(draft, ChangeKind.ENTERED, conferred_by=one, plan_owners=[many], note="原来的说明")
    former = changes_of(draft).first().pk
    save(draft, ChangeKind.ENTERED, conferred_by=None, plan_owners=[], note="")
    one.delete()
    many.delete()
    sent = sent_by(editor.get(restore_url(draft, former)))
    refused = editor.post(admin_url(draft), sent)
    assert [*refused.context["adminform"].form.errors] == ["conferred_by"]
    assert editor.post(admin_url(draft), sent | {"conferred_by": ""}).status_code == 302
    assert fact(draft.slug).note == "原来的说明"


def test_restoring_a_passage_keeps_its_words(editor):
    Passage.objects.filter(paragraph=10).update(text="字")
    passage = Passage.objects.get(paragraph=10)
    assert send(editor, passage, role="heading").status_code == 302
    assert restored(editor, passage).status_code == 302
    passage.refresh_from_db()
    assert (passage.role, passage.text) == ("body", "字")


def test_a_former_draft_is_not_restored_over_what_is_public(editor, lectures):
    draft = drafted(lectures)
    go_on(editor, draft)
    assert restored(editor, draft).status_code == 302
    assert fact(draft.slug).state == "confirmed"


def test_of_two_who_restore_the_second_is_told(editor, lectures):
    corrected(lectures, note="另有说明")
    sent = sent_by(editor.get(restore_url(lectures))) | WHY
    corrected(fact(lectures.slug), participants="1024人")
    assert "保存过这条记录，您的改动还没有保存" in editor.post(restore_url(lectures), sent).content.decode()
    assert fact(lectures.slug).figure("participants").wording == "1024人"


def test_an_address_of_what_is_public_stays_in_forms_too(manager, lectures):
    for record in (lectures.period, lectures.passage.document, Organisation.objects.get(slug="optical-society")):
        assert "slug" not in filled(manager, record)
        assert send(manager, record, slug="another", note="新说明").status_code == 302
        record.refresh_from_db()
        assert (record.slug == "another", record.note) == (False, "新说明")


def test_a_deletion_knows_who_made_it_and_a_bulk_deletion_names_what_stays(editor, lectures):
    draft = drafted(lectures, title="草稿一条", partners=[Organisation.objects.get(slug="optical-society")])
    chosen = {"action": "delete_selected", "_selected_action": [lectures.pk, draft.pk]}
    page = editor.post(reverse("admin:outreach_training_changelist"), chosen).content.decode()
    assert f"“{lectures}”：公布过或正被引用，不能删除。" in page
    assert "草稿一条" in page
    assert page.count("_selected_action") == 1
    assert "Training_partners" not in page
    assert "记录: " not in page
    assert editor.post(admin_url(draft, "delete"), {"post": "yes"}).status_code == 302
    gone = type(draft).history.filter(id=draft.pk, history_type="-").get()
    assert gone.change.user.username == "一位编辑"
