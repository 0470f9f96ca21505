"""Publishing makes files: a change that readers see has the files of its period made anew, once."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from outreach.models import Training
from tests.report.scopes import small_year
from tests.support import again, corrected, drafted, new_document, new_period, save
from tests.tasks import forget_tasks, publish_all, run_tasks, waiting
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Association, Change, Organisation, Period, Term
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick", "own_files")]

REVIEW = ("publish", ["2017-2021"])


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def body(answer) -> bytes:
    """What an answer says."""
    assert answer.status_code == 200
    return answer.content


def correct(lectures: Training) -> None:
    for number in range(1024, 1027):  # the files are made once all the same
        corrected(lectures, participants=f"{number}人")


def withdraw(lectures: Training) -> None:
    save(lectures, ChangeKind.WITHDRAWAL, "误录", state=FactState.WITHDRAWN)


def restore(lectures: Training) -> None:
    withdraw(lectures)
    forget_tasks()
    corrected(lectures, state=FactState.CONFIRMED)


def confirm(lectures: Training) -> None:
    draft = drafted(lectures)
    forget_tasks()
    save(draft, ChangeKind.ENTERED, state=FactState.CONFIRMED)


def rename_an_organisation(lectures: Training) -> None:
    corrected(Organisation.objects.get(slug="xinhua-daily"), name="另一个名称")


def rename_a_term(lectures: Training) -> None:
    term = Term.objects.first()
    term.label = "另一个名称"
    term.save()
    term.after_change()


def move_the_site(lectures: Training) -> None:
    association = Association.objects.current()
    association.site_url = "https://kexie.example"
    association.save()


def load_fixtures(lectures: Training) -> None:
    call_command("load_facts", verbosity=0)


@pytest.mark.parametrize(
    "change",
    [correct, withdraw, restore, confirm, rename_an_organisation, rename_a_term, move_the_site, load_fixtures],
)
def test_a_change_that_readers_see_has_the_files_of_its_period_made(lectures, change):
    change(lectures)
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
    assert {file.revision for file in PublishedFile.objects.all()} == {Change.objects.newest_number()}
    assert first["ETag"] != second["ETag"]
    assert len(files_in(own_files)) == len(FORMATS)
    assert not set(before) & set(files_in(own_files))


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


def test_files_of_older_data_never_take_the_place_of_newer_ones(own_files):
    period = Period.objects.get(slug="2017-2021")
    for content, revision in ((b"new", 9), (b"old", 8)):
        PublishedFile.objects.store(period, "pdf", content, revision=revision, data_as_of=now())
    with default_storage.open(period.files.get(file_format="pdf").content.name) as file:
        assert file.read() == b"new"


def test_files_and_their_folder_are_private(own_files):
    publish_all()
    assert {path.stat().st_mode & 0o777 for path in own_files.rglob("*")} == {0o700, 0o600}
    assert own_files.stat().st_mode & 0o777 == 0o700


def test_files_print_the_address_of_the_association_and_never_that_of_a_request(client, lectures):
    publish_all()
    assert b"testserver" not in body(client.get("/data.zip"))
    move_the_site(lectures)
    run_tasks()
    assert b"https://kexie.example" in body(client.get("/data.zip"))


def test_where_all_is_withdrawn_no_file_is_left(client, django_capture_on_commit_callbacks, own_files):
    small_year()
    publish_all()
    assert client.get("/report.pdf", {"period": "2030"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        for one in Training.objects.filter(period__slug="2030"):
            withdraw(one)
        assert publish.call("2030")["pdf"].startswith("2030年：没有记录")
    assert client.get("/report.pdf", {"period": "2030"}).status_code == 404
    assert len(files_in(own_files)) == len(FORMATS)  # those of the review
