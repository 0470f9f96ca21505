"""An upload is saved whole or not at all, each record as a change of its own history."""

import pytest

from outreach.models import Channel, Training
from tests.changes import REASON, corrected
from tests.facts.uploads.offices import FARM_COURSE, PARAGRAPHS, compared, entered, filled, next_year, saved, sheet
from xinyi_sat.facts.changes.differences import differences
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.editing.drafting import draft_facts
from xinyi_sat.facts.models import Document, DraftFact, UnexplainedChange
from xinyi_sat.facts.models.many import save_many
from xinyi_sat.facts.uploads.saving import NotSaved, Why, refuse_unseen, save_rows

pytestmark = pytest.mark.django_db

SECOND = FARM_COURSE | {"标识": "second-course", "名称": "二期班", "合作单位": "光学学会、新沂科技馆"}


def last_change(training: Training) -> list[str]:
    newer, older = training.history.all()[:2]
    return [str(one) for one in differences(older, newer)]


def test_new_records_are_entered_each_with_its_history_and_what_it_names(year, admin_user):
    saved(compared(year, sheet(FARM_COURSE, SECOND)), year, user=admin_user)
    first, second = Training.objects.filter(period=year).order_by("slug")
    assert [str(first.participants), first.participants_number, first.state] == ["近300人", 300, FactState.CONFIRMED]
    assert {one.name for one in second.partners.all()} == {"光学学会", "新沂科技馆"}
    for training in (first, second):
        [change] = training.history.all()
        assert (change.history_type, change.change_kind) == ("+", ChangeKind.ENTERED)
        assert (change.history_user, change.history_change_reason) == (admin_user, "录入2031年")
        assert change.participants_number == 300
    assert second.history.get().partners.count() == 2


def test_what_is_saved_in_bulk_has_the_history_that_one_saved_alone_has(year):
    saved(compared(year, sheet(SECOND)), year)
    bulk = Training.objects.get(period=year)
    change = bulk.history.get()
    bulk.save_as(ChangeKind.ENTERED, "录入2031年", user=change.history_user)
    alone = bulk.history.first()
    assert differences(change, alone) == []
    apart = {"history_id", "history_date", "history_type"}
    names = [field.attname for field in type(change)._meta.fields if field.name not in apart]
    assert [getattr(change, name) for name in names] == [getattr(alone, name) for name in names]
    assert {row.organisation_id for row in change.partners.all()} == {
        row.organisation_id for row in alone.partners.all()
    }
    relation = Training.partners.through.objects.filter(training=bulk)
    assert set(change.partners.values_list("id", flat=True)) == set(relation.values_list("pk", flat=True))


def test_a_change_says_old_and_new_and_names_what_it_named(year):
    saved(compared(year, sheet(SECOND)), year)
    saved(compared(year, filled(SECOND | {"人数": "302人", "合作单位": "光学学会"})), year)
    training = Training.objects.get(period=year)
    assert (str(training.participants), training.participants_number) == ("302人", 302)
    assert [one.name for one in training.partners.all()] == ["光学学会"]
    assert last_change(training) == ["人数：近300人 → 302人", "合作单位：光学学会、新沂科技馆 → 光学学会"]
    assert training.history.first().change_kind == ChangeKind.ENTERED


def test_an_unchanged_row_leaves_no_trace(year):
    training = entered(year)
    saved(compared(year, sheet(FARM_COURSE, SECOND)), year)
    assert training.history.count() == 1
    assert Training.objects.filter(period=year).count() == 2


def test_a_change_of_what_is_public_has_its_kind_and_reason(year):
    training = entered(year)
    corrected(year, state=PeriodState.PUBLISHED)
    saved(
        compared(year, filled(FARM_COURSE | {"人数": "302人"}, SECOND)), year, kind=ChangeKind.CORRECTION, reason=REASON
    )
    change = training.history.first()
    assert (change.change_kind, change.history_change_reason) == (ChangeKind.CORRECTION, REASON)
    second = Training.objects.get(slug="second-course")
    assert second.history.get().change_kind == ChangeKind.ENTERED


@pytest.mark.parametrize(("publishes", "state"), [(False, FactState.DRAFT), (True, FactState.CONFIRMED)])
def test_a_new_fact_of_a_published_period_is_public_only_if_an_admin_says_so(publishes, state):
    year = next_year(PeriodState.PUBLISHED)
    saved(compared(year, sheet(FARM_COURSE)), year, publishes=publishes)
    assert Training.objects.get(period=year).state == state
    assert Training.objects.public().filter(period=year).exists() == publishes


def test_what_became_public_after_the_check_is_not_changed_without_a_reason(year):
    training = entered(year)
    checked = compared(year, filled(FARM_COURSE | {"人数": "302人"}))
    corrected(year, state=PeriodState.PUBLISHED)
    with pytest.raises(NotSaved, match="状态变了"):
        saved(checked, year)
    assert training.history.count() == 1


def test_nobody_writes_many_public_records_without_saying_why(year):
    training = entered(year)
    training.period = corrected(year, state=PeriodState.PUBLISHED)
    for kind, reason in [(ChangeKind.ENTERED, "x"), (ChangeKind.CORRECTION, " ")]:
        with pytest.raises(UnexplainedChange):
            save_many([training], [{"partners": []}], kind, reason)


def test_a_record_that_another_saved_after_the_check_stops_all_and_is_named(year):
    training = entered(year)
    checked = compared(year, filled(FARM_COURSE | {"人数": "302人"}, SECOND))
    training.note = "别人写的"
    training.save()
    with pytest.raises(NotSaved, match="“农技班”（培训，第 2 行），没有保存任何内容"):
        saved(checked, year)
    assert str(Training.objects.get(period=year).participants) == "近300人"
    assert Training.objects.get(period=year).note == "别人写的"


def test_a_new_record_that_another_entered_meanwhile_stops_all(year):
    checked = compared(year, sheet(SECOND, FARM_COURSE))
    entered(year)
    with pytest.raises(NotSaved, match="“农技班”"):
        saved(checked, year)
    assert Training.objects.get(period=year).slug == "farm-course"


def test_what_is_saved_is_what_was_seen(year):
    training = entered(year)
    rows = filled(FARM_COURSE | {"人数": "302人"}, SECOND)
    seen = compared(year, rows).fingerprints()
    refuse_unseen(compared(year, rows), seen)
    training.note = "别人写的"
    training.save()
    with pytest.raises(NotSaved, match="“农技班”（培训，第 2 行）"):
        refuse_unseen(compared(year, rows), seen)


def test_what_the_database_refuses_leaves_nothing_of_the_rest(year):
    checked = compared(year, sheet(SECOND, FARM_COURSE), sheet(channel(), title="科普平台"))
    checked.rows[1].fact.participants_start = 3  # past every check, as a mistake of ours might be
    with pytest.raises(NotSaved, match="数据库没有接受"):
        saved(checked, year)
    assert not Training.objects.filter(period=year).exists()
    assert not Channel.objects.filter(period=year).exists()
    assert not Training.history.filter(period=year).exists()


def channel() -> dict[str, str]:
    return {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "形式": "交流群"}


def test_a_draft_whose_quantities_are_all_recorded_by_an_upload_is_done_with(year):
    document = Document.objects.get(period=year)
    for passage in document.passages.all():
        passage.text = PARAGRAPHS[passage.paragraph - 1]
        passage.save_without_historical_record()
    draft_facts(document, PARAGRAPHS)
    assert DraftFact.objects.filter(passage__paragraph=2).count() == 1
    saved(compared(year, sheet(FARM_COURSE)), year)
    assert not DraftFact.objects.filter(passage__paragraph=2).exists()
    assert DraftFact.objects.filter(passage__paragraph=3).exists()


def test_a_large_upload_is_written_in_few_statements(year, django_assert_max_num_queries):
    rows = [SECOND | {"标识": f"course-{number}"} for number in range(300)]
    checked = compared(year, sheet(*rows))
    heard = []
    with django_assert_max_num_queries(60):
        save_rows(checked.rows, year, Why(None, "录入"), lambda *progress: heard.append(progress))
    assert Training.objects.filter(period=year).count() == 300
    assert heard == [(300, 300)]
