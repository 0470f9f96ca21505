"""What happens while an edition is made: others go on working, and the files agree with each other or nothing is issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from tests.support import corrected
from tests.tasks import forget_tasks, run_tasks, waiting
from xinyi_sat.facts.models import Association, Change, Period
from xinyi_sat.facts.models.changes import ChangeQuerySet
from xinyi_sat.operations.tasks import recover_abandoned_tasks
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.editions.issuing import NotIssuedError, issue_edition
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import Edition, EditionFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen while the first file of an edition is made."""
    write = FORMATS["pdf"].write

    def write_and_let_it_happen(*given) -> bytes:
        happens()
        return write(*given)

    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], write=write_and_let_it_happen))


def page_of(admin_client, edition: Edition) -> str:
    return admin_client.get(reverse("admin:report_edition_change", args=[edition.pk])).content.decode()


@pytest.mark.parametrize("days", [0, -2])
def test_a_record_changed_in_the_meantime_stops_the_issue_whatever_the_clock_says(monkeypatch, lectures, days):
    def change() -> None:
        with time_machine.travel(now() + timedelta(days=days)):
            corrected(lectures, participants="1024人")

    meanwhile(monkeypatch, change)
    with pytest.raises(CommandError, match="编制期间有人改动了记录，没有发布"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.exists()
    assert not EditionFile.objects.exists()


def test_a_clock_that_was_ahead_stops_no_edition_and_hides_no_correction(client, lectures):
    with time_machine.travel(now() + timedelta(days=2)):
        corrected(lectures, participants="1024人")
    call_command("issue_edition", reason="首次发布", verbosity=0)
    assert "此后没有更正或修订" in client.get("/editions/2017-2021/1/").content.decode()
    with time_machine.travel(now() - timedelta(days=2)):
        corrected(lectures, participants="1025人")
    assert "<del>1024人</del> → <ins>1025人</ins>" in client.get("/editions/2017-2021/1/").content.decode()


def test_nothing_is_issued_while_somebody_takes_too_long_to_save(monkeypatch):
    def too_long(changes):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(ChangeQuerySet, "settled_number", too_long)
    with pytest.raises(
        CommandError, match=r"有人正在保存对记录的改动，很久没有保存完，.*第1版没有发布。请稍后再编一次。"
    ):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time.")
def test_an_edition_waits_for_the_changes_that_were_begun_before_it(monkeypatch):
    monkeypatch.setattr("xinyi_sat.facts.models.changes.SECONDS_TO_SAVE", 1)
    newest = Change.objects.newest_number()
    other = connection.get_new_connection(connection.get_connection_params())
    other.execute(
        "INSERT INTO facts_change (kind, reason, made_at, noun, title, is_public, stored_differences)"
        " VALUES ('entered', '', now(), '', '', false, '[]')"
    )
    with pytest.raises(CommandError, match="有人正在保存对记录的改动"):
        call_command("issue_edition", reason="首次发布")
    other.close()
    assert Change.objects.settled_number() == newest


def test_an_edition_that_is_deleted_while_it_is_made_is_never_issued(monkeypatch, prepared):
    meanwhile(monkeypatch, Edition.objects.all().delete)
    assert "已经删除，或者已由别人发布" in issue_edition.call(prepared.pk)
    with pytest.raises(CommandError, match="第1版已经删除，或者已由别人发布，这一次没有发布。"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.exists()
    assert not EditionFile.objects.exists()


@pytest.mark.parametrize(
    ("trouble", "said"), [(NotIssuedError("有人改动了记录"), "有人改动了记录"), (KeyboardInterrupt(), "已取消")]
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


def test_an_admin_issues_an_edition_and_the_page_watches_it(admin_client, admin_user):
    Association.objects.update(site_url="https://kexie.example")
    forget_tasks()
    User.objects.filter(pk=admin_user.pk).update(first_name="某某")
    period = Period.objects.get(slug="2017-2021")
    data = {"period": period.pk, "dated_on": "2026-11-24", "reason": "首次发布"}
    answer = admin_client.post(reverse("admin:report_edition_add"), data)
    edition = Edition.objects.get()
    assert (edition.number, edition.issued_by, edition.site) == (1, admin_user, "https://kexie.example")
    assert waiting() == [("issue_edition", [edition.pk])]
    watched = admin_client.get(answer["Location"]).content.decode()
    assert "<progress" in watched
    assert '<meta http-equiv="refresh"' in watched
    assert "编制期间如果有人改动了记录，这一版就不发布" in watched
    run_tasks()
    watched = admin_client.get(answer["Location"]).content.decode()
    assert "不再改动" in watched
    assert "<progress" not in watched
    listed = admin_client.get(reverse("admin:report_edition_changelist")).content.decode()
    assert "发布人：某某" in watched
    assert '<td class="field-issuer">某某</td>' in listed
    assert admin_client.post(reverse("admin:report_edition_delete", args=[edition.pk])).status_code == 403


def test_an_edition_comes_before_the_files_of_the_period_and_these_name_it(
    client, lectures, prepared, settings, tmp_path
):
    forget_tasks()
    settings.MEDIA_ROOT = tmp_path
    issue_edition.enqueue(prepared.pk)
    run_tasks()
    assert waiting() == []
    done = DBTaskResult.objects.order_by("started_at").values_list("task_path", flat=True)
    assert [path.rsplit(".")[-1] for path in done] == ["issue_edition", "publish"]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (MemoryError(), "超过了 1200 MB 内存的上限。请管理员把 RENDER_MEGABYTES 设大一些，再重新启动网站。"),
        (OSError(28, "No space left on device"), "服务器写不了文件：磁盘已满。"),
        (ZeroDivisionError(), "后台程序出了错，请管理员查看服务器终端上的说明。"),
    ],
)
def test_an_edition_that_could_not_be_made_is_not_issued_and_its_page_says_why(
    admin_client, monkeypatch, settings, prepared, trouble, said
):
    def use_it_up(*given):
        raise trouble

    settings.RENDER_MEGABYTES = 1200
    with monkeypatch.context() as broken:
        broken.setattr(issuing, "files_of", use_it_up)
        issue_edition.enqueue(prepared.pk)
        run_tasks()
    assert not Edition.objects.issued().exists()
    page = page_of(admin_client, prepared)
    assert said in page
    assert "再编一次" in page
    assert admin_client.post(reverse("admin:report_edition_change", args=[prepared.pk])).status_code == 302
    run_tasks()
    assert Edition.objects.issued().exists()


def test_the_page_says_that_the_making_of_an_edition_was_killed(admin_client, prepared):
    forget_tasks()
    assert "原因" not in page_of(admin_client, prepared)
    issue_edition.enqueue(prepared.pk)
    for _ in range(3):
        DBTaskResult.objects.get().claim("dead")
        recover_abandoned_tasks(["dead"])
    assert "原因：后台程序 3 次都中途被系统终止，可能是机器内存不足。" in page_of(admin_client, prepared)


def test_who_deletes_an_edition_that_is_being_made_comes_to_the_list_and_it_is_not_issued(admin_client, prepared):
    issue_edition.enqueue(prepared.pk)
    answer = admin_client.post(reverse("admin:report_edition_delete", args=[prepared.pk]), {"post": "yes"})
    assert answer["Location"] == reverse("admin:report_edition_changelist")
    run_tasks()
    assert not Edition.objects.exists()
