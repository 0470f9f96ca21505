"""A database that no command can use: which one it is, why, and what helps."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError, ProgrammingError

from xinyi_sat.facts import management
from xinyi_sat.facts.management import FIRST_USE, ITS_SERVER, database_trouble


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("no such table: facts_period", "no such table: facts_period。第一次使用请先运行 manage.py serve"),
        (
            "unable to open database file",
            "打不开数据库文件，可能是磁盘已满、没有权限，或者文件夹不存在。第一次使用请先",
        ),
        ("attempt to write a readonly database", "数据库文件是只读的。请用建立它的用户运行，并检查它所在的磁盘。"),
        ("database is locked", "一直占用着，没有做完。请稍后再试。"),
    ],
)
def test_a_database_that_no_command_can_use_is_named_with_what_helps(settings, monkeypatch, error, said):
    monkeypatch.setattr(management, "connection", SimpleNamespace(vendor="sqlite"))
    words = database_trouble(OperationalError(error))
    assert str(settings.DATABASES["default"]["NAME"]) in words
    assert said in words


@pytest.mark.parametrize(
    ("error", "helps"),
    [
        (OperationalError("connection failed: Connection refused"), ITS_SERVER),
        (ProgrammingError('relation "facts_period" does not exist'), FIRST_USE),
    ],
)
def test_a_database_server_that_does_not_answer_is_not_to_be_made_anew(monkeypatch, error, helps):
    monkeypatch.setattr(management, "connection", SimpleNamespace(vendor="postgresql"))
    assert database_trouble(error).endswith(f"{error}。{helps}")
