"""A save that is cut short leaves nothing, and one that has to wait too long says so."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from outreach.models import Training
from tests.changes import REASON
from tests.facts.test_admin import admin_url, filled
from xinyi_sat.facts.tracked_admin import TrackedAdmin

pytestmark = pytest.mark.django_db

KILLED_BEFORE_THE_HISTORY = """
import json, os, signal, sys, django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from outreach.models import Training
from xinyi_sat.facts import tracked_admin

def die(record, *, changed):
    print(Training.objects.get(pk=record.pk).participants, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

tracked_admin.end_change = die
path, sent = json.loads(sys.argv[1])
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(username="admin"))
client.post(path, sent)
"""


@pytest.fixture
def lectures() -> Training:
    return Training.objects.get(slug="officials-science-lectures")


def recorded(database: Path, lectures: Training) -> tuple[str, int, str]:
    """What the database has of the lectures: the figure, how many changes, and whether it is sound."""
    with sqlite3.connect(database) as opened:
        figure = opened.execute("SELECT participants FROM outreach_training WHERE id = ?", [lectures.pk])
        changes = opened.execute("SELECT count(*) FROM outreach_historicaltraining WHERE id = ?", [lectures.pk])
        state = opened.execute("PRAGMA integrity_check")
        found = (*figure.fetchone(), *changes.fetchone(), *state.fetchone())
    opened.close()
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file.")
def test_a_server_killed_between_a_record_and_its_history_has_saved_neither(admin_client, lectures, tmp_path):
    sent = filled(admin_client, lectures) | {
        "participants": "1024人",
        "change_kind": "correction",
        "change_reason": REASON,
    }
    database = tmp_path / "site.sqlite3"
    database.write_bytes(connection.connection.serialize())
    before = recorded(database, lectures)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_BEFORE_THE_HISTORY, json.dumps([admin_url(lectures), sent])],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "xinyi_sat.settings",
            "DATABASE_URL": f"sqlite:///{database}",
            "DATA_DIR": str(tmp_path),
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (-9, "1024人\n")
    assert recorded(database, lectures) == before == ("1023人", 1, "ok")


def test_who_waits_too_long_for_another_to_save_is_told_to_send_it_again(admin_client, lectures, monkeypatch):
    def wait_in_vain(*args, **kwargs):
        raise OperationalError("database is locked")

    sent = filled(admin_client, lectures)
    monkeypatch.setattr(TrackedAdmin, "save_model", wait_in_vain)
    admin_client.raise_request_exception = False
    answer = admin_client.post(admin_url(lectures), sent)
    assert answer.status_code == 503
    assert "有别人正在保存" in answer.content.decode()
    monkeypatch.setattr(TrackedAdmin, "save_model", lambda *args, **kwargs: 1 / 0)
    answer = admin_client.post(admin_url(lectures), sent)
    assert answer.status_code == 500
    assert "网站出错" in answer.content.decode()
