"""The public log of corrections and revisions: complete for readers, silent about drafts and about who made them."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from outreach.models import Training
from tests.pages.reading import column, page, rows, text
from tests.support import REASON, corrected, drafted, fact, new_document, new_period, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.entry import FigureEntry
from xinyi_sat.facts.models import Document, Organisation, Passage, Period, fact_kinds, record_change

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
AFTER_MIDNIGHT = datetime(2099, 3, 5, 17, 0, tzinfo=UTC)  # the sixth in China


@pytest.fixture
def lectures() -> Training:
    """A published fact whose number of people was corrected."""
    return corrected(fact("officials-science-lectures"), participants="1024人")


def told(client, **question) -> list[str]:
    return [row["title"] for row in rows(client, "/corrections.csv", **question)]


def feed_of(client, **question) -> ET.Element:
    answer = client.get("/corrections.atom", question, headers={"host": "localhost"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_nothing_is_told_before_anything_is_corrected(client, only_selects):
    assert "没有更正或修订。" in page(client, "/corrections/")
    assert told(client) == []


def test_the_log_says_when_what_old_new_why_and_of_what_kind(client, lectures, only_selects):
    body = page(client, "/corrections/").split("<tbody>")[1]
    assert f'<a href="{lectures.get_absolute_url()}">{lectures.title}</a>' in body
    assert "人数：<del>1023人</del> → <ins>1024人</ins>" in body
    assert "更正" in body
    assert REASON in body


def test_the_newest_comes_first_twenty_five_a_page(client, lectures):
    """By the order they were made in, whatever the clock said."""
    for number in range(25):
        corrected(lectures, note=f"第{number}次", made_at=None if number else AFTER_MIDNIGHT)
    assert "共 26 次" in page(client, "/corrections/")
    first, second = (column(client, "/corrections/", "改前 → 改后", page=number) for number in (1, 2))
    assert [one.rpartition(" ")[2] for one in first] == [f"第{number}次" for number in range(24, -1, -1)]
    assert second == ["人数： 1023人 → 1024人"]


def test_every_sort_of_record_is_in_the_log(client):
    fields = {Period: "title", Document: "note", Passage: "role", Organisation: "name"}
    records = [(model.objects.first(), name) for model, name in fields.items()]
    records += [(kind.objects.first(), "title") for kind in fact_kinds() if kind.objects.exists()]
    for record, name in records:
        corrected(record, **{name: "heading" if name == "role" else "改过"})
    assert {row["kind"] for row in rows(client, "/corrections.csv")} == {record.noun() for record, _ in records}
    assert "/sources/xinyi-review-2021/#p" in page(client, "/corrections/")


def test_the_log_asks_a_fixed_number_of_questions_however_much_was_corrected(client, lectures):
    with CaptureQueriesContext(connection) as of_one:
        page(client, "/corrections/")
    for number, training in enumerate(Training.objects.all()):
        corrected(training, title=f"改过 {number}", partners=[])
    with CaptureQueriesContext(connection) as of_many:
        page(client, "/corrections/")
    assert len(of_many) == len(of_one) <= 6


def test_offsets_are_told_as_pages_count_them(client, lectures):
    corrected(lectures, participants=FigureEntry("1024人", 280, 285))
    [place] = [row for row in rows(client, "/corrections.csv") if row["field"] == "participants_place"]
    assert (place["label"], place["old"], place["new"]) == ("人数字位", "282–286", "281–285")


def test_the_log_is_narrowed_to_a_period_and_a_kind(client, lectures):
    year = new_document(new_period("2022")).period
    for number in (1, 2):
        save(year, ChangeKind.REVISION, "按计划改动", note=f"第{number}次")
    asked = {"period": "2022", "change": "revision"}
    assert told(client, period="2022") == told(client, change="revision") == ["2022年"] * 2
    assert told(client, change="correction") == [lectures.title]
    body = page(client, "/corrections/", **asked)
    assert "共 2 次" in body
    assert 'href="/corrections.csv?period=2022&amp;change=revision"' in body
    assert [one.text for one in feed_of(client, **asked).iter(f"{ATOM}title")][1:] == ["修订：2022年"] * 2


def test_a_question_that_cannot_be_read_is_refused_in_chinese(client):
    for path in ("/corrections.csv", "/corrections.atom"):
        answer = client.get(path, {"change": "loaded"})
        assert answer.status_code == 400
        assert "性质：" in answer.content.decode()


def test_what_was_changed_before_it_was_published_is_never_told(client, lectures):
    draft = drafted(lectures)
    year = new_period("2031", state="draft")
    for record in (draft, year):
        corrected(record, title="还没有公布")
    save(draft, ChangeKind.ENTERED, state="confirmed")
    save(year, ChangeKind.ENTERED, state="published")
    assert told(client) == [lectures.title]
    corrected(draft, title="公布以后")
    assert told(client)[0] == "公布以后"
    assert page(client, draft.get_absolute_url()).count("<del>") == 1


def test_a_withdrawal_is_told_and_leads_nowhere(client, lectures):
    save(lectures, ChangeKind.WITHDRAWAL, "重复收录", state="withdrawn")
    body = page(client, "/corrections/")
    assert "状态：<del>已确认</del> → <ins>已撤回</ins>" in body
    assert lectures.title in body
    assert lectures.get_absolute_url() not in body


def test_nobody_learns_who_made_a_correction(client, django_user_model, lectures):
    admin = django_user_model.objects.create_superuser("wang-xiaoming", "wang@example.org", first_name="晓明")
    with record_change(lectures, ChangeKind.CORRECTION, REASON, user=admin):
        lectures.note = "改过"
        lectures.save()
    paths = ("/corrections/", "/corrections.csv", "/corrections.atom", lectures.get_absolute_url(), "/figures.csv")
    for path in (*paths, lectures.list_url(), f"{lectures.list_url()[:-1]}.csv"):
        assert not any(name in text(client, path) for name in ("wang", "晓明"))


def test_the_file_has_a_row_for_each_field_that_was_changed(client, lectures):
    corrected(lectures, note="=HYPERLINK(1)", headline_rank=1, made_at=AFTER_MIDNIGHT)
    found = {row["field"]: row for row in rows(client, "/corrections.csv")}
    assert {name: (row["old"], row["new"]) for name, row in found.items() if name != "note"} == {
        "headline_rank": ("（空）", "1"),
        "participants": ("1023人", "1024人"),
    }
    assert found["note"]["new"] == "'=HYPERLINK(1)"
    assert [*found["headline_rank"].items()] == [
        *{"date": "2099-03-06", "change": "correction", "kind": "training", "slug": lectures.slug}.items(),
        *{"title": lectures.title, "period": "2017-2021", "field": "headline_rank", "label": "首页次序"}.items(),
        *{"old": "（空）", "new": "1", "reason": REASON}.items(),
        ("url", f"http://testserver{lectures.get_absolute_url()}"),
    ]


def test_the_feed_has_what_atom_demands_with_links_in_full(client, lectures):
    feed = feed_of(client)
    [entry] = feed.findall(f"{ATOM}entry")
    for one in (feed, entry):
        assert all(one.find(ATOM + name).text for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(one.find(f"{ATOM}updated").text).utcoffset()
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://localhost/corrections/", "self": "http://localhost/corrections.atom"}
    assert entry.find(f"{ATOM}link").get("href") == f"http://localhost{lectures.get_absolute_url()}"
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "新沂市科学技术协会"
    assert entry.find(f"{ATOM}title").text == f"更正：{lectures.title}"
    assert entry.find(f"{ATOM}summary").text == f"<p>人数：1023人 → 1024人</p><p>理由：{REASON}</p>"
    corrected(lectures, title="<b>甲\x0b乙</b>")  # XML can't say all of it
    entry = feed_of(client).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "更正：<b>甲乙</b>"
    assert "&lt;b&gt;甲乙&lt;/b&gt;" in entry.find(f"{ATOM}summary").text


def test_an_entry_of_the_feed_keeps_its_name_in_another_database(client, lectures, tmp_path):
    before = [one.text for one in feed_of(client).iter(f"{ATOM}id")]
    assert len(before) == len(set(before)) == 2
    assert all(name.startswith("urn:uuid:") for name in before)
    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    call_command("load_facts", fixtures=tmp_path, verbosity=0)
    assert [one.text for one in feed_of(client).iter(f"{ATOM}id")] == before


def test_the_page_of_a_fact_tells_its_changes_since_it_was_published(client, lectures, only_selects):
    body = page(client, lectures.get_absolute_url()).split('id="changes"')[1]
    assert "人数：<del>1023人</del> → <ins>1024人</ins>" in body
    assert f"理由：{REASON}" in body
    assert "载入" not in body
    assert "公布以来没有更正或修订。" in page(client, fact("continuing-education").get_absolute_url())


def test_every_page_leads_to_the_log_and_the_feed(client):
    body = page(client, "/figures/")
    assert '<a href="/corrections/">更正与修订</a>' in body
    assert 'href="/corrections.atom" type="application/atom+xml"' in body
