"""Nothing that readers may have seen changes without a reason, and nothing it was is lost."""

import ast
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON, corrected, drafted
from tests.facts.test_admin import admin_url, correct, filled
from xinyi_sat.facts.changes.differences import data_revision, differences
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.fixtures.change_files import dumped_changes
from xinyi_sat.facts.fixtures.dumping import dumped_records, tracked_models
from xinyi_sat.facts.models import LoadedRecord, Organisation, Period, UnexplainedChange

pytestmark = pytest.mark.django_db

NOT_OF_RECORDS = [
    "xinyi_sat/accounts/second_step.py",  # recovery codes
    "xinyi_sat/facts/fixtures/first_changes.py",  # a migration, before there is any history
    "xinyi_sat/facts/models/loaded.py",  # what fixtures have brought, which is no record
    "xinyi_sat/facts/models/many.py",  # `save_many`, which writes the history itself
    "xinyi_sat/report/editions/issuing.py",  # an edition, which one statement issues
]


@pytest.fixture
def other_admin(django_user_model, client):
    client.force_login(django_user_model.objects.create_superuser("second"))
    return client


def shown(record) -> list[str]:
    """What the last change of a record changed, as readers see it."""
    newer, older = record.history.all()[:2]
    return [str(one) for one in differences(older, newer)]


def test_every_record_begins_its_history_when_it_is_loaded():
    for model in tracked_models():
        assert model.history.count() == model.objects.count()
        assert set(model.history.values_list("change_kind", flat=True)) == {ChangeKind.LOADED}


def test_a_correction_says_what_when_why_and_who(admin_client, admin_user, lectures):
    assert correct(admin_client, lectures, participants="1024人", change_reason="原文第 10 段").status_code == 302
    change = lectures.history.first()
    assert shown(lectures) == ["人数：1023人 → 1024人"]
    assert (change.change_kind, change.history_change_reason) == ("correction", "原文第 10 段")
    assert change.history_user == admin_user
    assert lectures.history.count() == 2


@pytest.mark.parametrize(
    ("missing", "sent", "said"),
    [("change_kind", "", "请选择是更正还是修订。"), ("change_reason", " ", "请写明理由。")],
)
def test_a_change_without_its_kind_or_its_reason_is_refused(admin_client, lectures, missing, sent, said):
    answer = correct(admin_client, lectures, **{"participants": "1024人", missing: sent})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {missing: [f"已公布的内容有改动，{said}"]}
    assert str(Training.objects.get(pk=lectures.pk).participants) == "1023人"
    assert lectures.history.count() == 1


def test_saving_without_a_change_needs_no_reason_and_leaves_no_trace(admin_client, lectures):
    assert correct(admin_client, lectures, change_kind="", change_reason="").status_code == 302
    assert lectures.history.count() == 1


def test_a_change_of_what_is_named_is_one_change_with_old_and_new(admin_client):
    award = Award.objects.get(slug="science-innovation-leader")
    optics = Organisation.objects.get(slug="optical-society")
    data = filled(admin_client, award) | {"change_kind": "revision", "change_reason": REASON}
    before = [one.pk for one in award.plan_owners.all()]
    data["plan_owners"] = [*before, optics.pk]
    assert admin_client.post(admin_url(award), data).status_code == 302
    assert award.history.count() == 2
    [line] = shown(award)
    assert line.startswith("人才计划所属单位：")
    assert optics.name in line.split(" → ")[1]
    assert optics.name not in line.split(" → ")[0]


def test_the_history_of_a_record_shows_old_and_new_in_chinese(admin_client, lectures):
    correct(admin_client, lectures, participants="1024人", is_headline="on")
    page = admin_client.get(admin_url(lectures, "history")).content.decode()
    assert "<del>1023人</del> → <ins>1024人</ins>" in page
    assert "首页重点：<del>否</del> → <ins>是</ins>" in page
    assert all(words in page for words in ("更正", "载入", REASON, "恢复到此"))


def test_of_two_admins_the_second_sees_what_the_first_changed_and_keeps_what_he_typed(
    admin_client, other_admin, lectures
):
    first, second = filled(admin_client, lectures), filled(other_admin, lectures)
    why = {"change_kind": "correction", "change_reason": REASON}
    assert admin_client.post(admin_url(lectures), first | why | {"participants": "1024人"}).status_code == 302
    refused = other_admin.post(admin_url(lectures), second | why | {"sessions": "4期"})
    page = refused.content.decode()
    assert refused.status_code == 200
    assert "“admin”保存过这条记录" in page
    assert "人数：1023人 → 1024人" in page
    assert 'value="4期"' in page
    assert str(Training.objects.get(pk=lectures.pk).sessions) == "3期"

    form = refused.context["adminform"].form
    again = second | why | {"sessions": "4期", "participants": "1024人", "change_seen": form.data["change_seen"]}
    assert other_admin.post(admin_url(lectures), again).status_code == 302
    saved = Training.objects.get(pk=lectures.pk)
    assert (str(saved.sessions), str(saved.participants)) == ("4期", "1024人")


def test_what_the_second_admin_left_alone_is_not_put_back_to_what_it_was(admin_client, other_admin):
    award = Award.objects.get(slug="science-innovation-leader")
    owner = Organisation.objects.get(slug="optical-society")
    opened = filled(admin_client, award)
    second = opened | {"plan_owners": [one.pk for one in opened["plan_owners"]]}
    why = {"change_kind": "correction", "change_reason": REASON}
    first = second | {
        "recipients": "1名",
        "level": "provincial",
        "is_headline": "on",
        "plan_owners": [owner.pk],
        "note": "前一人的说明",
    }
    assert admin_client.post(admin_url(award), first | why).status_code == 302
    refused = other_admin.post(admin_url(award), second | why | {"note": "后一人的说明"})
    assert refused.status_code == 200
    form = refused.context["adminform"].form
    again = second | {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert again["note"] == "后一人的说明"
    assert other_admin.post(admin_url(award), again).status_code == 302
    award.refresh_from_db()
    assert (str(award.recipients), award.level, award.is_headline) == ("1名", "provincial", True)
    assert list(award.plan_owners.all()) == [owner]
    assert award.note == "后一人的说明"


def test_a_figure_the_second_admin_left_alone_is_the_first_ones(admin_client, other_admin, lectures):
    first, second = filled(admin_client, lectures), filled(other_admin, lectures)
    why = {"change_kind": "correction", "change_reason": REASON}
    admin_client.post(admin_url(lectures), first | why | {"participants": "1024人"})
    refused = other_admin.post(admin_url(lectures), second | why | {"sessions": "4期"})
    form = refused.context["adminform"].form
    assert [form[name].value() for name in ("sessions", "participants")] == ["4期", "1024人"]


def test_no_code_changes_a_published_record_without_saying_why(lectures):
    lectures.participants = "1024人"
    with pytest.raises(UnexplainedChange, match="更正还是修订"), transaction.atomic():
        lectures.save()
    with pytest.raises(UnexplainedChange), transaction.atomic():
        lectures.save_as(ChangeKind.CORRECTION, "  ")
    assert str(Training.objects.get(pk=lectures.pk).participants) == "1023人"


def test_the_database_refuses_a_correction_without_a_reason(lectures):
    change = lectures.history.first()
    change.pk, change.change_kind = None, ChangeKind.CORRECTION
    with pytest.raises(IntegrityError, match="has_its_reason"), transaction.atomic():
        change.save()


def test_a_draft_is_entered_and_deleted_without_reasons(lectures):
    draft = drafted(lectures)
    draft.participants = "1024人"
    draft.save()
    assert draft.history.first().change_kind == ChangeKind.ENTERED
    draft.delete()


def test_a_period_as_it_was_can_be_asked_for(lectures):
    corrected(lectures, participants="1024人")
    before = lectures.history.first().history_date - timedelta(microseconds=1)
    then = Training.history.as_of(before).get(slug=lectures.slug)
    assert str(then.participants) == "1023人"


def test_corrections_their_reasons_and_history_survive_dump_and_load(tmp_path, lectures):
    corrected(lectures, participants="1024人")
    corrected(lectures, title="讲座", state=FactState.WITHDRAWN)
    award = Award.objects.get(slug="science-innovation-leader")
    award._change_kind, award._change_reason = ChangeKind.REVISION, REASON
    award.plan_owners.clear()
    records, changes = dumped_records(), dumped_changes()
    assert [row["reason"] for row in json.loads(changes)] == ["", REASON, "", REASON, REASON]

    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    empty_every_table()
    assert Training.history.count() == 0
    call_command("load_facts", fixtures=tmp_path, verbosity=0)
    assert (dumped_records(), dumped_changes()) == (records, changes)
    assert shown(Training.objects.get(slug=lectures.slug))[0] == "名称：领导干部和公务员专题科学素质讲座 → 讲座"


def empty_every_table() -> None:
    """As a fresh database: no record, no history, no memory of what was loaded."""
    with connection.cursor() as cursor:
        for model in reversed(tracked_models()):
            for field in model._meta.many_to_many:
                cursor.execute(f"DELETE FROM {field.remote_field.through._meta.db_table}")
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
            model.history.all().delete()
    LoadedRecord.objects.all().delete()


def test_no_code_writes_tracked_records_past_their_history():
    """`update()` and `bulk_create()` write none; only the histories themselves and what is not tracked may be so written."""
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for folder in ("xinyi_sat", "achievements", "outreach")
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in ("bulk_create", "bulk_update", "abulk_create"))
        or (isinstance(node, ast.Attribute) and node.attr == "update" and ends_in_objects(node))
    }
    assert sorted(found) == NOT_OF_RECORDS


def ends_in_objects(node: ast.Attribute) -> bool:
    """Whether it is a queryset that is updated, and not a dictionary."""
    return any(isinstance(one, ast.Attribute) and one.attr == "objects" for one in ast.walk(node))


def test_a_period_is_a_draft_until_somebody_publishes_it():
    assert Period(slug="2031").is_draft


def test_every_change_raises_the_revision_of_the_data(lectures, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = data_revision()
    draft = drafted(lectures)
    second = data_revision()
    draft.delete()
    assert first < second < data_revision()
