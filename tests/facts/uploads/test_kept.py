"""An upload while it is worked on, and how long it is kept: that nothing is kept that need not be."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from outreach.models import Training
from tests.facts.uploads.offices import FARM_COURSE
from tests.facts.uploads.sending import START, folders, kept_at, leave_for_an_hour, sent, shown, staff
from xinyi_sat.facts.jobs import kept
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.uploads.forms import WORKBOOK

PERIOD_TEXT = "another sort"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


def kept_as(sort: str, user: int = 1) -> Kept:
    return Kept.keep(SimpleUploadedFile("表.csv", b"x"), {"user": user, "sort": sort})


def test_a_page_shows_how_far_the_work_is_and_looks_again(admin_client, year):
    path = sent(admin_client, FARM_COURSE)
    upload = kept_at(path)
    upload.write("progress", {"doing": "正在逐行核对", "done": 1200, "total": 5000, "unit": "行"})
    with upload.lock():
        answer = admin_client.get(path)
        assert answer["Refresh"] == "2"
        assert "正在逐行核对：第 1200 行，共 5000 行" in answer.content.decode()
        assert admin_client.post(path, {"action": "save", "change_reason": "x"}).status_code == HTTPStatus.FOUND
    assert not Training.objects.filter(period=year).exists()
    assert "Refresh" not in admin_client.get(path)


@pytest.mark.parametrize(("was_saving", "words"), [(False, "核对时中断了，没有保存任何内容"), (True, "保存时中断了")])
def test_work_that_was_interrupted_is_said_and_can_be_done_again(admin_client, year, was_saving, words):
    path = sent(admin_client, FARM_COURSE)
    upload = kept_at(path)
    if was_saving:
        upload.write("asked", {})
    else:
        upload.forget("checked")
    assert words in shown(admin_client, path)
    admin_client.post(path, {"action": "check"})
    assert "新增 1 行" in shown(admin_client, path)


def test_an_upload_is_private_and_goes_with_the_next_one_or_when_it_is_dropped(admin_client, data_folder, year):
    other = staff("另一位", "add_training", "change_training")
    path = sent(admin_client, FARM_COURSE)
    assert other.get(path).status_code == HTTPStatus.NOT_FOUND
    assert other.post(path, {"action": "cancel"}).status_code == HTTPStatus.NOT_FOUND
    [first] = folders(data_folder)
    assert (data_folder / "uploads" / first).stat().st_mode & 0o077 == 0
    assert (data_folder / "uploads").stat().st_mode & 0o077 == 0
    again = sent(admin_client, FARM_COURSE)
    assert first not in folders(data_folder)
    assert admin_client.get(path).status_code == HTTPStatus.NOT_FOUND
    assert admin_client.post(again, {"action": "cancel"})["Location"] == START
    assert folders(data_folder) == []


def test_a_workbook_that_waits_to_be_saved_stays_while_its_owner_begins_a_period(data_folder):
    workbook = kept_as(WORKBOOK)
    for _ in range(2):
        begun = kept_as(PERIOD_TEXT)
    assert set(folders(data_folder)) == {workbook.key.hex, begun.key.hex}
    later = kept_as(WORKBOOK)
    assert set(folders(data_folder)) == {later.key.hex, begun.key.hex}


def test_an_upload_of_one_sort_or_one_user_is_not_taken_for_another():
    begun = kept_as(PERIOD_TEXT)
    assert Kept.of(begun.key, 1, WORKBOOK) is None
    assert Kept.of(begun.key, 2, PERIOD_TEXT) is None
    assert Kept.of(begun.key, 1, PERIOD_TEXT).file.read_bytes() == b"x"


def test_after_an_hour_not_even_its_owner_gets_an_upload_and_it_is_gone(admin_client, data_folder, year):
    path = sent(admin_client, FARM_COURSE)
    leave_for_an_hour(data_folder)
    with kept_at(path).lock():
        assert admin_client.get(path).status_code == HTTPStatus.OK  # a process is still at it
    leave_for_an_hour(data_folder)
    assert admin_client.get(path).status_code == HTTPStatus.NOT_FOUND
    assert folders(data_folder) == []


def test_the_next_upload_takes_those_away_that_are_older_than_an_hour_also_one_that_came_half(
    admin_client, data_folder, year
):
    other = staff("另一位", "add_training", "change_training")
    sent(admin_client, FARM_COURSE)
    half = data_folder / "uploads" / ("0" * 32)
    half.mkdir()
    leave_for_an_hour(data_folder)
    sent(other, FARM_COURSE)
    assert len(folders(data_folder)) == 1


def test_no_more_uploads_are_kept_than_there_is_room_for(data_folder, monkeypatch):
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    for user in range(6):
        kept_as(WORKBOOK, user)
    assert len(folders(data_folder)) <= 4
