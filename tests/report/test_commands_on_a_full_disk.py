"""What a disk refuses to a command is a sentence at the terminal, and nothing half-written is left."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from tests.changes import corrected, deleted
from xinyi_sat.facts.management import refusal
from xinyi_sat.facts.models import LoadedRecord
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.editions.verifying import rebuild
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import Edition

pytestmark = pytest.mark.django_db

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
SAID = r"^没有做完，临时文件夹或数据文件夹 .* 所在的磁盘：磁盘已满。$"


def refusing(error: Exception) -> Callable:
    """What a full disk says to who writes."""

    def refuse(*given, **named):
        raise error

    return refuse


def test_where_no_file_can_be_made_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.setitem(FORMATS, "zip", replace(FORMATS["zip"], write=refusing(FULL)))
    with pytest.raises(CommandError, match=SAID):
        call_command("export_report", output=tmp_path / "report.zip")
    assert list(tmp_path.iterdir()) == []


def test_where_an_edition_cannot_be_made_none_is_issued(monkeypatch):
    monkeypatch.setattr(issuing, "files_of", refusing(FULL))
    with pytest.raises(CommandError, match=SAID):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EISDIR, "Is a directory", "a/b.json"), "没有做完，a/b.json：那里是一个文件夹。"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in []"), "没有能写入的临时文件夹"),
        (ZeroDivisionError(), ""),
    ],
)
def test_a_refusal_names_the_file_and_the_reason_and_another_error_is_none(error, said):
    assert said in refusal(error) if said else refusal(error) == ""


@pytest.mark.usefixtures("quick")
def test_an_edition_is_not_called_wrong_where_the_disk_refuses(monkeypatch, tmp_path):
    call_command("issue_edition", reason="首次发布", verbosity=0)
    nowhere = tmp_path / "nowhere"
    monkeypatch.setattr(
        "xinyi_sat.report.editions.verifying.rebuilt", lambda edition, folder, told: rebuild(nowhere, told)
    )
    out = StringIO()
    with pytest.raises(CommandError, match="打不开数据库文件，可能是磁盘已满"):
        call_command("verify_edition", stdout=out)
    assert "不符" not in out.getvalue()


def test_a_dump_replaces_all_files_or_none(tmp_path, lectures, settings):
    for path in Path(settings.FIXTURE_DIRS[0]).glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "changes.json").unlink()
    (tmp_path / "changes.json").mkdir()
    before = (tmp_path / "trainings.json").read_bytes()
    corrected(lectures, participants="1024人")
    with pytest.raises(CommandError, match=r"changes\.json：那里是一个文件夹。$"):
        call_command("dump_facts", fixtures=tmp_path)
    assert (tmp_path / "trainings.json").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_a_full_disk_is_not_taken_for_a_fault_of_the_fixtures(lectures):
    deleted(lectures)
    LoadedRecord.objects.all().delete()

    def refuse(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "outreach_training"'):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError, match=r"^database or disk is full$"):
        call_command("load_facts")


@pytest.mark.usefixtures("quick")
def test_a_command_that_is_to_be_quiet_says_nothing(tmp_path, capsys):
    call_command("export_report", output=tmp_path / "report.zip", verbosity=0)
    call_command("issue_edition", reason="首次发布", verbosity=0)
    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    assert capsys.readouterr().out == ""
