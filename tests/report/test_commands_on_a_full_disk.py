"""What a disk refuses to a command is a sentence at the terminal, and nothing half-written is left."""

import errno
import os
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.management import call_command

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


def test_where_an_edition_cannot_be_made_none_is_issued(monkeypatch):
    monkeypatch.setattr(issuing, "files_of", refusing(FULL))
    assert re.match(SAID, at_terminal(monkeypatch, "issue_edition", "--reason", "首次发布"))
    assert not Edition.objects.issued().exists()


@pytest.mark.usefixtures("quick")
def test_a_command_that_is_to_be_quiet_says_nothing(tmp_path, capsys):
    call_command("export_report", output=tmp_path / "report.zip", verbosity=0)
    call_command("issue_edition", reason="首次发布", verbosity=0)
    call_command("dump_facts", fixtures=tmp_path, verbosity=0)
    assert capsys.readouterr().out == ""
