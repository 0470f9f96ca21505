"""An edition of the admin is made by a process of its own, by one at a time."""

import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import date
from fcntl import LOCK_SH, flock
from unittest.mock import Mock

import pytest
from django.db import connection
from django.utils.timezone import now

from tests.database import records_as_a_file
from tests.report.scopes import small_year
from xinyi_sat.facts.jobs.locks import watched_lock
from xinyi_sat.report.editions.issuing import is_being_made, last_words, progress_of, start, working_file
from xinyi_sat.report.models import Edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_shelf")]


@pytest.fixture
def edition() -> Edition:
    """An edition of a small year that is entered and not issued."""
    said = {"dated_on": date(2031, 2, 1), "reason": "首次发布", "as_of": now()}
    made = Edition.objects.create(period=small_year(), number=1, **said)
    working_file(made, "log").parent.mkdir()
    return made


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file.")
def test_a_process_of_its_own_makes_an_edition_and_leaves_its_lock_and_its_words(edition, tmp_path, monkeypatch):
    path = tmp_path / "site.sqlite3"
    monkeypatch.setenv("DATABASE_URL", records_as_a_file(path))
    start(edition)
    assert is_being_made(edition)
    while is_being_made(edition):
        time.sleep(0.05)
    assert last_words(edition) == "已发布：2030年第1版"
    assert progress_of(edition)["what"] == "数据包（第 3 个文件，共 3 个）"
    with closing(sqlite3.connect(path)) as site:
        files = site.execute("SELECT ending FROM report_editionfile WHERE edition_id = ? ORDER BY ending", [edition.pk])
        assert files.fetchall() == [("pdf",), ("xlsx",), ("zip",)]
        assert site.execute("SELECT issued_at FROM report_edition WHERE id = ?", [edition.pk]).fetchone() != (None,)


@pytest.fixture
def started(monkeypatch) -> Mock:
    """In place of processes: which were started."""
    processes = Mock()
    monkeypatch.setattr(subprocess, "Popen", processes)
    return processes


def test_a_second_click_starts_nothing_and_leaves_the_words_of_the_process_that_runs(edition, started):
    working_file(edition, "log").write_text("注意：排版很慢", encoding="utf-8")
    with watched_lock(working_file(edition, "lock")):
        start(edition)
    assert working_file(edition, "log").read_text(encoding="utf-8") == "注意：排版很慢"
    started.assert_not_called()


def test_an_edition_is_made_though_a_page_looks_at_that_moment_whether_it_is(edition, started, monkeypatch):
    working_file(edition, "lock").touch()
    with working_file(edition, "lock").open() as looking:
        flock(looking, LOCK_SH)
        assert not is_being_made(edition)
        monkeypatch.setattr("xinyi_sat.facts.jobs.locks.sleep", lambda seconds: looking.close())
        start(edition)
    started.assert_called_once()
