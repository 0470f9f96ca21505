"""A disk that damages what lies on it, or takes nothing more: files are made again, or the reader learns why not."""

import errno
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.rendering.shelves import log, order
from xinyi_sat.facts.files import REASONS, UnwritableFile
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.rendering.render import Failed, Render
from xinyi_sat.report.rendering.shelf import read_json, shelf, write_json

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_shelf")]


@pytest.mark.parametrize("left", [b"", b"half", None])
def test_a_finished_file_that_was_damaged_is_made_again(client, left):
    first = client.get("/data.zip").content
    (path,) = shelf().glob("*.file")
    path.write_bytes(path.read_bytes()[:-1] + b"?" if left is None else left)
    assert client.get("/data.zip").content == first
    assert len(log()) == 2


@pytest.mark.parametrize("ending", [".note", ".progress"])
def test_a_word_of_a_render_that_was_emptied_is_taken_for_none(client, ending):
    (shelf() / f"{order().key}{ending}").write_bytes(b"")
    assert client.get("/data.zip").content.startswith(b"PK")


def refusing(number: int) -> Callable:
    """What a full disk says to who writes."""

    def refuse(*given, **named):
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_reader_is_told_that_the_disk_refuses_the_file_and_soon_after_it_is_tried_again(client, monkeypatch):
    monkeypatch.setitem(FORMATS, "zip", replace(FORMATS["zip"], write=refusing(errno.ENOSPC)))
    page = client.get("/data.zip")
    assert page.status_code == 503
    text = page.content.decode()
    assert "文件暂时不能生成" in text
    assert "服务器写不了文件：磁盘已满。" in text
    assert "清理出空间，再打开这一页就会重新生成" in text
    monkeypatch.undo()
    render = Render(order())
    assert isinstance(render.state(), Failed)
    write_json(render.note, read_json(render.note) | {"at": time.time() - 6})
    assert not isinstance(render.state(), Failed)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_shelf_that_takes_nothing_is_no_traceback_and_is_looked_at_each_time(client, monkeypatch, caplog, number):
    monkeypatch.setattr(Path, "mkdir", refusing(number))
    page = client.get("/data.zip")
    assert page.status_code == 503
    assert f"服务器写不了文件：{REASONS[number]}。" in page.content.decode()
    assert [record.exc_info for record in caplog.records if record.exc_info] == []
    monkeypatch.undo()
    assert client.get("/data.zip").status_code == 200


def test_a_file_that_lies_on_a_shelf_of_which_nothing_can_be_changed_is_given(client, monkeypatch):
    client.get("/data.zip")
    monkeypatch.setattr(os, "utime", refusing(errno.EROFS))
    assert client.get("/data.zip").status_code == 200


def test_a_note_finds_room_on_a_disk_that_the_render_itself_has_filled(client, monkeypatch):
    written = []

    def write_where_there_is_room(path, said):
        written.append(path.suffix)
        if render.work.exists() or render.progress.exists():
            raise UnwritableFile(path, REASONS[errno.ENOSPC])
        write_json(path, said)

    render = Render(order())
    render.work.mkdir()
    write_json(render.progress, {"attempt": 1})
    monkeypatch.setattr("xinyi_sat.report.rendering.render.write_json", write_where_there_is_room)
    render.heard(1, 2)
    render.fail(Failed("磁盘已满"))
    assert written == [".progress", ".note"]
    assert render.outcome() == Failed("磁盘已满")
