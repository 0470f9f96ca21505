"""Reading and saving are done by a process of its own; however it ends, an upload is saved whole or not at all."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.database import records_as_a_file
from tests.facts.uploads.offices import FARM_COURSE, next_year, table, workbook
from xinyi_sat.facts.jobs import process
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.uploads.forms import WORKBOOK
from xinyi_sat.facts.uploads.tasks import check_upload, save_upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file."),
]

KILLED_BEFORE_THE_END = """
import os, signal, sys, uuid, django
django.setup()
from xinyi_sat.facts.uploads import saving, tasks
from xinyi_sat.facts.jobs.kept import Kept
saving.settle = lambda *rows: os.kill(os.getpid(), signal.SIGKILL)  # every row is written by then
tasks.save_upload(Kept(uuid.UUID(sys.argv[1])))
"""
ASKED = {"kind": "entered", "reason": "录入2031年", "publishes": False}


@pytest.fixture
def kept() -> Kept:
    """An upload of two trainings for the next year."""
    period = next_year()
    user = User.objects.create(username="编辑")
    content = workbook(培训=table(FARM_COURSE, FARM_COURSE | {"标识": "second-course", "合作单位": "光学学会"}))
    about = {
        "user": user.pk,
        "sort": WORKBOOK,
        "name": "表.xlsx",
        "period": period.pk,
        "kind": "",
        "allowed": ["training"],
    }
    return Kept.keep(SimpleUploadedFile("表.xlsx", content), about)


@pytest.fixture
def database(kept: Kept, tmp_path: Path, monkeypatch) -> Path:
    """The database of the test with that upload's period in it, as a file that other processes can open."""
    path = tmp_path / "site.sqlite3"
    monkeypatch.setenv("DATABASE_URL", records_as_a_file(path))
    monkeypatch.setenv("DATA_DIR", str(settings.DATA_DIR))
    monkeypatch.setattr(process, "PATIENCE", 60)
    return path


def counted(database: Path) -> dict[str, int]:
    """How many rows of the upload the database has, in each table that takes some."""
    tables = ("outreach_training", "outreach_historicaltraining")
    with sqlite3.connect(database) as opened:
        found = {table: opened.execute(f"SELECT count(*) FROM {table} WHERE slug LIKE '%-course'") for table in tables}
        numbers = {table: rows.fetchone()[0] for table, rows in found.items()}
    opened.close()
    return numbers


def test_an_upload_is_checked_and_saved_by_processes_of_their_own(kept, database):
    before = counted(database)
    process.start(kept, check_upload)
    assert kept.read("checked")["counts"] == {"refused": 0, "changed": 0, "new": 2, "unchanged": 0}
    assert [row["number"] for row in kept.rows("new", 0, 10)] == [2, 3]
    assert counted(database) == before
    kept.write("asked", ASKED)
    process.start(kept, save_upload)
    assert kept.read("ended")["saved"]["counts"]["new"] == 2
    assert counted(database) == {table: number + 2 for table, number in before.items()}
    assert not kept.file.exists()
    assert not kept.is_worked_on


def test_a_process_killed_in_the_midst_of_saving_leaves_nothing_and_the_upload_can_be_saved_again(kept, database):
    before = counted(database)
    process.start(kept, check_upload)
    kept.write("asked", ASKED)
    command = [sys.executable, "-c", KILLED_BEFORE_THE_END, str(kept.key)]
    with kept.lock() as lock:
        ended = subprocess.run(
            command,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "xinyi_sat.settings"},
            cwd=settings.BASE_DIR,
            pass_fds=[lock.fileno()],
        )
    assert ended.returncode == -9
    assert counted(database) == before
    assert (kept.read("ended"), kept.is_worked_on) == (None, False)
    process.start(kept, save_upload)
    assert counted(database) == {table: number + 2 for table, number in before.items()}


def test_one_upload_is_worked_on_by_one_process(kept, database):
    with kept.lock():
        assert kept.is_worked_on
        process.start(kept, check_upload)
    assert kept.read("checked") is None
