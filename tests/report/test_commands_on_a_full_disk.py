"""What a disk refuses to a command is a sentence at the terminal, and nothing half-written is left."""

import errno
import os
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.terminal import at_terminal
from xinyi_sat.report.editions import issuing
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
    assert re.match(SAID, at_terminal(monkeypatch, "export_report", "--output", str(tmp_path / "report.zip")))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("nowhere/report.zip", "没有做完，nowhere/report.zip：文件或文件夹不存在。"),
        ("/dev/null", "没有做完，/dev/null：那里不是普通文件，请写明一个文件名。"),
        ("/dev", "没有做完，/dev：那里是一个文件夹，请写明一个文件名。"),
    ],
)
def test_where_no_file_can_be_put_none_is_made(monkeypatch, output, message):
    assert at_terminal(monkeypatch, "export_report", "--output", output, "--format", "zip") == message


def test_where_an_edition_cannot_be_made_none_is_issued(monkeypatch):
    monkeypatch.setattr(issuing, "files_of", refusing(FULL))
    assert re.match(SAID, at_terminal(monkeypatch, "issue_edition", "--reason", "首次发布"))
    assert not Edition.objects.issued().exists()
