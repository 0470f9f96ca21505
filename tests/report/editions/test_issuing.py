"""What happens while an edition is made: others go on working, and the files agree with each other or nothing is issued."""

import math
import resource
import signal
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import now

from tests.changes import corrected
from xinyi_sat.facts.jobs.locks import watched_lock
from xinyi_sat.facts.models import Period
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.editions.issuing import DataChanged, issue, working_file
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.rendering.limits import MEGABYTE, TimeIsUp

pytestmark = pytest.mark.django_db


def test_a_record_changed_in_the_meantime_stops_the_issue_and_leaves_nothing(monkeypatch, lectures):
    def write_and_change(scope, site, heard):
        corrected(lectures, participants="1024人")
        return b"x"

    formats = {ending: replace(made, write=write_and_change) for ending, made in issuing.FORMATS.items()}
    monkeypatch.setattr(issuing, "FORMATS", formats)
    with pytest.raises(CommandError, match="编制期间有人改动了记录，没有发布"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()
    assert not EditionFile.objects.exists()


@pytest.mark.usefixtures("quick")
def test_a_record_changed_after_the_moment_and_before_the_files_stops_the_issue_too(monkeypatch, lectures):
    monkeypatch.setattr(issuing, "wait_for_unfinished", lambda: bool(corrected(lectures, participants="1024人")))
    with pytest.raises(CommandError, match="编制期间有人改动了记录，没有发布"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.usefixtures("quick")
def test_nothing_is_issued_while_somebody_takes_too_long_to_save(monkeypatch):
    monkeypatch.setattr(issuing, "wait_for_unfinished", lambda: False)
    with pytest.raises(
        CommandError, match=r"有人正在保存对记录的改动，很久没有保存完，.*第1版没有发布。请稍后再编一次。"
    ):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("trouble", "said"), [(DataChanged("有人改动了记录"), "有人改动了记录"), (KeyboardInterrupt(), "已取消")]
)
def test_an_edition_that_comes_to_no_end_at_the_terminal_leaves_its_number_to_the_next(monkeypatch, trouble, said):
    def interrupted(*args):
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(issuing, "files_of", interrupted)
        with pytest.raises(CommandError, match=said):
            call_command("issue_edition", reason="首次发布", verbosity=0)
    assert not Edition.objects.exists()
    call_command("issue_edition", reason="首次发布", verbosity=0)
    assert Edition.objects.get().number == 1


@pytest.fixture
def prepared() -> Edition:
    """An edition that is entered and not issued."""
    period = Period.objects.get(slug="2017-2021")
    return Edition.objects.create(period=period, number=1, dated_on="2026-11-24", reason="首次发布", as_of=now())


def limits_found(*given) -> dict[str, bytes]:
    """In place of an edition's files, how much memory and about how many minutes there are for them."""
    megabytes = resource.getrlimit(resource.RLIMIT_DATA)[0] // MEGABYTE
    minutes = math.ceil(signal.getitimer(signal.ITIMER_REAL)[0] / 60)
    return {"pdf": f"{megabytes} {minutes}".encode()}


def test_an_edition_of_the_admin_has_the_memory_of_a_render_and_the_time_of_three(monkeypatch, settings, prepared):
    settings.RENDER_SECONDS, settings.RENDER_MEGABYTES = 600, 5000
    monkeypatch.setattr(issuing, "files_of", limits_found)
    call_command("issue_edition", resume=prepared.pk, verbosity=0)
    assert bytes(prepared.file("pdf").content) == b"5000 30"
    assert limits_found()["pdf"].endswith(b" 0")


def test_an_edition_of_the_terminal_has_no_limit_of_time(monkeypatch):
    monkeypatch.setattr(issuing, "files_of", limits_found)
    call_command("issue_edition", reason="首次发布", verbosity=0)
    assert bytes(Edition.objects.get().file("pdf").content).endswith(b" 0")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (TimeIsUp(), r"^编制超过了 900 秒的上限。请管理员把 RENDER_SECONDS 设大一些，重新启动网站以后再编一次。$"),
        (MemoryError(), r"^编制超过了每个进程 1200 MB 内存的上限。请管理员把 RENDER_MEGABYTES 设大一些，"),
        (RuntimeError("can't start new thread"), "1200 MB 内存的上限"),
    ],
)
def test_an_edition_beyond_its_limits_is_not_issued_and_says_which(monkeypatch, settings, prepared, trouble, said):
    def use_it_up(*given):
        raise trouble

    settings.RENDER_SECONDS, settings.RENDER_MEGABYTES = 300, 1200
    monkeypatch.setattr(issuing, "files_of", use_it_up)
    with pytest.raises(CommandError, match=said):
        call_command("issue_edition", resume=prepared.pk, verbosity=0)
    assert not Edition.objects.issued().exists()


def test_the_page_says_that_the_making_of_an_edition_was_killed(admin_client, settings, tmp_path, prepared):
    settings.DATA_DIR = tmp_path
    page = reverse("admin:report_edition_change", args=[prepared.pk])
    assert "原因" not in admin_client.get(page).content.decode()
    working_file(prepared, "log").parent.mkdir()
    working_file(prepared, "log").write_text("")
    assert "原因：编制的程序中途被终止，可能是机器内存不足，或者重新启动过。" in admin_client.get(page).content.decode()


def test_who_deletes_an_edition_comes_to_the_list_and_nothing_is_left_of_it(admin_client, settings, tmp_path, prepared):
    settings.DATA_DIR = tmp_path
    folder = working_file(prepared, "log").parent
    folder.mkdir()
    for ending in ("lock", "log", "progress"):
        working_file(prepared, ending).touch()
    page = reverse("admin:report_edition_delete", args=[prepared.pk])
    with watched_lock(working_file(prepared, "lock")):
        assert admin_client.post(page, {"post": "yes"}).status_code == 403  # it is being made
    answer = admin_client.post(page, {"post": "yes"})
    assert answer["Location"] == reverse("admin:report_edition_changelist")
    assert not Edition.objects.exists()
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("quick")
def test_who_cancels_when_the_edition_is_issued_is_told_that_it_is(monkeypatch):
    def issue_and_interrupt(edition, told):
        issue(edition)
        raise KeyboardInterrupt

    monkeypatch.setattr("xinyi_sat.report.management.commands.issue_edition.issue", issue_and_interrupt)
    out = StringIO()
    call_command("issue_edition", reason="首次发布", stdout=out)
    assert f"已发布：{Edition.objects.issued().get()}" in out.getvalue()
