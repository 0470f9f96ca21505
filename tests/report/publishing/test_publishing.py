"""Publishing makes files: a change that readers see has the files of its period made anew, once."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from outreach.models import Training
from tests.changes import corrected, drafted
from tests.periods import again, new_document, new_period
from tests.report.scopes import small_year
from tests.tasks import forget_tasks, publish_all, run_tasks, waiting
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Organisation, Period
from xinyi_sat.facts.models.many import named_by, save_many
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import enqueue_publishing_all, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]

REVIEW = ("publish", ["2017-2021"])


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def body(answer) -> bytes:
    """What an answer says."""
    assert answer.status_code == 200
    return answer.content


def correct(lectures: Training) -> None:
    corrected(lectures, participants="1024人")


def withdraw(lectures: Training) -> None:
    corrected(lectures, state=FactState.WITHDRAWN)


def restore(lectures: Training) -> None:
    corrected(lectures, state=FactState.WITHDRAWN)
    forget_tasks()
    corrected(lectures, state=FactState.CONFIRMED)


def confirm(lectures: Training) -> None:
    draft = drafted(lectures)
    forget_tasks()
    corrected(draft, state=FactState.CONFIRMED)


def rename_an_organisation(lectures: Training) -> None:
    corrected(Organisation.objects.get(slug="xinhua-daily"), name="另一个名称")


def correct_many(lectures: Training) -> None:
    save_many([lectures], [named_by(lectures)], ChangeKind.CORRECTION, "核对原文后更正")


@pytest.mark.parametrize(
    "change",
    [correct, withdraw, restore, confirm, rename_an_organisation, correct_many],
)
def test_a_change_that_readers_see_has_the_files_of_its_period_made(lectures, change):
    change(lectures)
    assert waiting() == [REVIEW]


def test_publishing_a_period_has_its_files_made():
    period = small_year()
    forget_tasks()
    corrected(period, note="说明")
    assert ("publish", ["2030"]) in waiting()


def test_however_many_changes_there_are_the_files_are_made_once(lectures):
    for number in range(1024, 1030):
        corrected(lectures, participants=f"{number}人")
    assert waiting() == [REVIEW]


def test_a_change_while_the_files_are_made_has_them_made_once_more(lectures):
    corrected(lectures, participants="1024人")
    DBTaskResult.objects.get().claim("worker")
    corrected(lectures, participants="1025人")
    assert waiting() == [REVIEW]


def test_a_change_of_a_draft_has_nothing_made(lectures):
    drafted(lectures, participants="1024人")
    draft_period = new_document(new_period("2040", state="draft"))
    again(lectures, draft_period, participants="1024人")
    assert REVIEW not in waiting()
    assert ("publish", ["2040"]) not in waiting()


def test_a_change_that_is_taken_back_has_nothing_made(lectures):
    with transaction.atomic():
        corrected(lectures, participants="1024人")
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_fact_that_moves_has_the_files_of_both_periods_made(lectures):
    year = small_year()
    forget_tasks()
    corrected(lectures, period=year, slug="moved")
    assert sorted(waiting()) == [REVIEW, ("publish", ["2030"])]


def test_a_correction_is_in_the_files_that_are_made_next_and_the_older_ones_go(
    client, lectures, own_files, django_capture_on_commit_callbacks
):
    publish_all()
    before = files_in(own_files)
    assert len(before) == len(FORMATS)
    first = client.get("/data.zip")
    assert b"1023" in body(first)
    with django_capture_on_commit_callbacks(execute=True):
        corrected(lectures, participants="1024人")
        run_tasks()
    second = client.get("/data.zip")
    assert b"1024" in body(second)
    assert first["ETag"] != second["ETag"]
    assert len(files_in(own_files)) == len(FORMATS)
    assert not set(before) & set(files_in(own_files))


def test_making_the_same_files_twice_changes_nothing_but_their_moment(own_files):
    publish_all()
    before, stored = list(PublishedFile.objects.values("sha256", "made_at", "content")), files_in(own_files)
    publish_all()
    assert list(PublishedFile.objects.values("sha256", "made_at", "content")) == before
    assert files_in(own_files) == stored


def test_what_an_interrupted_attempt_left_is_replaced(client, own_files):
    publish_all()
    stored = files_in(own_files)
    whole = [path.read_bytes() for path in stored]
    PublishedFile.objects.all().delete()
    for path in stored:
        path.write_bytes(b"half")
    publish_all()
    assert [path.read_bytes() for path in stored] == whole
    assert body(client.get("/report.pdf")) in whole


def test_files_of_older_data_never_take_the_place_of_newer_ones(lectures, own_files):
    period = Period.objects.get(slug="2017-2021")
    shown = {"data_as_of": now()}
    PublishedFile.objects.store(period, "pdf", b"new", revision=9, **shown)
    PublishedFile.objects.store(period, "pdf", b"old", revision=8, **shown)
    assert PublishedFile.objects.newest(period, "pdf").size == len(b"new")
    with default_storage.open(PublishedFile.objects.newest(period, "pdf").content.name) as file:
        assert file.read() == b"new"


def test_files_and_their_folder_are_private(own_files):
    publish_all()
    assert {path.stat().st_mode & 0o777 for path in own_files.rglob("*")} == {0o700, 0o600}
    assert own_files.stat().st_mode & 0o777 == 0o700


def test_files_print_the_address_that_is_configured_and_never_that_of_a_request(client, settings):
    publish_all()
    assert b"testserver" not in body(client.get("/data.zip"))
    settings.SITE_ADDRESS = "https://kexie.example"
    publish_all()
    assert b"https://kexie.example" in body(client.get("/data.zip"))


def test_where_all_is_withdrawn_no_file_is_left(client, django_capture_on_commit_callbacks, own_files):
    small_year()
    publish_all()
    assert client.get("/report.pdf", {"period": "2030"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        for fact in Training.objects.filter(period__slug="2030"):
            corrected(fact, state=FactState.WITHDRAWN)
        assert publish.call("2030")["pdf"].startswith("2030年：没有记录")
    assert client.get("/report.pdf", {"period": "2030"}).status_code == 404
    assert len(files_in(own_files)) == len(FORMATS)  # those of the review


def test_the_files_of_every_period_can_be_asked_for_at_once():
    small_year()
    new_period("2040", state="draft")
    forget_tasks()
    enqueue_publishing_all()
    assert sorted(waiting()) == [REVIEW, ("publish", ["2030"])]


def test_a_period_that_is_gone_or_a_draft_has_no_files():
    new_period("2040", state="draft")
    assert publish.call("2040") == publish.call("1999") == {}
    assert not PublishedFile.objects.exists()
