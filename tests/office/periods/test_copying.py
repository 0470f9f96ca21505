"""A new period is begun after the pattern of another: the same matters, and nothing that was said of them."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.office.forms import admin_url
from tests.roles import SUPERUSER, logged_in
from tests.support import corrected, fact, save
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage, Period

pytestmark = pytest.mark.django_db

TEXT = "临湖县科协2022年工作\n办了12期农技班，来了近300人。\n"
DRAFT_OF = "xinyi_sat.office.periods.copying.draft_of"


@pytest.fixture
def review(db) -> Period:
    return Period.objects.get(slug="2017-2021")


def typed(**changes: object) -> dict:
    return {
        "period-title": "2022年",
        "period-slug": "2022",
        "period-starts_on": "2022-01-01",
        "period-ends_on": "2022-12-31",
        "document-title": "临湖县科协2022年工作",
        "document-slug": "linhu-2022",
        "document-publisher": str(Organisation.objects.get(slug="xinyi-ast").pk),
        "document-published_on": "2023-01-10",
        "document-text": SimpleUploadedFile("review.txt", TEXT.encode()),
    } | changes


def copy(client, pattern: Period, **changes: object):
    return client.post(admin_url(pattern, "copy"), typed(**changes), follow=True)


def test_every_confirmed_fact_becomes_a_draft_without_figures_places_and_notes(manager, review):
    corrected(fact("employment-courses"), state=FactState.WITHDRAWN)
    answer = copy(manager, review)
    period = Period.objects.get(slug="2022")
    confirmed = set(Fact.objects.public().filter(period=review).values_list("kind", "slug"))
    assert answer.redirect_chain[-1] == (admin_url(period), 302)
    assert f"登记文献 2 段，起草记录 {len(confirmed)} 条，都没有数字" in answer.content.decode()
    made = Fact.objects.filter(period=period)
    assert set(made.values_list("kind", "slug")) == confirmed
    assert set(made.values_list("state", "note", "basis", "figures")) == {("draft", "", "not_stated", None)}
    drafts = [one.model.objects.get(pk=one.pk) for one in made]
    for record in (period, Document.objects.get(slug="linhu-2022"), *drafts):
        record.full_clean()
        [change] = changes_of(record)
        assert (change.kind, change.reason, change.user.username) == ("entered", "以2017—2021年为底稿", "一位管理员")
    before, after = (fact("science-innovation-leader", slug) for slug in ("2017-2021", "2022"))
    for name in ("title", "service", "role", "level", "conferred_by", "headline_rank"):
        assert getattr(after, name) == getattr(before, name)
    assert set(after.plan_owners.all()) == set(before.plan_owners.all()) != set()
    assert (bool(before.talent_plan), after.talent_plan) == (True, "")


def test_the_document_is_registered_with_its_words_and_no_reader_sees_it(manager, client, review):
    copy(manager, review)
    passages = Passage.objects.filter(document__slug="linhu-2022")
    assert list(passages.values_list("paragraph", "text")) == list(enumerate(TEXT.splitlines(), 1))
    assert client.get("/figures/", {"period": "2022"}).status_code == 404
    assert "linhu-2022" not in client.get("/sources/").content.decode()


def test_a_copied_fact_is_confirmed_only_once_it_has_a_paragraph_of_its_own(manager, review):
    copy(manager, review)
    draft = fact("continuing-education", "2022")
    assert (draft.passage.paragraph, draft.passage.role) == (1, "furniture")
    with pytest.raises(ValidationError, match="不是出处"):
        draft.go_on()
    draft = fact("continuing-education", "2022")
    draft.passage = Passage.objects.get(document=draft.passage.document, paragraph=2)
    draft.go_on()
    figure = save(draft, ChangeKind.ENTERED, sessions="12期").figure("sessions")
    assert (figure.start, figure.end) == (2, 5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period-slug": "2017-2021"}, "这个标识已有时期在用，请换一个。"),
        ({"period-slug": "all"}, "网址用它表示全部时期"),
        ({"period-ends_on": "2021-12-31"}, "开始日期不能晚于结束日期"),
        ({"period-title": "\u200b"}, "看不见"),
        ({"document-slug": "xinyi-review-2021"}, "这个标识已有文献在用，请换一个。"),
        ({"document-published_on": "2021-12-31"}, "发布日期不能早于新时期的开始日期"),
        ({"document-text": SimpleUploadedFile("review.txt", b"\x00\x01")}, "不是文本文件"),
        ({"document-text": SimpleUploadedFile("review.txt", b" \n")}, "文件是空的"),
    ],
)
def test_what_cannot_be_is_refused_in_chinese_and_nothing_is_left_behind(manager, review, changes, message):
    answer = copy(manager, review, **changes)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert (Period.objects.count(), Document.objects.count()) == (1, 1)


def test_what_fails_half_way_leaves_nothing(manager, review, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(DRAFT_OF, fail)
    with pytest.raises(RuntimeError):
        copy(manager, review)
    assert (Period.objects.count(), Document.objects.count(), Passage.objects.count()) == (1, 1, 21)


def test_only_a_manager_begins_a_period(editor, review):
    assert editor.get(admin_url(review, "copy")).status_code == 403
    assert copy(editor, review).status_code == 403
    assert admin_url(review, "copy") not in editor.get(admin_url(review)).content.decode()


def test_two_clicks_make_one_copy(manager, review):
    copy(manager, review)
    assert "这个标识已有时期在用，请换一个。" in copy(manager, review).content.decode()
    assert (Period.objects.count(), Document.objects.count()) == (2, 2)
    page = copy(logged_in(SUPERUSER), review).content.decode()  # a colleague, who is told and keeps what was typed
    assert "这个标识已有时期在用，请换一个。" in page
    assert 'value="临湖县科协2022年工作"' in page
    assert Period.objects.count() == 2
