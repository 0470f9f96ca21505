"""A worker as on a site: a process of its own, which may be killed at any moment and leaves nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from tests.report.scopes import small_year
from tests.tasks import forget_tasks
from xinyi_sat.report.editions.issuing import issue_edition
from xinyi_sat.report.models import Edition
from xinyi_sat.report.publishing.making import publish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="The worker is given a copy of the database as a file."),
]
RECOVER = "from xinyi_sat.operations.tasks import *; print(recover_abandoned_tasks(['killed']))"


class Site:
    """A copy of the records as a site of its own."""

    def __init__(self, folder: Path):
        self.folder, self.database = folder, folder / "site.sqlite3"
        self.database.write_bytes(connection.connection.serialize())  # a backup would wait for the test's transaction
        self.environment = os.environ | {"DATABASE_URL": f"sqlite:///{self.database}", "DATA_DIR": str(folder)}

    def start(self, *words: str) -> subprocess.Popen:
        """A command of the site."""
        command = [sys.executable, "-W", "ignore", "manage.py", *words]
        shape = {"cwd": settings.BASE_DIR, "env": self.environment, "text": True}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **shape)

    def work(self, worker_id: str) -> subprocess.Popen:
        """A worker that does what waits and ends."""
        return self.start("db_worker", "--batch", "--no-startup-delay", "--worker-id", worker_id, "-v0")

    def says(self, question: str) -> list[tuple]:
        """What the database says."""
        with closing(sqlite3.connect(self.database)) as site:
            return site.execute(question).fetchall()


def ended(process: subprocess.Popen) -> str:
    """What a process has said when it has ended."""
    return process.communicate(timeout=300)[0].strip()


def test_an_edition_whose_worker_is_killed_is_issued_whole_by_the_next(tmp_path):
    period = small_year()
    forget_tasks()
    edition = Edition.objects.create(period=period, number=1, dated_on=date(2031, 2, 1), reason="首次发布", as_of=now())
    issue_edition.enqueue(edition.pk)
    site = Site(tmp_path)
    worker = site.work("killed")
    while site.says("SELECT status FROM django_tasks_database_dbtaskresult") == [("READY",)]:
        time.sleep(0.01)
    time.sleep(0.5)
    worker.send_signal(signal.SIGKILL)
    ended(worker)
    assert site.says("SELECT 1 FROM report_editionfile") == []
    assert site.says("SELECT issued_at FROM report_edition") == [(None,)]
    assert ended(site.start("shell", "-v0", "-c", RECOVER)) == "1"
    ended(site.work("next"))
    assert site.says("SELECT ending FROM report_editionfile ORDER BY 1") == [("pdf",), ("xlsx",), ("zip",)]
    assert site.says("SELECT issued_at IS NULL FROM report_edition") == [(0,)]
    made_after_it = site.says("SELECT file_format FROM report_publishedfile")
    assert len(made_after_it) == 4, "they name the edition"


def test_memory_beyond_the_limit_is_said_on_the_page_and_the_worker_goes_on(tmp_path):
    small_year()
    forget_tasks()
    publish.enqueue("2030")
    site = Site(tmp_path)
    site.environment["RENDER_MEGABYTES"] = "1"
    ended(site.work("small"))
    [(status, said)] = site.says("SELECT status, return_value FROM django_tasks_database_dbtaskresult")
    assert status == "SUCCESSFUL"
    assert "RENDER_MEGABYTES" in said
