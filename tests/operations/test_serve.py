"""From a checkout to a running site: what `serve` makes, keeps, watches and ends."""

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from tests.operations.site import RunningSite, free_address, start, still_running

pytestmark = pytest.mark.slow


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Callable[..., RunningSite]]:
    """Starts sites on one data folder, which was made beforehand for everybody to read, at one address."""
    (tmp_path / "data").mkdir(mode=0o755)
    started, bind = [], free_address()

    def one_more(*options: str) -> RunningSite:
        started.append(start(tmp_path / "data", bind, tmp_path / f"terminal-{len(started)}", *options))
        return started[-1]

    yield one_more
    for site in started:
        site.process.kill()
        site.process.wait()


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def says(database: Path, question: str) -> list[tuple]:
    """What a database says."""
    with closing(sqlite3.connect(database)) as site:
        return site.execute(question).fetchall()


def documents_in(folder: Path) -> int:
    return says(folder / "xinyi_sat.sqlite3", "SELECT COUNT(*) FROM facts_document")[0][0]


def test_one_command_leads_from_a_checkout_to_a_site_that_stops_when_told(sites, tmp_path):
    site, folder = sites(), tmp_path / "data"
    assert site.answer() == 200, site.said
    with urlopen(f"http://{site.bind}/") as home:
        linked = re.findall('"(/static/[^"]+)"', home.read().decode())
    assert "/static/pages/site." in "".join(linked)
    assert [path for path in linked if site.answer(path) != 200] == []
    assert documents_in(folder) == 1
    assert [mode_of(path) for path in (folder, folder / "secret-key", folder / "xinyi_sat.sqlite3")] == [
        0o700,
        0o600,
        0o600,
    ]
    assert site.answer(f"/figures/?q={quote('科' * 2000)}") == 200, "and not refused by the web server, in English"
    for words in (f"http://{site.bind}/report.pdf", f"http://{site.bind}/admin/", "create_admin", str(folder)):
        assert words in site.said
    said, below = site.said, [site.waits_for("db_worker"), *site.processes("granian")]

    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(30) == 0
    assert site.said == f"{said}已停止。\n", "the processes have nothing to say of their own"
    assert still_running(below) == []


def test_a_worker_that_is_killed_is_started_again_and_a_killed_web_server_ends_all(sites):
    site = sites()
    assert site.answer() == 200, site.said
    first = site.waits_for("db_worker")
    os.kill(first, signal.SIGKILL)
    while site.waits_for("db_worker") == first:
        time.sleep(0.1)
    assert "后台任务进程意外结束（代码 -9），即将重新启动。" in site.said
    assert site.answer() == 200
    server, *below = site.processes("granian")
    os.kill(server, signal.SIGKILL)
    assert site.process.wait(30) == 1
    assert "未完成: 网站进程意外结束（代码 -9）。" in site.said
    assert still_running(below) == []


def test_when_serve_itself_is_killed_nothing_goes_on_without_it(sites):
    site = sites()
    assert site.answer() == 200, site.said
    below = [site.waits_for("db_worker"), *site.processes("granian")]
    site.process.kill()
    assert still_running(below) == []


def kill_both(site: RunningSite, worker: int) -> None:
    """As a machine that loses its power."""
    site.process.kill()
    os.kill(worker, signal.SIGKILL)


def tell_both_to_end(site: RunningSite, worker: int) -> None:
    """As systemd does; then `serve` tells its worker once more."""
    os.kill(worker, signal.SIGTERM)
    site.process.terminate()


@pytest.mark.parametrize("stop", [kill_both, tell_both_to_end])
def test_files_whose_making_was_stopped_are_made_at_the_next_start(sites, tmp_path, stop):
    site, database = sites(), tmp_path / "data" / "xinyi_sat.sqlite3"
    assert site.answer() == 200, site.said
    worker = site.waits_for("db_worker")
    while says(database, "SELECT status FROM django_tasks_database_dbtaskresult") != [("RUNNING",)]:
        time.sleep(0.01)
    stop(site, worker)
    site.process.wait(30)
    assert still_running([worker]) == []
    assert says(database, "SELECT COUNT(*) FROM report_publishedfile") < [(4,)]
    later = sites()
    assert [later.answer(f"/{name}") for name in ("report.pdf", "report.xlsx", "report.docx", "data.zip")] == [200] * 4
    assert "FAILED" not in says(database, "SELECT group_concat(status) FROM django_tasks_database_dbtaskresult")[0][0]


def test_of_two_first_starts_at_once_one_serves_and_the_other_says_why_it_does_not(sites, tmp_path):
    both = [sites(), sites()]
    assert both[0].answer() == both[1].answer() == 200
    while all(site.process.poll() is None for site in both):
        time.sleep(0.1)
    [ended] = [site for site in both if site.process.poll() is not None]
    assert f"{ended.bind} 已被占用，可能网站已经在运行。" in ended.said
    assert documents_in(tmp_path / "data") == 1


def test_a_later_start_keeps_the_key_and_what_was_corrected_and_may_leave_the_tasks_to_others(sites, tmp_path):
    first, key, database = sites(), tmp_path / "data" / "secret-key", tmp_path / "data" / "xinyi_sat.sqlite3"
    assert first.answer() == 200, first.said
    first.process.terminate()
    assert first.process.wait(30) == 0
    made = key.read_text()
    with closing(sqlite3.connect(database)) as records, records:
        records.execute("UPDATE facts_period SET title = '更正过的时期'")

    later = sites("--no-worker")
    assert later.answer() == 200, later.said
    assert later.processes("granian")
    assert later.processes("db_worker") == []
    assert "首次启动" not in later.said
    with closing(sqlite3.connect(database)) as records:
        assert records.execute("SELECT title FROM facts_period").fetchone() == ("更正过的时期",)
    assert key.read_text() == made
