"""A former state of a record is made the present one: a change as any other, which says why and brings back all or nothing."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON, corrected, drafted
from tests.facts.test_admin import admin_url, correct, filled
from tests.facts.test_history import shown
from tests.periods import new_document
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Organisation, Passage, one_change

pytestmark = pytest.mark.django_db

WHY = {"change_kind": "correction", "change_reason": REASON}


def said_of(refused: HttpResponse) -> list[str]:
    """Why a form was refused."""
    return list(refused.context["form"].non_field_errors())


def new_body(number: int = 1) -> Organisation:
    return Organisation.objects.create(slug=f"new-body-{number}", name=f"新机构{number}", kind="other")


def test_an_earlier_state_is_restored_as_a_change_of_its_own(admin_client, lectures):
    correct(admin_client, lectures, participants="1024人")
    first = lectures.history.last()
    address = f"{admin_url(lectures, 'history')}{first.pk}/"
    page = admin_client.get(address)
    assert "<del>1024人</del> → <ins>1023人</ins>" in page.content.decode()
    seen = page.context["form"].initial["change_seen"]
    refused = admin_client.post(address, {"change_seen": seen, "change_kind": "correction"})
    assert "change_reason" in refused.context["form"].errors
    done = admin_client.post(
        address, {"change_seen": seen, "change_kind": "correction", "change_reason": "改错了，恢复"}
    )
    assert done.status_code == 302
    assert str(Training.objects.get(pk=lectures.pk).participants) == "1023人"
    assert lectures.history.count() == 3
    assert shown(lectures) == ["人数：1024人 → 1023人"]


def test_restoring_brings_back_what_the_record_named(admin_client):
    award = Award.objects.get(slug="science-innovation-leader")
    before = set(award.plan_owners.values_list("pk", flat=True))
    data = filled(admin_client, award) | {"change_kind": "revision", "change_reason": REASON}
    data["plan_owners"] = [Organisation.objects.get(slug="optical-society").pk]
    admin_client.post(admin_url(award), data)
    assert set(award.plan_owners.values_list("pk", flat=True)) != before
    address = f"{admin_url(award, 'history')}{award.history.last().pk}/"
    seen = award.history.first().pk
    admin_client.post(address, WHY | {"change_seen": seen})
    assert set(award.plan_owners.values_list("pk", flat=True)) == before


def test_what_names_the_deleted_is_not_restored_and_the_deleted_is_named(admin_client):
    draft = drafted(Award.objects.get(slug="science-innovation-leader"))
    one, many = new_body(1), new_body(2)
    with one_change(draft, ChangeKind.ENTERED):
        draft.conferred_by = one
        draft.save()
        draft.plan_owners.set([many])
    former = draft.history.first()
    with one_change(draft, ChangeKind.ENTERED):
        draft.conferred_by = None
        draft.save()
        draft.plan_owners.clear()
    one.delete()
    many.delete()
    address = f"{admin_url(draft, 'history')}{former.pk}/"
    refused = admin_client.post(address, {"change_seen": draft.history.first().pk})
    assert refused.status_code == 200
    assert said_of(refused) == [
        "不能恢复到这个状态，它所指的这些已经删除：",
        "授奖单位“新机构1”。",
        "人才计划所属单位“新机构2”。",
        "其余内容可以在修改页面中改回。",
    ]
    assert (draft.history.count(), draft.plan_owners.count()) == (3, 0)


@pytest.mark.parametrize("number", ["0", "abc", "9" * 30])
def test_a_state_there_never_was_is_not_found(admin_client, lectures, number):
    address = f"{admin_url(lectures, 'history')}{number}/"
    assert admin_client.get(address).status_code == 404
    assert admin_client.post(address, WHY).status_code == 404


def test_a_draft_is_not_restored_to_a_paragraph_that_was_deleted_with_its_document(admin_client, next_year, lectures):
    document = new_document(next_year)
    draft = drafted(lectures, passage=document.passages.get(paragraph=2))
    former = draft.history.first()
    draft.passage = lectures.passage
    draft.save()
    for one in (*document.passages.all(), document):
        one.delete()
    address = f"{admin_url(draft, 'history')}{former.pk}/"
    refused = admin_client.post(address, {"change_seen": draft.history.first().pk})
    assert refused.status_code == 200
    assert said_of(refused)[1] == "出处（段落）。"


def test_restoring_a_passage_keeps_its_words(admin_client):
    passage = Passage.objects.get(paragraph=10)
    passage.text = "字"
    passage.save_without_historical_record(update_fields=["text"])
    correct_role = filled(admin_client, passage) | {
        "role": "heading",
        "change_kind": "correction",
        "change_reason": REASON,
    }
    assert admin_client.post(admin_url(passage), correct_role).status_code == 302
    address = f"{admin_url(passage, 'history')}{passage.history.last().pk}/"
    seen = passage.history.first().pk
    admin_client.post(address, WHY | {"change_seen": seen})
    passage.refresh_from_db()
    assert (passage.role, passage.text) == ("body", "字")


@pytest.mark.parametrize("form", ["state", "restore"])
def test_a_record_is_held_from_reading_it_to_saving_it(admin_client, lectures, form):
    """Else of two who send at once both find that nobody saved before them."""
    corrected(lectures, note="另有说明")
    former = f"{admin_url(lectures, 'history')}{lectures.history.last().pk}/"
    address = admin_url(lectures, "state") if form == "state" else former
    read = []

    def note_reading(execute, sql, params, many, context):
        if sql.startswith("SELECT") and 'FROM "outreach_training" ' in sql:
            read.append((len(connection.savepoint_ids), sql.endswith("FOR UPDATE")))
        return execute(sql, params, many, context)

    outside = len(connection.savepoint_ids)
    sent = {"change_seen": lectures.history.first().pk, "change_kind": "correction", "change_reason": REASON}
    with connection.execute_wrapper(note_reading):
        assert admin_client.post(address, sent).status_code == 302
    assert min(depth for depth, _ in read) > outside
    assert read[0][1] == connection.features.has_select_for_update
    assert lectures.history.count() == 3


@pytest.mark.parametrize("form", ["change", "state"])
def test_no_record_is_held_where_the_address_names_none(admin_client, form):
    address = reverse(f"admin:outreach_training_{form}", args=["abc"])
    assert admin_client.post(address, WHY).status_code in (302, 404)


def test_of_two_who_restore_the_second_is_told(admin_client, lectures):
    seen = corrected(lectures, note="另有说明").history.first().pk
    address = f"{admin_url(lectures, 'history')}{lectures.history.last().pk}/"
    corrected(lectures, participants="1024人")
    assert "别人保存过这条记录" in admin_client.post(address, WHY | {"change_seen": seen}).content.decode()
    assert str(Training.objects.get(pk=lectures.pk).participants) == "1024人"
