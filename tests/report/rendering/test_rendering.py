"""Files of the report are made once, outside the request, within limits, and kept until the records change."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import BoundedSemaphore
from urllib.parse import quote

import pytest
from django.db import connection

from outreach.models import Training
from tests.changes import corrected
from tests.database import records_as_a_file
from tests.report.office import SITE
from tests.report.rendering.shelves import log, order
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.jobs.locks import locked
from xinyi_sat.report.archive import file_in
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.rendering import answers, children, waiting
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.render import Failed, Ready, Render, UnderWay
from xinyi_sat.report.rendering.revision import state_of_records
from xinyi_sat.report.rendering.shelf import read_json, shelf, tidy, write_json

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_shelf")]
START_CHILD = children.start_child
SITE_OF_TESTS = Site(SITE)
READER = {"Accept": "text/html,application/xhtml+xml"}


def database_of_tests() -> str:
    """The address of a database server's database of the published facts; what this test changes others don't see."""
    one = connection.settings_dict
    return f"postgres://{one['USER']}:{quote(one['PASSWORD'], safe='')}@{one['HOST']}:{one['PORT']}/{one['NAME']}"


@pytest.fixture
def started(monkeypatch, tmp_path) -> list:
    """Children that do work, in a process of their own: what was started, as it comes."""
    is_file = connection.vendor == "sqlite"
    url = records_as_a_file(tmp_path / "copy.sqlite3") if is_file else database_of_tests()
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    processes: list = []
    monkeypatch.setattr(children, "start_child", lambda *given: processes.append(START_CHILD(*given)))
    return processes


def settled(asked: Order) -> Ready | Failed:
    """How it ends."""
    return waiting.waited_for(asked, lambda: asked, 60)


def test_however_many_ask_at_once_one_child_makes_the_file(started):
    asked = order()
    with ThreadPoolExecutor(50) as askers:
        answered = list(askers.map(settled, [asked] * 50))
    assert len(started) == len(log()) == 1
    assert len({one.content for one in answered}) == 1
    assert answered[0].content.startswith(b"PK")
    assert settled(asked).content == answered[0].content
    assert len(started) == 1


def test_a_child_that_is_killed_leaves_nothing_and_the_next_one_makes_it_whole(started):
    asked = order("docx", Service.DECISIONS)
    render = Render(asked)
    assert isinstance(render.state(), UnderWay)
    while not read_json(render.progress).get("done"):
        time.sleep(0.02)
        assert started[0].poll() is None
    os.kill(started[0].pid, signal.SIGKILL)
    started[0].wait()
    assert list(shelf().glob("*.file")) == []
    answered = settled(asked)
    assert len(started) == 2
    assert len(log()) == 1
    assert [path.name for path in shelf().iterdir() if path.suffix in (".work", ".progress", ".note")] == []
    assert answered.content == FORMATS["docx"].write(asked.scope, SITE_OF_TESTS)


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("RENDER_SECONDS", "1", "超过了 1 秒的上限"), ("RENDER_MEGABYTES", "60", "超过了每个进程 60 MB 内存的上限")],
)
def test_a_render_beyond_its_limits_is_stopped_and_the_page_says_why(
    client, started, monkeypatch, limit, value, reason
):
    monkeypatch.setenv(limit, value)
    page = client.get("/report.pdf", headers={"Accept": "*/*"})
    assert page.status_code == 503
    assert reason in page.content.decode()
    assert f"把 {limit} 设大一些" in page.content.decode()
    assert list(shelf().glob("*.file")) == []
    again = client.get("/report.pdf")
    assert reason in again.content.decode()
    assert len(started) == 1


def test_what_is_killed_again_and_again_is_given_up_with_a_reason(client, monkeypatch):
    tried: list = []
    monkeypatch.setattr(children, "start_child", lambda *given: tried.append(given))  # as good as killed
    page = client.get("/report.pdf")
    assert len(tried) == 3
    assert page.status_code == 503
    assert "几次都中途被系统终止" in page.content.decode()
    client.get("/report.pdf")
    assert len(tried) == 3


def test_what_failed_is_tried_again_after_a_while_and_when_the_records_change(client, monkeypatch):
    monkeypatch.setattr(children, "start_child", lambda *given: None)
    assert client.get("/data.zip").status_code == 503
    monkeypatch.undo()
    render = Render(order())
    assert isinstance(render.state(), Failed)
    write_json(render.note, read_json(render.note) | {"at": time.time() - 301})
    assert not isinstance(render.state(), Failed)
    corrected(Training.objects.get(slug="continuing-education"), participants="2343人")
    assert not Render(order()).note.exists()


def test_a_correction_makes_a_new_file_and_the_old_one_stays_as_it_was(client):
    before = client.get("/data.zip")
    corrected(Training.objects.get(slug="continuing-education"), participants="2343人")
    after = client.get("/data.zip")
    assert "2343人" in file_in(after.content, "figures.csv").decode()
    assert "2343人" not in file_in(before.content, "figures.csv").decode()
    assert before["ETag"] != after["ETag"]
    assert len(list(shelf().glob("*.file"))) == 2


def test_records_that_change_while_a_file_is_made_are_in_the_file_that_is_given(client, monkeypatch):
    write, changed = FORMATS["zip"].write, []

    def interrupted(*given):
        content = write(*given)
        if not changed:
            changed.append(corrected(Training.objects.get(slug="continuing-education"), participants="2343人"))
        return content

    monkeypatch.setitem(FORMATS, "zip", replace(FORMATS["zip"], write=interrupted))
    assert client.get("/data.zip").content == write(review_scope(), SITE_OF_TESTS)
    assert len(log()) == 2


def test_a_file_that_a_browser_has_is_not_sent_again(client):
    first = client.get("/data.zip")
    again = client.get("/data.zip", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache"
    assert len(log()) == 1


@pytest.fixture
def under_way(monkeypatch) -> Iterator[Render]:
    """A render of the PDF that somebody else works on, and nobody waits for long."""
    monkeypatch.setattr(answers, "READER_WAITS", 0)
    monkeypatch.setattr(answers, "PROGRAM_WAITS", 0)
    render = Render(order("pdf"))
    write_json(render.progress, {"attempt": 1, "since": time.time() - 12, "done": 2, "total": 9})
    lock = locked(render.lock)
    yield render
    os.close(lock)


def test_a_reader_sees_how_far_a_file_is_on_a_page_that_looks_again(client, under_way):
    page = client.get("/report.pdf", headers=READER)
    assert page.status_code == 202
    assert (page["Refresh"], page["Cache-Control"], page["Vary"]) == ("2", "no-store", "Accept")
    text = page.content.decode()
    assert "正在写第 3 章，共 9 章。" in text
    assert "已用 12 秒" in text
    assert '<progress value="2" max="9"' in text
    assert "<script" not in text
    assert "<p>新沂市科学技术协会工作回顾数据报告（2017—2021年），PDF</p>" in text


@pytest.mark.parametrize("ending", ["xlsx", "docx", "zip"])
def test_a_page_that_stays_after_a_download_says_that_it_can_be_left(client, monkeypatch, ending):
    monkeypatch.setattr(answers, "READER_WAITS", 0)
    monkeypatch.setattr(children, "start_child", lambda *given: None)
    address = "/data.zip" if ending == "zip" else f"/report.{ending}"
    text = client.get(address, {"kind": "award"}, headers=READER).content.decode()
    assert f"<p>新沂市科学技术协会工作回顾数据报告（2017—2021年　奖项），{FORMATS[ending].label}</p>" in text
    assert "浏览器会自动下载这个文件，这一页不再变化，就可以离开了" in text
    assert '<a href="/">返回首页</a>' in text
    assert "正在生成文件" not in text


def test_a_page_says_when_all_chapters_are_printed(client, under_way):
    under_way.heard(9, 9)
    assert "正在合成一份文件" in client.get("/report.pdf", headers=READER).content.decode()


def test_a_program_that_has_waited_long_enough_is_told_to_come_again(client, under_way):
    answer = client.get("/report.pdf", headers={"Accept": "*/*"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer.content.decode() == "正在写第 3 章，共 9 章。请稍后再取。\n"


def test_no_more_than_the_house_holds_wait_at_once(client, under_way, monkeypatch):
    monkeypatch.setattr(waiting, "WAITERS", BoundedSemaphore(1))
    monkeypatch.setattr(answers, "PROGRAM_WAITS", 60)
    waiting.WAITERS.acquire()
    started = time.monotonic()
    assert client.get("/report.pdf").status_code == 503
    assert client.get("/report.pdf", headers=READER).status_code == 202
    assert time.monotonic() - started < 30


def test_as_many_files_as_may_be_are_made_at_once(client, settings, monkeypatch):
    monkeypatch.setattr(answers, "READER_WAITS", 0)
    held = [locked(shelf() / f"slot-{number}.lock") for number in range(settings.RENDERS_AT_ONCE)]
    page = client.get("/report.pdf", headers=READER)
    assert page.status_code == 202
    assert "前面还有别的文件正在生成" in page.content.decode()
    os.close(held[1])
    assert isinstance(settled(order()), Ready)
    os.close(held[0])


def test_the_files_used_last_are_kept(settings, client):
    made = [shelf() / f"{name}.file" for name in "abc"]
    for age, path in enumerate(made):
        path.write_bytes(b"")
        os.utime(path, (0, 1_000_000 - age))
    left = shelf() / ".a.file.half"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    tidy(2)
    assert [path.name for path in sorted(shelf().iterdir())] == ["a.file", "b.file"]
    client.get("/data.zip")
    assert made[0].exists()


def test_the_state_of_the_records_is_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        state_of_records()
