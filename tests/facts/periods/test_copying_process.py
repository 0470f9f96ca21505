"""A new period is made by a process of its own; however it ends, the period is there whole or not at all."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection

from tests.database import records_as_a_file
from tests.facts.periods.test_copying import typed
from tests.facts.test_admin import admin_url
from tests.roles import logged_in
from xinyi_sat.accounts.roles import MANAGER
from xinyi_sat.facts.jobs import process
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.periods.copying_process import copy_period

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file."),
]

KILLED_BEFORE_THE_END = """
import os, signal, sys, uuid, django
django.setup()
from xinyi_sat.facts.periods import copying_process
from xinyi_sat.facts.jobs.kept import Kept

def note(doing, done, total):
    if done == total:  # every draft is written by then
        print(total, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

copying_process.process.noting = lambda kept, unit: note
copying_process.copy_period(Kept(uuid.UUID(sys.argv[1])))
"""


@pytest.fixture
def kept(settings, tmp_path, monkeypatch) -> Kept:
    """A period that is begun after the review, and a copy of the database as a file that other processes can open."""
    settings.DATA_DIR = tmp_path
    begun: list[Kept] = []
    with pytest.MonkeyPatch.context() as context:
        context.setattr(process, "start", lambda kept, task: begun.append(kept))
        logged_in(MANAGER).post(admin_url(Period.objects.get(), "copy"), typed())
    monkeypatch.setenv("DATABASE_URL", records_as_a_file(database(tmp_path)))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(process, "PATIENCE", 60)
    return begun[0]


def database(folder: Path) -> Path:
    return folder / "site.sqlite3"


def recorded(folder: Path) -> dict[str, int]:
    """How many rows there are in each table that a new period has some in."""
    tables = ("facts_period", "facts_historicalperiod", "facts_document", "facts_passage", "outreach_training")
    with sqlite3.connect(database(folder)) as opened:
        found = {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    opened.close()
    return found


def test_a_process_killed_in_the_midst_leaves_nothing_and_the_same_can_be_begun_again(kept, tmp_path):
    before = recorded(tmp_path)
    with kept.lock() as lock:
        ended = subprocess.run(
            [sys.executable, "-c", KILLED_BEFORE_THE_END, str(kept.key)],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "xinyi_sat.settings"},
            cwd=site.BASE_DIR,
            pass_fds=[lock.fileno()],
            capture_output=True,
            text=True,
        )
    assert (ended.returncode, ended.stdout) == (-9, "73\n")
    assert recorded(tmp_path) == before
    assert (kept.read("ended"), kept.is_worked_on) == (None, False)
    process.start(kept, copy_period)
    assert kept.read("ended")["said"].startswith("已新建时期“2022年”：登记文献 2 段，起草记录 73 条")
    after = recorded(tmp_path)
    assert {table: after[table] - before[table] for table in after} == {
        "facts_period": 1,
        "facts_historicalperiod": 1,
        "facts_document": 1,
        "facts_passage": 2,
        "outreach_training": before["outreach_training"],
    }
    assert not kept.file.exists()
