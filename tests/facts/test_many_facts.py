"""A hundred thousand facts are no trouble: nothing asks the database for each of them, and pages hold so many and no more."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from outreach.models import Channel, Team, Training
from tests.changes import REASON, corrected
from tests.periods import new_document, new_period
from tests.records import many_like
from xinyi_sat.facts import filters
from xinyi_sat.facts.choices import ChangeKind, FactState, PassageRole, Service
from xinyi_sat.facts.editing import state_admin
from xinyi_sat.facts.fixtures.change_files import dumped_changes
from xinyi_sat.facts.fixtures.dumping import dumped_records
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Document, LoadedRecord, Organisation, Passage, Period, UnexplainedChange, one_change
from xinyi_sat.facts.models.many import named_by, save_many
from xinyi_sat.facts.periods.copying import draft_after
from xinyi_sat.facts.tables import table_of
from xinyi_sat.report.imprint import Site

pytestmark = pytest.mark.django_db

KILLED_BEFORE_THE_END = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
from xinyi_sat.facts.fixtures import loading
loading.load_changes = lambda *rows: os.kill(os.getpid(), signal.SIGKILL)  # every record is written by then
call_command("load_facts", fixtures=__import__("pathlib").Path(sys.argv[1]))
"""


@pytest.fixture
def training() -> Training:
    """A fact with figures that names organisations."""
    training = Training.objects.get(slug="officials-science-lectures")
    with one_change(training, ChangeKind.CORRECTION, REASON):
        training.partners.set(Organisation.objects.all()[:2])
    return training


def questions(action, *args) -> int:
    """How many questions something puts to the database."""
    with CaptureQueriesContext(connection) as asked:
        action(*args)
    return len(asked)


def fixtures_with_many(folder: Path, count: int) -> Path:
    """The published fixtures with so many trainings more."""
    copied = Path(shutil.copytree(settings.FIXTURE_DIRS[0], folder / "fixtures"))
    path = copied / "trainings.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    fields = records[0]["fields"]
    more = [records[0] | {"fields": fields | {"slug": f"course-{number}"}} for number in range(count)]
    path.write_text(json.dumps(records + more), encoding="utf-8")
    return copied


def test_many_records_are_loaded_each_with_its_history(tmp_path):
    call_command("load_facts", fixtures=fixtures_with_many(tmp_path, 300), verbosity=0)
    assert Training.history.filter(slug__startswith="course-", change_kind="loaded").count() == 300


def test_many_records_that_are_there_already_are_seen_in_few_statements(tmp_path, django_assert_max_num_queries):
    folder = fixtures_with_many(tmp_path, 300)
    call_command("load_facts", fixtures=folder, verbosity=0)
    with django_assert_max_num_queries(40):
        call_command("load_facts", fixtures=folder, verbosity=0)
    assert Training.history.filter(slug__startswith="course-").count() == 300


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file.")
def test_a_load_that_is_killed_leaves_nothing(tmp_path):
    path = tmp_path / "site.sqlite3"
    path.write_bytes(connection.connection.serialize())
    apart = {
        "DATABASE_URL": f"sqlite:///{path}",
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "xinyi_sat.settings",
    }
    command = [sys.executable, "-c", KILLED_BEFORE_THE_END, str(fixtures_with_many(tmp_path, 10))]
    ended = subprocess.run(command, env=os.environ | apart, cwd=settings.BASE_DIR)
    assert ended.returncode == -signal.SIGKILL
    tables = ("outreach_training", "outreach_historicaltraining", "facts_loadedrecord")
    with sqlite3.connect(path) as opened:
        found = [opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    opened.close()
    assert found == [Training.objects.count(), Training.history.count(), LoadedRecord.objects.count()]


def test_a_dump_asks_no_more_questions_of_more_facts_and_changes(training):
    few = [questions(dumped_records), questions(dumped_records, now()), questions(dumped_changes)]
    many = many_like(training, 30)
    save_many(many, [named_by(training)] * 30, ChangeKind.CORRECTION, REASON)
    assert [questions(dumped_records), questions(dumped_records, now()), questions(dumped_changes)] == few


def test_a_draft_confirmed_among_many_is_not_changed_again_without_a_reason(training):
    [fact] = many_like(training, 1, state=FactState.DRAFT)
    fact = Training.objects.get(pk=fact.pk)
    fact.state = FactState.CONFIRMED
    save_many([fact], [named_by(fact)], ChangeKind.ENTERED)
    fact.participants = "9人"
    with pytest.raises(UnexplainedChange):
        save_many([fact], [named_by(fact)], ChangeKind.ENTERED)
    assert str(Training.objects.get(pk=fact.pk).participants) != "9人"


def test_many_are_saved_some_at_a_time_and_each_time_told_of(training, monkeypatch):
    facts, told = many_like(training, 5), []
    monkeypatch.setattr("xinyi_sat.facts.models.many.AT_ONCE", 2)
    named = [named_by(training)] * 5
    save_many(facts, named, ChangeKind.CORRECTION, REASON, heard=lambda *so_far: told.append(so_far))
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert {fact.history.first().history_change_reason for fact in facts} == {REASON}


def test_a_period_is_copied_in_few_statements(training, django_assert_max_num_queries):
    many_like(training, 60)
    pattern = training.period
    period = Period(slug="2031", title="2031年", starts_on="2031-01-01", ends_on="2031-12-31")
    publisher = Organisation.objects.get(slug="xinyi-ast")
    document = Document(
        slug="review-2031", title="2031年", publisher=publisher, published_on="2032-01-05", period=period
    )
    with django_assert_max_num_queries(160):
        drafts = draft_after(pattern, document, ["标题", *["一段"] * 200])
    assert len(drafts) == sum(kind.objects.in_period(pattern).count() for kind in fact_kinds())
    copied = Training.objects.get(period=document.period, slug=f"{training.slug}-60")
    assert set(copied.partners.all()) == set(training.partners.all())
    assert copied.history.get().history_change_reason == f"以{pattern}为底稿"
    assert document.passages.get(paragraph=1).role == PassageRole.FURNITURE


def confirmed(admin_client, facts: list[Training]) -> str:
    """What the list in the admin says after these drafts were to be confirmed."""
    chosen = {"action": "confirm", "_selected_action": [fact.pk for fact in facts]}
    return admin_client.post(reverse("admin:outreach_training_changelist"), chosen, follow=True).content.decode()


def test_many_drafts_are_confirmed_each_with_its_history(admin_client, training):
    drafts = many_like(training, 40, state=FactState.DRAFT)
    page = confirmed(admin_client, drafts)
    assert "已确认公布 40 条" in page
    assert Training.objects.public().filter(slug__startswith=f"{training.slug}-").count() == 40
    assert {fact.history.first().change_kind for fact in drafts} == {"entered"}


def test_of_very_many_drafts_the_first_are_confirmed_and_the_rest_are_told_of(admin_client, training, monkeypatch):
    monkeypatch.setattr(state_admin, "MOST_CONFIRMED", 3)
    drafts = many_like(training, 5, state=FactState.DRAFT)
    page = confirmed(admin_client, drafts)
    assert "已确认公布 3 条" in page
    assert "还有 2 条待确认；这次看过的 3 条中，0 条要先改好。一次最多看 3 条" in page


def test_a_list_of_the_admin_asks_no_more_questions_of_more_facts(admin_client, training):
    corrected(training, participants="1024人")
    address = reverse("admin:outreach_training_changelist")
    admin_client.get(address)  # what is remembered from then on is asked once
    few = questions(admin_client.get, address)
    many_like(training, 40)
    assert questions(admin_client.get, address) == few


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.__name__)
def test_a_file_has_the_cells_that_its_table_would_write_one_by_one(kind):
    table = table_of(kind)(kind.objects.with_source().with_named().in_reading_order())
    table.request = Site("https://example.cn")
    names = [column.name for column in table.file_columns()]
    assert list(table.file_rows()) == [[row.get_cell_value(name) for name in names] for row in table.rows]


def test_the_page_of_a_service_with_very_many_facts_lists_the_first_of_each_kind(client, django_assert_max_num_queries):
    team = Team.objects.filter(service=Service.ORGANISATION).first()
    many_like(team, 120)
    address = reverse("service", args=[Service.ORGANISATION])
    with django_assert_max_num_queries(40):
        page = client.get(address).content.decode()
    shown = Team.objects.filter(service=Service.ORGANISATION).count()
    assert f"队伍共 {shown} 条</a>" in page
    assert page.count(f'href="{Team.list_url()}2017-2021/') == 25
    assert "<svg" not in page


def test_a_long_document_is_shown_by_pages_and_links_lead_to_the_page_of_their_paragraph(client, training):
    document = new_document(new_period("2031"), paragraphs=101)
    first, last = (document.passages.get(paragraph=number) for number in (2, 101))
    [fact] = many_like(Channel.objects.first(), 1, period=document.period, passage=last)
    assert first.get_absolute_url() == "/sources/review-2031/#p2"
    assert last.get_absolute_url() == "/sources/review-2031/?page=2#p101"
    one, two = (client.get(f"/sources/review-2031/?page={number}").content.decode() for number in (1, 2))
    assert 'id="p100"' in one
    assert 'id="p101"' not in one
    assert 'id="p101"' in two
    assert fact.get_absolute_url() in two
    assert "第 2 页，共 2 页" in two


def test_of_many_periods_the_latest_are_in_a_line_and_the_others_are_unfolded(client):
    for year in range(2031, 2041):
        document = new_document(new_period(str(year)))
        many_like(Channel.objects.first(), 1, period=document.period, passage=document.passages.get(paragraph=2))
    newest, oldest = (client.get(Channel.list_url(), {"period": slug}).content.decode() for slug in ("2040", "2031"))
    line, _, unfolded = newest.partition("<summary>更早（3）</summary>")
    assert "2033年</a>" in line
    assert all(f"{title}</a>" in unfolded for title in ("2032年", "2031年"))
    assert "<details open>" not in newest
    assert "<details open>" in oldest


def test_of_very_many_words_the_most_frequent_are_offered_and_any_is_found(client, training, monkeypatch):
    monkeypatch.setattr(filters, "MOST_OFFERED", 1)
    many_like(training, 3, audience="村干部")
    page = client.get(Training.list_url()).content.decode()
    assert '<option value="村干部">' in page
    assert f'<option value="{training.audience}">' not in page
    page = client.get(Training.list_url(), {"audience": training.audience}).content.decode()
    assert f'<option value="{training.audience}" selected>' in page
    assert training.get_absolute_url() in page


def test_a_document_is_shown_by_a_fixed_number_of_questions(client, django_assert_num_queries):
    document = new_document(new_period("2031"), paragraphs=250)
    passage = Passage.objects.get(document=document, paragraph=2)
    many_like(Channel.objects.first(), 30, period=document.period, passage=passage)
    with django_assert_num_queries(3 + len(fact_kinds())):  # no marks are asked of facts without figures
        client.get(document.get_absolute_url())
