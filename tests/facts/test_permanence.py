"""What readers have seen is never deleted, and keeps its address."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON, corrected, drafted, made_a_draft
from tests.facts.test_admin import admin_url, filled
from tests.periods import new_document, new_period
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.models import Document, Organisation, Passage, Period, Undeletable, one_change

pytestmark = pytest.mark.django_db

WHY = {"change_kind": "correction", "change_reason": REASON}


def published_and_drafted_again(period: Period) -> None:
    """A period that readers have seen, and see no more."""
    corrected(period, state=PeriodState.PUBLISHED)
    made_a_draft(period)


def test_the_history_tells_whether_readers_have_ever_seen_a_fact(lectures, next_year):
    confirmed = drafted(lectures, period=next_year, state=FactState.CONFIRMED)
    draft = drafted(lectures, period=next_year, slug="still-a-draft")
    assert not confirmed.was_public()
    published_and_drafted_again(next_year)
    later = drafted(lectures, period=next_year, slug="entered-later", state=FactState.CONFIRMED)
    seen = {one.slug for one in Training.objects.filter(period=next_year) if one.was_public()}
    assert seen == {confirmed.slug}
    assert {draft.slug, later.slug} == {
        *Training.objects.filter(period=next_year).values_list("slug", flat=True)
    } - seen


def test_a_fact_is_known_to_have_been_public_in_the_period_it_was_in(lectures, next_year):
    moved = corrected(lectures, period=next_year)
    assert moved.is_draft
    assert moved.was_public()


def test_no_code_deletes_what_was_public(lectures, next_year):
    corrected(lectures, period=next_year)
    for delete in (lectures.delete, Training.objects.filter(pk=lectures.pk).delete):
        with pytest.raises(Undeletable, match="公布过，不能删除"), transaction.atomic():
            delete()
    assert Training.objects.filter(pk=lectures.pk).exists()


def test_a_deletion_knows_who_made_it(editor, lectures):
    draft = drafted(lectures)
    assert editor.post(admin_url(draft, "delete"), {"post": "yes"}).status_code == 302
    gone = Training.history.filter(id=draft.pk, history_type="-").get()
    assert gone.history_user.username == "一位编辑"


def test_a_bulk_deletion_names_what_stays(editor, lectures):
    draft = drafted(lectures, title="草稿一条")
    draft.partners.add(Organisation.objects.get(slug="optical-society"))
    chosen = {"action": "delete_selected", "_selected_action": [lectures.pk, draft.pk]}
    page = editor.post(admin_url(Training(), "changelist"), chosen).content.decode()
    assert f"“{lectures}”：公布过或正被引用，不能删除。" in page
    assert "草稿一条" in page
    assert page.count("_selected_action") == 1
    assert "Training_partners" not in page
    assert "Training-organisation" not in page
    only_published = editor.post(
        admin_url(Training(), "changelist"), chosen | {"_selected_action": [lectures.pk]}, follow=True
    )
    assert "不能删除" in only_published.content.decode()


def test_an_organisation_that_only_a_draft_names_stays(editor):
    body = Organisation.objects.create(slug="new-body", name="新机构", kind="other")
    draft = drafted(Award.objects.get(slug="science-innovation-leader"))
    draft.plan_owners.set([body])
    assert editor.post(admin_url(body, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [Period, Document, Organisation])
def test_the_address_of_what_is_public_stays(admin_client, model):
    record = model.objects.order_by("pk").first()
    form = admin_client.get(admin_url(record)).context["adminform"].form
    assert "slug" not in form.fields
    data = filled(admin_client, record) | WHY | {"slug": "another", "note": "新说明"}
    assert admin_client.post(admin_url(record), data).status_code == 302
    saved = model.objects.get(pk=record.pk)
    assert (saved.slug, saved.note) == (record.slug, "新说明")
    saved.slug = "another"
    with pytest.raises(ValidationError, match=f"标识“{record.slug}”不能再改"):
        saved.full_clean()


def test_the_address_of_a_draft_may_change_and_that_of_a_period_once_public_may_not(admin_client, next_year):
    assert "slug" in admin_client.get(admin_url(next_year)).context["adminform"].form.fields
    published_and_drafted_again(next_year)
    assert "slug" not in admin_client.get(admin_url(next_year)).context["adminform"].form.fields


def test_a_form_offers_to_delete_nothing_it_names(admin_client, lectures):
    page = admin_client.get(admin_url(lectures)).content.decode()
    assert "add_id_passage" in page
    assert "delete_id_passage" not in page


def test_paragraphs_that_readers_have_seen_stay(editor):
    passage = Passage.objects.get(paragraph=4)
    assert editor.post(admin_url(passage, "delete"), {"post": "yes"}).status_code == 403


@pytest.fixture
def body() -> Organisation:
    return Organisation.objects.create(slug="new-body", name="新机构", kind="other")


def named_once(award: Award, body: Organisation, kind: ChangeKind, field: str) -> Award:
    """A record that named an organisation in this field, and names it no more."""
    for one in (body, None):
        with one_change(award, kind, REASON):
            if field == "plan_owners":
                award.plan_owners.set([one] if one else [])
            else:
                award.conferred_by = one
            award.save()
    return award


@pytest.mark.parametrize("field", ["conferred_by", "plan_owners"])
def test_an_organisation_that_a_record_named_before_readers_stays_with_its_address(editor, body, field):
    named_once(Award.objects.get(slug="science-innovation-leader"), body, ChangeKind.CORRECTION, field)
    assert body.is_draft
    assert body.was_public()
    assert "slug" not in editor.get(admin_url(body)).context["adminform"].form.fields
    assert editor.post(admin_url(body, "delete"), {"post": "yes"}).status_code == 403
    with pytest.raises(Undeletable, match="“新机构”公布过，不能删除"), transaction.atomic():
        body.delete()
    assert Organisation.objects.filter(slug="new-body").exists()


@pytest.mark.parametrize("field", ["conferred_by", "plan_owners"])
def test_an_organisation_that_only_drafts_named_may_go(editor, body, next_year, field):
    award = Award.objects.get(slug="science-innovation-leader")
    named_once(drafted(award), body, ChangeKind.ENTERED, field)
    of_year = drafted(award, period=next_year, state=FactState.CONFIRMED)
    named_once(of_year, body, ChangeKind.ENTERED, field)
    corrected(next_year, state=PeriodState.PUBLISHED)
    assert not of_year.is_draft
    assert not body.was_public()
    assert "slug" in editor.get(admin_url(body)).context["adminform"].form.fields
    assert editor.post(admin_url(body, "delete"), {"post": "yes"}).status_code == 302
    assert not Organisation.objects.filter(slug="new-body").exists()


def test_an_organisation_that_a_confirmed_record_named_when_its_period_was_published_stays(body, next_year):
    award = drafted(Award.objects.get(slug="science-innovation-leader"), period=next_year, state=FactState.CONFIRMED)
    with one_change(award, ChangeKind.ENTERED):
        award.plan_owners.set([body])
    assert not body.was_public()
    corrected(next_year, state=PeriodState.PUBLISHED)
    with one_change(award, ChangeKind.CORRECTION, REASON):
        award.plan_owners.clear()
    assert body.is_draft
    assert body.was_public()


def test_no_code_deletes_an_organisation_that_readers_see():
    named = Award.plan_owners.through.objects.first().organisation
    with pytest.raises(Undeletable), transaction.atomic():
        named.delete()
    assert Organisation.objects.filter(pk=named.pk).exists()


def test_who_published_a_document_before_readers_stays(body):
    document = Document.objects.get()
    before = document.publisher
    corrected(document, publisher=body)
    corrected(document, publisher=before)
    assert body.is_draft
    assert body.was_public()


def test_a_document_that_was_hidden_again_stays_with_its_paragraphs_and_address(editor, next_year):
    document = new_document(new_period("2023"))
    corrected(document, period=next_year)
    assert document.is_draft
    for record in (document, document.passages.last()):
        assert record.was_public()
        assert editor.post(admin_url(record, "delete"), {"post": "yes"}).status_code == 403
    assert "slug" not in editor.get(admin_url(document)).context["adminform"].form.fields
    later = Passage.objects.create(document=document, paragraph=9, length=5, digest="0" * 64)
    assert not later.was_public()


def test_a_paragraph_that_was_moved_to_a_draft_stays(next_year):
    passage = new_document(new_period("2023")).passages.last()
    corrected(passage, document=new_document(next_year, 1))
    assert passage.is_draft
    assert passage.was_public()


def test_whether_readers_have_seen_a_record_is_few_questions(body, next_year, django_assert_max_num_queries):
    document = new_document(next_year)
    award = drafted(Award.objects.get(slug="science-innovation-leader"), period=next_year)
    for record in (body, document, document.passages.last(), award):
        with django_assert_max_num_queries(3):
            assert not type(record).objects.select_related().get(pk=record.pk).was_public()


@pytest.fixture
def renamed(lectures) -> Training:
    """A fact whose address was corrected."""
    return corrected(lectures, slug="lectures-for-officials")


def test_an_address_that_a_fact_had_leads_to_the_one_it_has(renamed, client, only_selects):
    answer = client.get("/outreach/trainings/2017-2021/officials-science-lectures/")
    assert (answer.status_code, answer["Location"]) == (302, renamed.get_absolute_url())
    assert client.get("/outreach/trainings/2017-2021/never-was/").status_code == 404


def test_an_address_that_a_draft_had_leads_nowhere(lectures, next_year, client):
    draft = drafted(lectures, period=next_year, state=FactState.CONFIRMED)
    draft.slug = "another"
    draft.save()
    assert client.get(f"/outreach/trainings/{next_year.slug}/officials-science-lectures-draft/").status_code == 404


def test_an_address_that_was_given_again_is_the_new_facts(renamed, client):
    new = drafted(renamed, slug="officials-science-lectures", state=FactState.CONFIRMED)
    assert client.get(new.get_absolute_url()).status_code == 200
