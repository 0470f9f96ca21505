"""A disk or a database that refuses a command: which one it is, why, and what helps, in a line at the terminal."""

import errno
import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, ProgrammingError, connection

from tests.support import corrected, fact
from tests.terminal import at_terminal
from xinyi_sat.facts import error_pages


def refusing(error: Exception):
    """A command that fails."""

    def refuse(*given, **named):
        raise error

    return refuse


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no such table: facts_period", "no such table: facts_period。第一次使用请先运行 manage.py serve"),
        (
            "unable to open database file",
            "打不开数据库文件，可能是磁盘已满、没有权限，或者文件夹不存在。第一次使用请先",
        ),
        ("attempt to write a readonly database", "数据库文件是只读的。请用建立它的用户运行，并检查它所在的磁盘。"),
        ("database is locked", "有别人正在保存。请稍后再试。"),
        ("database disk image is malformed", "数据库文件已损坏。请停止网站，把它和旁边"),
    ],
)
def test_a_database_that_no_command_can_use_is_named_with_what_helps(settings, monkeypatch, error, said):
    monkeypatch.setattr(error_pages, "connection", SimpleNamespace(vendor="sqlite"))
    monkeypatch.setattr(
        "xinyi_sat.facts.management.commands.load_facts.load_fixtures", refusing(OperationalError(error))
    )
    words = at_terminal(monkeypatch, "load_facts")
    assert words.startswith(f"数据库 {settings.DATABASES['default']['NAME']} 用不了：{said}")


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        (OperationalError("connection failed: Connection refused"), error_pages.CHECK_SERVER),
        (ProgrammingError('relation "facts_period" does not exist'), error_pages.FIRST_USE),
    ],
)
def test_a_database_server_that_does_not_answer_is_not_to_be_made_anew(monkeypatch, error, helps):
    monkeypatch.setattr(error_pages, "connection", SimpleNamespace(vendor="postgresql"))
    assert error_pages.explanation(error).endswith(f"{error}。{helps}")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "没有做完，临时文件夹或数据文件夹 .* 所在的磁盘：磁盘已满。",
        ),
        (OSError(errno.EISDIR, "Is a directory", "a/b.json"), "没有做完，a/b.json：那里是一个文件夹"),
        (
            FileNotFoundError(errno.ENOENT, "No usable temporary directory found in []"),
            "没有做完，.*没有能写入的临时文件夹",
        ),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "没有做完，/x：没有权限。它可能属于另一个用户"),
    ],
)
def test_a_disk_that_refuses_a_command_is_said_in_a_line_with_the_file(monkeypatch, error, said):
    monkeypatch.setattr("xinyi_sat.facts.management.commands.load_facts.load_fixtures", refusing(error))
    assert re.match(said, at_terminal(monkeypatch, "load_facts"))


@pytest.mark.parametrize("error", [ZeroDivisionError(), DatabaseError("what?"), OSError(errno.ECONNREFUSED, "refused")])
def test_what_nobody_foresaw_is_not_explained_away(error):
    assert error_pages.explanation(error) == ""


@pytest.fixture
def fixtures(tmp_path, db) -> Path:
    """A folder with the published fixtures, to be changed."""
    return Path(shutil.copytree(project.BASE_DIR / "fixtures", tmp_path / "fixtures"))


def test_a_dump_replaces_all_files_or_none(fixtures, monkeypatch):
    (fixtures / "changes.json").unlink()
    (fixtures / "changes.json").mkdir()
    before = (fixtures / "trainings.json").read_bytes()
    corrected(fact("officials-science-lectures"), participants="1024人")
    said = at_terminal(monkeypatch, "dump_facts", "--fixtures", str(fixtures))
    assert said.startswith(f"没有做完，{fixtures / 'changes.json'}：那里是一个文件夹")
    assert (fixtures / "trainings.json").read_bytes() == before
    assert not list(fixtures.glob(".*"))


def test_a_full_disk_is_not_taken_for_a_fault_of_the_fixtures(fixtures):
    rows = json.loads((fixtures / "trainings.json").read_text(encoding="utf-8"))
    rows[0]["fields"]["note"] = "新的说明"
    (fixtures / "trainings.json").write_text(json.dumps(rows), encoding="utf-8")

    def refuse(execute, sql, params, many, context):
        if sql.startswith('UPDATE "facts_fact"'):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError, match=r"^database or disk is full$"):
        call_command("load_facts", fixtures=fixtures)
