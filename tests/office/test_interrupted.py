"""A save that is cut short leaves nothing, and one that has to wait too long says so."""

import errno
import json
import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from outreach.models import Training
from tests.office.forms import WHY, admin_url, filled, hidden
from xinyi_sat.accounts.login import PasswordView
from xinyi_sat.facts.error_pages import ShortErrors
from xinyi_sat.office.forms import TrackedForm

pytestmark = pytest.mark.django_db

KILLED_WHILE_SAVING = """
import json, os, signal, sys, django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from outreach.models import Training
from xinyi_sat.facts.models.recording import Recording
from xinyi_sat.office import fact_form

path, sent, step = json.loads(sys.argv[1])

def die(*given):
    print(Training.objects.get(slug=sent["slug"]).title, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

setattr({"save_figures": fact_form, "finish": Recording}[step], step, die)
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.get(username="admin"))
client.post(path, sent)
"""


def recorded(database: Path, lectures: Training) -> tuple[str, int, str]:
    """What the database has of the lectures: the title, how many changes there are, and whether it is sound."""
    with sqlite3.connect(database) as opened:
        title = opened.execute("SELECT title FROM facts_fact WHERE id = ?", [lectures.pk])
        changes = opened.execute("SELECT count(*) FROM facts_change")
        state = opened.execute("PRAGMA integrity_check")
        found = (*title.fetchone(), *changes.fetchone(), *state.fetchone())
    opened.close()
    return found


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="The process is given a copy of the database as a file.")
@pytest.mark.parametrize("step", ["save_figures", "finish"])
def test_a_server_killed_between_a_record_its_figures_and_its_change_has_saved_none(
    admin_client, lectures, tmp_path, step
):
    sent = filled(admin_client, lectures) | WHY | {"title": "新名称", "participants": "1024人"}
    database = tmp_path / "site.sqlite3"
    database.write_bytes(connection.connection.serialize())
    before = recorded(database, lectures)
    environment = {"DJANGO_SETTINGS_MODULE": "xinyi_sat.settings", "DATA_DIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_SAVING, json.dumps([admin_url(lectures), sent, step])],
        env=os.environ | environment | {"DATABASE_URL": f"sqlite:///{database}"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (-9, "新名称\n")
    assert recorded(database, lectures) == before
    assert before[::2] == (lectures.title, "ok")


def refusing(error: Exception):
    """A save that fails."""

    def refuse(*args, **kwargs):
        raise error

    return refuse


REFUSED = [
    (OperationalError("database is locked"), "有别人正在保存"),
    (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满。您的这一次没有保存。"),
    (OperationalError("disk I/O error"), "磁盘读写出错，可能是磁盘已满。您的这一次可能没有保存，磁盘修好以后请核对。"),
    (DatabaseError("database disk image is malformed"), "数据库文件已损坏。请立即告诉管理员：先停止网站"),
]


@pytest.mark.parametrize(("error", "words"), REFUSED)
def test_who_cannot_save_now_is_told_why_and_sends_the_same_again(admin_client, lectures, monkeypatch, error, words):
    sent = filled(admin_client, lectures) | WHY | {"note": "<第一行>"}
    monkeypatch.setattr(TrackedForm, "save_change", refusing(error))
    admin_client.raise_request_exception = False
    answer = admin_client.post(admin_url(lectures), sent)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (503, True)
    page = answer.content.decode()
    assert words in page
    assert f'action="{admin_url(lectures)}"' in page
    monkeypatch.undo()
    assert admin_client.post(admin_url(lectures), hidden(page)).status_code == 302
    lectures.refresh_from_db()
    assert lectures.note == "<第一行>"


def test_a_password_is_not_written_into_the_page_that_failed(client, monkeypatch):
    monkeypatch.setattr(PasswordView, "form_invalid", refusing(OSError(errno.ENOSPC, "full")))
    client.raise_request_exception = False
    page = client.post("/admin/login/", {"username": "admin", "password": "password"}).content.decode()
    assert "磁盘已满" in page
    assert "没有留在这一页里" in page
    assert "<input" not in page


def test_what_nobody_foresaw_is_said_to_be_so(admin_client, lectures, monkeypatch):
    monkeypatch.setattr(TrackedForm, "save_change", refusing(ZeroDivisionError()))
    admin_client.raise_request_exception = False
    answer = admin_client.post(admin_url(lectures), filled(admin_client, lectures))
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "网站出错" in page
    assert "没有受影响" not in page, "nobody knows"


def test_the_terminal_says_in_a_line_what_the_disk_refused_and_all_of_what_nobody_foresaw():
    full = logging.LogRecord("x", logging.ERROR, "", 1, "%s: %s", ("Error", "/"), (OSError, OSError(28, "full"), None))
    other = logging.LogRecord("x", logging.ERROR, "", 1, "no", (), (ValueError, ValueError(), None))
    assert ShortErrors().filter(full)
    assert (full.getMessage(), full.exc_info) == ("Error: /：磁盘已满（[Errno 28] full）", None)
    assert ShortErrors().filter(other)
    assert other.exc_info is not None
