"""The public log of corrections and revisions: complete for readers, silent about drafts and about who made them."""

import csv
import io
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import Team, Training
from tests.changes import AFTER_MIDNIGHT, REASON, corrected, made_a_draft
from tests.facts.small_review import record_small_review
from tests.tasks import publish_all
from xinyi_sat.facts.changes.differences import public_changes
from xinyi_sat.facts.changes.log import CORRECTION_COLUMNS, all_corrections
from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.fixtures.change_files import dumped_changes
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, Organisation, Passage, Period

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def lectures() -> Training:
    """A published fact whose number of people was corrected."""
    return corrected(Training.objects.get(slug="officials-science-lectures"), participants="1024人")


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(answer) -> list[dict]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def told() -> list[str]:
    return [str(one.record) for one in all_corrections()]


def test_nothing_is_told_before_anything_is_corrected(client, only_selects):
    assert "没有更正或修订。" in body(client.get("/corrections/"))
    assert rows_of(client.get("/corrections.csv")) == []


def test_the_log_says_when_what_old_new_why_and_of_what_kind(client, lectures, only_selects):
    page = body(client.get("/corrections/"))
    row = page.split("<tbody>")[1]
    assert f'<a href="{lectures.get_absolute_url()}">{lectures.title}</a>' in row
    assert "人数：<del>1023人</del> → <ins>1024人</ins>" in row
    assert all(words in row for words in ("更正", REASON, f"{lectures.history.first().history_date:%Y年}"))


def test_the_newest_comes_first_twenty_five_a_page(client, lectures):
    for number in range(30):
        corrected(lectures, note=f"第 {number} 次")
    page = client.get("/corrections/")
    shown = [row.record.differences[0].new for row in page.context["table"].paginated_rows]
    assert shown == [f"第 {number} 次" for number in range(29, 4, -1)]
    assert page.context["table"].paginator.count == 31
    last = client.get("/corrections/", {"page": 2}).context["table"].paginated_rows
    assert [row.record.differences[0].new for row in last] == [
        "第 4 次",
        "第 3 次",
        "第 2 次",
        "第 1 次",
        "第 0 次",
        "1024人",
    ]


def test_every_sort_of_record_is_in_the_log(client):
    fields = {Period: "title", Document: "note", Passage: "role", Organisation: "name"}
    for model in (*fields, *fact_kinds()):
        record = model.objects.first()
        field = fields.get(model, "title")
        corrected(record, **{field: "heading" if field == "role" else "改过"})
    found = rows_of(client.get("/corrections.csv"))
    assert {row["kind"] for row in found} == {
        *("period", "document", "passage", "organisation"),
        *(kind.kind() for kind in fact_kinds()),
    }
    assert "/sources/xinyi-review-2021/#p" in body(client.get("/corrections/"))


def test_the_log_asks_a_fixed_number_of_questions_however_much_was_corrected(client, lectures):
    with CaptureQueriesContext(connection) as of_one:
        client.get("/corrections/")
    for number, training in enumerate(Training.objects.all()):
        corrected(training, title=f"改过 {number}", passage=Passage.objects.get(paragraph=number + 1))
        training.partners.set([])
        corrected(training, note="改过")
    with CaptureQueriesContext(connection) as of_many:
        client.get("/corrections/")
    # periods to choose from, how many, which; of a kind: its changes, what was before, what they named, the records
    assert len(of_one) == 7
    assert len(of_many) == len(of_one) + 1  # the paragraphs that were named


def test_offsets_are_told_as_pages_count_them(client, lectures):
    corrected(lectures, participants_start=280, participants_end=285)
    [place] = [row for row in rows_of(client.get("/corrections.csv")) if row["field"] == "participants_place"]
    assert (place["label"], place["old"], place["new"]) == ("人数字位", "282–286", "281–285")


def test_the_log_is_narrowed_to_a_period_and_a_kind(client, lectures, tmp_path):
    _, period = record_small_review(tmp_path)
    Team.objects.get(slug="helpers").save_as(ChangeKind.REVISION, "按计划改动")
    helpers = Team.objects.get(slug="helpers")
    helpers.members = "90余名"
    helpers.save_as(ChangeKind.REVISION, "按计划改动")
    asked = {"period": "2030", "change": "revision"}
    assert {row["slug"] for row in rows_of(client.get("/corrections.csv", {"period": period.slug}))} == {"helpers"}
    assert {row["slug"] for row in rows_of(client.get("/corrections.csv", {"change": "correction"}))} == {lectures.slug}
    page = client.get("/corrections/", asked)
    assert page.context["table"].paginator.count == 2
    assert 'href="/corrections.csv?period=2030&amp;change=revision"' in body(page)
    feed = ET.fromstring(client.get("/corrections.atom", asked).content)
    assert [one.text for one in feed.iter(f"{ATOM}title")][1:] == ["修订：helpers"] * 2


@pytest.mark.parametrize("path", ["/corrections.csv", "/corrections.atom"])
def test_a_question_that_cannot_be_read_is_refused_in_chinese(client, path):
    answer = client.get(path, {"change": "loaded"})
    assert answer.status_code == 400
    assert "性质：" in answer.content.decode()
    assert client.get("/corrections/", {"period": "1999"}).status_code == 404


def test_a_draft_is_not_told_of_and_its_entries_are_not_when_it_is_published(client, tmp_path):
    _, period = record_small_review(tmp_path)
    made_a_draft(period)
    helpers = Team.objects.get(slug="helpers")
    draft = Team.objects.create(
        slug="draft",
        title="草稿",
        service="literacy",
        form="staff",
        state="draft",
        period=period,
        passage=helpers.passage,
    )
    for fact in (draft, helpers):
        corrected(fact, title="还没有公布")
    assert told() == []
    corrected(period, state=PeriodState.PUBLISHED)
    draft.state = FactState.CONFIRMED
    draft.save_as(ChangeKind.ENTERED)
    assert "草稿" not in told()
    corrected(draft, title="公布以后")
    assert told()[0] == "公布以后"
    assert [one.title for one in public_changes(draft)] == ["公布以后"]


def test_what_was_entered_while_the_period_was_a_draft_is_never_told(tmp_path):
    _, period = record_small_review(tmp_path)
    made_a_draft(period)
    Period.history.filter(id=period.pk).delete()
    period.save_as(ChangeKind.ENTERED)
    corrected(Team.objects.get(slug="helpers"), title="还没有公布")
    period.state = PeriodState.PUBLISHED
    period.save_as(ChangeKind.ENTERED)
    assert told() == []


def test_a_withdrawal_is_told_and_leads_nowhere(client, lectures):
    corrected(lectures, state=FactState.WITHDRAWN)
    page = body(client.get("/corrections/"))
    assert "状态：<del>已确认</del> → <ins>已撤回</ins>" in page
    assert lectures.title in page
    assert lectures.get_absolute_url() not in page


def test_nobody_learns_who_made_a_correction(client, django_user_model, lectures):
    admin = django_user_model.objects.create_superuser("wang-xiaoming", "wang@example.org", first_name="晓明")
    lectures.participants = "1025人"
    lectures.save_as(ChangeKind.CORRECTION, REASON, user=admin)
    assert lectures.history.first().history_user == admin
    paths = ("/corrections/", "/corrections.csv", "/corrections.atom", lectures.get_absolute_url(), "/figures.csv")
    publish_all()
    for path in (*paths, lectures.list_url(), f"{lectures.list_url()[:-1]}.csv", "/data.zip"):
        answer = client.get(path)
        assert answer.status_code == 200
        content = answer.getvalue()
        assert not any(name.encode() in content for name in ("wang", "晓明"))
    assert "wang" not in dumped_changes()


def test_the_file_has_a_row_for_each_field_that_was_changed(client, lectures):
    corrected(lectures, note="=HYPERLINK(1)", is_headline=True, at=AFTER_MIDNIGHT)
    rows = rows_of(client.get("/corrections.csv"))
    assert list(rows[0]) == CORRECTION_COLUMNS
    assert [(row["field"], row["old"], row["new"]) for row in rows] == [
        ("is_headline", "否", "是"),
        ("note", rows[1]["old"], "'=HYPERLINK(1)"),
        ("participants", "1023人", "1024人"),
    ]
    assert rows[0] == {
        "date": "2099-03-06",
        "change": "correction",
        "kind": "training",
        "slug": lectures.slug,
        "title": lectures.title,
        "period": "2017-2021",
        "field": "is_headline",
        "label": "首页重点",
        "old": "否",
        "new": "是",
        "reason": REASON,
        "url": f"http://testserver{lectures.get_absolute_url()}",
    }


def feed_of(client) -> ET.Element:
    answer = client.get("/corrections.atom", headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_the_feed_has_what_atom_demands_with_links_in_full(client, lectures, only_selects):
    feed = feed_of(client)
    [entry] = feed.findall(f"{ATOM}entry")
    for one in (feed, entry):
        assert all(one.find(ATOM + name).text for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text) == lectures.history.first().history_date
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://localhost/corrections/", "self": "http://localhost/corrections.atom"}
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost{lectures.get_absolute_url()}"
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "新沂市科学技术协会"
    assert entry.find(f"{ATOM}title").text == f"更正：{lectures.title}"
    assert entry.find(f"{ATOM}summary").text == f"<p>人数：1023人 → 1024人</p><p>理由：{REASON}</p>"


def test_an_entry_of_the_feed_keeps_its_name_in_another_database(client, lectures, tmp_path):
    before = [one.text for one in feed_of(client).iter(f"{ATOM}id")]
    assert len(before) == len(set(before)) == 2
    assert all(name.startswith("urn:uuid:") for name in before)
    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    connection.check_constraints()  # PostgreSQL empties no table while a reference to it is still to be looked at
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    call_command("load_facts", fixtures=tmp_path, verbosity=0)
    assert [one.text for one in feed_of(client).iter(f"{ATOM}id")] == before


def test_words_that_xml_cannot_say_and_markup_do_no_harm_in_the_feed(client, lectures):
    corrected(lectures, title="<b>甲\x0b乙</b>")
    entry = feed_of(client).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "更正：<b>甲乙</b>"
    assert "&lt;b&gt;甲乙&lt;/b&gt;" in entry.find(f"{ATOM}summary").text


def test_the_page_of_a_fact_tells_its_changes_since_it_was_published(client, lectures, only_selects):
    page = body(client.get(lectures.get_absolute_url())).split('id="changes"')[1]
    assert "人数：<del>1023人</del> → <ins>1024人</ins>" in page
    assert f"理由：{REASON}" in page
    assert "载入" not in page
    other = Training.objects.get(slug="continuing-education")
    assert "公布以来没有更正或修订。" in body(client.get(other.get_absolute_url()))


def test_every_page_leads_to_the_log_and_the_feed(client):
    page = body(client.get("/about/"))
    assert '<a href="/corrections/">更正与修订</a>' in page
    assert 'href="/corrections.atom" type="application/atom+xml"' in page
