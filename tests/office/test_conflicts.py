"""Two people at one record: the second is refused, shown what the first changed, and keeps what they typed."""

import pytest
from django.db import connection

from tests.office.forms import WHY, admin_url, filled, send, sent_by
from tests.support import REASON, corrected, fact
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Change, Organisation, Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(db):
    return fact("science-innovation-leader")


def errors_of(page) -> list[str]:
    return list(page.context["adminform"].form.non_field_errors())


def test_a_correction_says_what_when_why_and_who(editor, lectures):
    assert send(editor, lectures, participants="1024人", change_reason="原文第 10 段").status_code == 302
    change = Change.objects.of(lectures).get()
    assert [str(one) for one in change.differences] == ["人数：1023人 → 1024人"]
    assert (change.kind, change.reason, change.user.username) == ("correction", "原文第 10 段", "一位编辑")


@pytest.mark.parametrize(
    ("missing", "sent", "said"),
    [("change_kind", "", "请选择是更正还是修订。"), ("change_reason", " \u200b", "")],
)
def test_a_change_without_its_kind_or_its_reason_is_refused(editor, lectures, missing, sent, said):
    answer = send(editor, lectures, participants="1024人", **{missing: sent})
    assert said in "".join(answer.context["adminform"].form.errors[missing])
    assert fact(lectures.slug).figure("participants").wording == "1023人"


def test_saving_without_a_change_needs_no_reason_and_leaves_no_trace(editor, lectures):
    assert send(editor, lectures, change_kind="", change_reason="").status_code == 302
    assert not Change.objects.of(lectures).exists()


def test_the_second_sees_what_the_first_changed_and_why_and_keeps_what_they_typed(editor, manager, lectures):
    second = filled(manager, lectures) | WHY | {"sessions": "4期"}
    send(editor, lectures, participants="1024人")
    refused = manager.post(admin_url(lectures), second)
    said = errors_of(refused)
    assert said[0].startswith("您打开之后，“一位编辑”保存过这条记录，您的改动还没有保存。")
    assert said[1:] == ["“一位编辑”改了　人数：1023人 → 1024人", f"“一位编辑”的理由　{REASON}"]
    assert fact(lectures.slug).figure("sessions").wording == "3期"

    again = sent_by(refused)
    assert (again["sessions"], again["participants"]) == ("4期", "1024人")
    assert manager.post(admin_url(lectures), again).status_code == 302
    saved = fact(lectures.slug)
    assert (saved.figure("sessions").wording, saved.figure("participants").wording) == ("4期", "1024人")


def test_all_that_was_changed_since_is_told(editor, manager, lectures):
    second = filled(manager, lectures) | WHY | {"sessions": "4期"}
    send(editor, lectures, participants="1024人")
    corrected(fact(lectures.slug), "数据更新", note="新说明")
    said = errors_of(manager.post(admin_url(lectures), second))
    assert "“一位编辑”改了　人数：1023人 → 1024人" in said
    assert "别人改了　说明：（空） → 新说明" in [line.replace(lectures.note or "（空）", "（空）") for line in said]
    assert "别人的理由　数据更新" in said


def test_what_the_second_left_alone_is_not_put_back_to_what_it_was(editor, manager, award):
    owner = Organisation.objects.get(slug="optical-society")
    level = Term.objects.get(vocabulary="level", slug="provincial")
    second = filled(manager, award) | WHY | {"note": "后一人的说明"}
    first = {"recipients": "1名", "level": level.pk, "headline_rank": "3", "plan_owners": [owner.pk]}
    assert send(editor, award, note="前一人的说明", **first).status_code == 302
    refused = manager.post(admin_url(award), second)
    assert refused.status_code == 200
    assert manager.post(admin_url(award), sent_by(refused)).status_code == 302
    saved = fact(award.slug)
    assert (saved.figure("recipients").wording, saved.level, saved.headline_rank) == ("1名", level, 3)
    assert list(saved.plan_owners.all()) == [owner]
    assert saved.note == "后一人的说明"


def test_a_form_that_was_opened_before_everything_else_keeps_what_was_typed(editor, lectures):
    send(editor, lectures, participants="1024人")
    answer = send(editor, lectures, sessions="4期", change_seen="")
    assert answer.context["adminform"].form.data["sessions"] == "4期"
    assert fact(lectures.slug).figure("sessions").wording == "3期"


def test_a_second_click_of_the_same_form_is_answered_as_saved_and_nothing_else_is_one(editor, manager, lectures):
    changes = {"participants": "1024\u200b人", "participants_start": "", "participants_end": "", "title": "新的讲座 "}
    sent = filled(editor, lectures) | WHY | changes
    answers = [editor.post(admin_url(lectures), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Change.objects.of(lectures).count() == 1
    assert manager.post(admin_url(lectures), sent).status_code == 200
    assert editor.post(admin_url(lectures), sent | {"participants": "1025人"}).status_code == 200


def test_no_clock_decides_who_came_second(editor, manager, lectures):
    second = filled(manager, lectures) | WHY | {"sessions": "4期"}
    send(editor, lectures, participants="1024人")
    Change.objects.of(lectures).update(made_at="2001-01-01T00:00:00Z")
    assert manager.post(admin_url(lectures), second).status_code == 200


@pytest.mark.parametrize("page", ["change", "state"])
def test_nobody_else_saves_a_record_from_its_reading_to_its_saving(editor, lectures, page):
    """Else of two who send at once both find that nobody saved before them."""
    corrected(lectures, note="另有说明")
    address, read = admin_url(lectures, page), []
    sent = (filled(editor, lectures) if page == "change" else {"change_seen": changes_of(lectures).first().pk}) | WHY

    def note_reading(execute, sql, params, many, context):
        if sql.startswith("SELECT") and 'FROM "outreach_training" INNER JOIN "facts_fact"' in sql:
            read.append((len(connection.savepoint_ids), sql.endswith("FOR UPDATE")))
        return execute(sql, params, many, context)

    outside = len(connection.savepoint_ids)
    with connection.execute_wrapper(note_reading):
        assert editor.post(address, sent | {"note": "又有说明"}).status_code == 302
    assert min(depth for depth, _ in read) > outside
    assert read[0][1] == connection.features.has_select_for_update
