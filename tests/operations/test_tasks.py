"""A task whose worker was killed is run again, three times at most, and then its page says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.tasks import forget_tasks
from xinyi_sat.facts.models import Period
from xinyi_sat.operations.processes import recover
from xinyi_sat.operations.tasks import recover_abandoned_tasks
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.publishing.making import enqueue_publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(settings, tmp_path, monkeypatch) -> DBTaskResult:
    """The making of the files of the review, a word each, which waits."""
    for file_format, made in FORMATS.items():
        monkeypatch.setitem(FORMATS, file_format, replace(made, write=lambda scope, site: b"file"))
    forget_tasks()
    settings.MEDIA_ROOT = tmp_path
    enqueue_publishing(Period.objects.get(slug="2017-2021"))
    return DBTaskResult.objects.get()


def test_what_a_dead_worker_left_waits_again(task):
    task.claim("dead")
    assert recover_abandoned_tasks(["another"]) == 0
    assert recover_abandoned_tasks(["dead"]) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    assert recover_abandoned_tasks(["dead"]) == 0


def test_what_runs_longer_than_any_task_may_waits_again(task, settings):
    task.claim("worker")
    longest = timedelta(seconds=4 * settings.RENDER_SECONDS)
    DBTaskResult.objects.update(started_at=now() - longest)
    assert recover_abandoned_tasks() == 0
    DBTaskResult.objects.update(started_at=now() - longest - timedelta(minutes=1, seconds=1))
    assert recover_abandoned_tasks() == 1


def test_what_a_second_signal_stopped_waits_again_and_what_failed_by_itself_does_not(task):
    task.claim("told to end twice")
    task.set_failed(SystemExit(1))
    assert recover_abandoned_tasks() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    task.set_failed(ZeroDivisionError())
    assert recover_abandoned_tasks() == 0


def test_old_results_are_forgotten_and_newer_ones_known(task, monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own transaction goes on
    task.set_successful({})
    recover([])
    DBTaskResult.objects.update(finished_at=now() - timedelta(days=13))
    recover([])
    assert DBTaskResult.objects.exists()
    DBTaskResult.objects.update(finished_at=now() - timedelta(days=15))
    recover([])
    assert not DBTaskResult.objects.exists()


def test_what_is_killed_three_times_is_given_up_and_its_page_says_so(client, task):
    for _ in range(3):
        assert "文件还没有生成" in (page := client.get("/report.pdf").content.decode())
        assert "3 次都中途被系统终止" not in page
        task.refresh_from_db()
        task.claim("dead")
        recover_abandoned_tasks(["dead"])
    page = client.get("/report.pdf").content.decode()
    assert "没有生成的原因：后台程序 3 次都中途被系统终止，可能是机器内存不足。" in page
    assert "3 次都中途被系统终止" in client.get("/").content.decode()
