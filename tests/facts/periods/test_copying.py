"""A new period is begun after the pattern of another: the same matters, and nothing that was said of them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from achievements.models import Award
from outreach.models import Training
from tests.changes import corrected
from tests.facts.test_admin import admin_url
from tests.roles import SUPERUSER, logged_in
from xinyi_sat.accounts.roles import EDITOR, MANAGER
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period

pytestmark = pytest.mark.django_db

TEXT = "临湖县科协2022年工作\n办了12期农技班，来了近300人。\n"


@pytest.fixture
def manager():
    return logged_in(MANAGER)


@pytest.fixture
def review() -> Period:
    return Period.objects.get(slug="2017-2021")


def typed(text: str | bytes = TEXT, **changes: str) -> dict:
    content = text if isinstance(text, bytes) else text.encode()
    return {
        "period-title": "2022年",
        "period-slug": "2022",
        "period-starts_on": "2022-01-01",
        "period-ends_on": "2022-12-31",
        "document-title": "临湖县科协2022年工作",
        "document-slug": "linhu-2022",
        "document-publisher": str(Organisation.objects.get(slug="xinyi-ast").pk),
        "document-published_on": "2023-01-10",
        "document-text": SimpleUploadedFile("review.txt", content),
    } | changes


def copy(client, pattern: Period, *args, **changes):
    return client.post(admin_url(pattern, "copy"), typed(*args, **changes), follow=True)


def drafts(period: Period) -> list:
    return [fact for kind in fact_kinds() for fact in kind.objects.in_period(period)]


def test_every_confirmed_fact_becomes_a_draft_without_figures_places_and_notes(manager, review):
    corrected(Training.objects.get(slug="employment-courses"), state=FactState.WITHDRAWN)
    answer = copy(manager, review)
    period = Period.objects.get(slug="2022")
    assert answer.redirect_chain[-1] == (admin_url(period), 302)
    assert "登记文献 2 段，起草记录 72 条，都没有数字" in answer.content.decode()
    made = drafts(period)
    confirmed = {(fact.kind(), fact.slug) for fact in drafts(review) if fact.state == FactState.CONFIRMED}
    assert {(fact.kind(), fact.slug) for fact in made} == confirmed
    assert len(made) == 72
    for fact in made:
        figures = [getattr(fact, name) for name in fact.figure_names()]
        places = [getattr(fact, f"{name}_{side}") for name in fact.figure_names() for side in ("start", "end")]
        assert set(figures + places) <= {None}
        assert (fact.state, fact.note, fact.basis) == ("draft", "", "not_stated")
        fact.full_clean()


def test_what_sort_of_matter_it_is_comes_along_and_what_was_said_of_it_does_not(manager, review):
    copy(manager, review)
    before, after = (
        Award.objects.get(slug="science-innovation-leader", period__slug=slug) for slug in ("2017-2021", "2022")
    )
    for name in ("title", "service", "role", "level", "conferred_by", "is_headline"):
        assert getattr(after, name) == getattr(before, name)
    assert set(after.plan_owners.all()) == set(before.plan_owners.all()) != set()
    assert before.talent_plan
    assert after.talent_plan == ""


def test_each_draft_is_one_change_of_the_history_that_says_where_it_is_from(manager, review):
    copy(manager, review)
    period = Period.objects.get(slug="2022")
    for record in (period, Document.objects.get(slug="linhu-2022"), *drafts(period)):
        [change] = record.history.all()
        assert (change.change_kind, change.history_change_reason) == ("entered", "以2017—2021年为底稿")
        assert change.history_user.username == "一位管理员"


def test_a_copied_fact_is_confirmed_only_once_it_has_a_paragraph_of_its_own(manager, review):
    copy(manager, review)
    draft = Training.objects.get(slug="continuing-education", period__slug="2022")
    assert (draft.passage.paragraph, draft.passage.role) == (1, "furniture")
    with pytest.raises(ValidationError, match="不是出处"):
        draft.go_on()
    draft = Training.objects.get(pk=draft.pk)
    draft.passage, draft.sessions = Passage.objects.get(document=draft.passage.document, paragraph=2), "12期"
    draft.go_on()
    assert (draft.state, draft.sessions_start, draft.sessions_end) == (FactState.CONFIRMED, 2, 5)


def test_the_document_is_registered_paragraph_by_paragraph_with_its_words(manager, review):
    copy(manager, review)
    passages = Passage.objects.filter(document__slug="linhu-2022")
    assert [(one.paragraph, one.text) for one in passages] == list(enumerate(TEXT.splitlines(), 1))
    assert Document.objects.get(slug="linhu-2022").period.slug == "2022"


def test_no_reader_sees_anything_of_it(manager, client, review):
    copy(manager, review)
    assert client.get("/", {"period": "2022"}).status_code == 404
    assert "linhu-2022" not in client.get("/sources/").content.decode()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period-slug": "2017-2021"}, "这个标识已有时期在用，请换一个。"),
        ({"period-slug": "all"}, "网址用它表示全部时期"),
        ({"period-ends_on": "2021-12-31"}, "开始日期不能晚于结束日期"),
        ({"document-slug": "xinyi-review-2021"}, "这个标识已有文献在用，请换一个。"),
        ({"document-publisher": ""}, "这个字段是必填项。"),
        ({"document-text": SimpleUploadedFile("review.txt", b"\x00\x01")}, "不是文本文件"),
        ({"document-text": SimpleUploadedFile("review.txt", b" \n")}, "文件是空的"),
        ({"document-text": SimpleUploadedFile("review.txt", b"a\n" * 5001)}, "文件有 5001 行，最多 5000 行"),
        (
            {"document-text": SimpleUploadedFile("review.txt", b"a" * 2_000_001)},
            "文件有 2000001 字节，最多 2000000 字节",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_chinese_and_nothing_is_left_behind(manager, review, changes, message):
    answer = copy(manager, review, **changes)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert (Period.objects.count(), Document.objects.count()) == (1, 1)


def test_what_fails_half_way_leaves_nothing(manager, review, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("xinyi_sat.facts.periods.copying.save_many", fail)
    with pytest.raises(RuntimeError):
        copy(manager, review)
    assert (Period.objects.count(), Document.objects.count(), Passage.objects.count()) == (1, 1, 21)


def test_only_a_manager_begins_a_period(review):
    editor = logged_in(EDITOR)
    assert editor.get(admin_url(review, "copy")).status_code == 403
    assert copy(editor, review).status_code == 403
    assert admin_url(review, "copy") not in editor.get(admin_url(review)).content.decode()


def test_the_form_offers_the_year_that_follows(manager, review):
    page = manager.get(admin_url(review, "copy")).content.decode()
    for value in ("2022年", "2022", "2022-01-01", "2022-12-31", "review-2022"):
        assert f'value="{value}"' in page


def test_two_clicks_make_one_copy_and_both_lead_to_it(manager, review):
    first, second = copy(manager, review), copy(manager, review)
    period = Period.objects.get(slug="2022")
    assert first.redirect_chain[-1] == second.redirect_chain[-1] == (admin_url(period), 302)
    assert (Document.objects.filter(slug="linhu-2022").count(), len(drafts(period))) == (1, 73)


def test_who_begins_what_a_colleague_has_begun_is_told_and_keeps_what_was_typed(manager, review):
    copy(manager, review)
    page = copy(logged_in(SUPERUSER), review).content.decode()
    assert "这个标识已有时期在用，请换一个。" in page
    assert 'value="临湖县科协2022年工作"' in page
    assert Period.objects.count() == 2


def test_whom_the_database_refuses_a_name_that_was_free_a_moment_before_is_told_so(manager, review, monkeypatch):
    def taken_meanwhile(*args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed: facts_period.slug")

    monkeypatch.setattr("xinyi_sat.facts.periods.copying.save_many", taken_meanwhile)
    page = copy(manager, review).content.decode()
    assert "刚才有人用这个标识" in page
    assert Period.objects.count() == 1
