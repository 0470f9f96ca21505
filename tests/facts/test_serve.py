"""From a checkout to a running site: what `serve` makes, keeps and refuses, and what set-up promises."""

import errno
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from runpy import run_path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, CommandParser, call_command
from django.db import OperationalError
from packaging.requirements import Requirement

from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.management.commands import serve
from xinyi_sat.facts.models import Organisation

CHECKOUT = Path(project.BASE_DIR)


def free_address() -> str:
    """An address of this machine where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def data_dir(settings, tmp_path):
    """A data folder that isn't there yet."""
    settings.DATA_DIR = tmp_path / "data"
    settings.SECRET_KEY_FILE = settings.DATA_DIR / "secret-key"
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    return settings.DATA_DIR


@pytest.fixture
def server_command(monkeypatch):
    """The command line that `serve` would become; nothing is started."""
    words = []
    monkeypatch.setattr(serve.os, "execv", lambda program, arguments: words.extend(arguments))
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    return words


@pytest.fixture
def commands(monkeypatch):
    """The names of the commands that `serve` calls, in its order; none of them runs."""
    names = []
    monkeypatch.setattr(serve, "call_command", lambda name, **options: names.append(name))
    return names


@pytest.fixture
def empty_site(monkeypatch):
    """A site to which no document was ever loaded."""
    monkeypatch.setattr(serve.Document.objects, "exists", lambda: False)


@pytest.fixture
def first_start(tmp_path):
    """A real first start in a folder of its own: its address, its data folder, what it wrote on the terminal, its process."""
    bind, folder = free_address(), tmp_path / "data"
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ALLOWED_HOSTS")}
    terminal = folder.parent / "terminal"
    with (
        terminal.open("w") as output,
        subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--bind", bind, "--workers", "1"],
            cwd=CHECKOUT,
            env=environment | {"DATA_DIR": str(folder), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield bind, folder, terminal, process
        finally:
            process.kill()


def answer(bind: str, process, path: str = "/") -> int:
    """The status a page answers with, once the server listens; 0 when the command has ended before, or in five minutes."""
    for _ in range(3000):
        try:
            with urlopen(f"http://{bind}{path}", timeout=20) as response:
                return response.status
        except URLError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    return 0


def test_one_command_leads_from_a_checkout_to_a_site_that_stops_when_told(first_start):
    bind, folder, terminal, process = first_start
    assert answer(bind, process) == 200, terminal.read_text()
    with urlopen(f"http://{bind}/") as home:
        linked = re.findall('"(/static/[^"]+)"', home.read().decode())
    assert "/static/facts/site." in "".join(linked)
    assert [path for path in linked if answer(bind, process, path) != 200] == []

    with sqlite3.connect(folder / "xinyi_sat.sqlite3") as database:
        assert database.execute("SELECT COUNT(*) FROM facts_document").fetchone() == (1,)
    database.close()
    assert (folder.stat().st_mode & 0o777, (folder / "secret-key").stat().st_mode & 0o777) == (0o700, 0o600)
    said = terminal.read_text()
    for words in (f"http://{bind}/report.pdf", f"http://{bind}/admin/", "create_admin", str(folder), "Ctrl-C"):
        assert words in said

    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert terminal.read_text() == said, "the server's own lines are few"


@pytest.mark.django_db
def test_a_later_start_loads_nothing_and_keeps_the_key(data_dir, server_command, commands):
    call_command("serve", bind=free_address())
    key = (data_dir / "secret-key").read_text()
    call_command("serve", bind=free_address())
    assert commands == ["migrate", "collectstatic"] * 2
    assert (data_dir / "secret-key").read_text() == key


@pytest.mark.django_db
def test_a_start_takes_uploads_away_that_are_older_than_an_hour(data_dir, server_command, commands):
    old, late = (Kept.keep(SimpleUploadedFile("表.csv", b"x"), {"user": 1, "sort": sort}) for sort in ("old", "late"))
    os.utime(old.folder, (0, 0))
    call_command("serve", bind=free_address())
    assert (old.folder.exists(), late.folder.exists()) == (False, True)


@pytest.mark.django_db
def test_the_first_start_loads_the_facts_once_the_tables_are_there(data_dir, server_command, commands, empty_site):
    call_command("serve", bind=free_address())
    assert commands == ["migrate", "load_facts", "collectstatic"]


@pytest.mark.django_db
def test_a_first_load_that_fails_leaves_nothing_and_starts_nothing(data_dir, server_command, empty_site, monkeypatch):
    def load_half(name, **options):
        if name == "load_facts":
            Organisation.objects.create(slug="half-loaded", name="半途", kind="firm")
            raise ValueError("第 7 条缺少时期")

    monkeypatch.setattr(serve, "call_command", load_half)
    with pytest.raises(CommandError, match=r"首次载入没有成功.*第 7 条缺少时期"):
        call_command("serve", bind=free_address())
    assert not Organisation.objects.filter(slug="half-loaded").exists()
    assert server_command == []


@pytest.mark.django_db
def test_the_server_takes_the_place_of_the_command(data_dir, server_command, commands):
    bind = free_address()
    call_command("serve", bind=bind, workers=3)
    assert server_command[:3] == [sys.executable, "-m", "gunicorn"]
    assert server_command[-1] == "xinyi_sat.wsgi:application"
    assert "--no-control-socket" in server_command
    for option, value in (("--bind", bind), ("--workers", "3")):
        assert server_command[server_command.index(option) + 1] == value


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    file = tmp_path / "secret-key"
    serve.keep_secret_key(file)
    key = file.read_text()
    serve.keep_secret_key(file)
    assert file.read_text() == key
    assert len(key) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_who_makes_the_key_second_keeps_the_first_one(tmp_path, monkeypatch):
    file = tmp_path / "secret-key"
    monkeypatch.setattr(serve, "get_random_secret_key", lambda: file.write_text("the first") and "the second")
    serve.keep_secret_key(file)
    assert file.read_text() == "the first"


def test_an_address_in_use_is_refused_before_anything_is_made(data_dir):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bind = f"127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(CommandError, match="已被占用"):
            call_command("serve", bind=bind)
    assert not data_dir.exists()


def test_a_data_folder_that_cannot_be_made_is_named(data_dir):
    data_dir.write_text("a file in its place")
    with pytest.raises(CommandError, match=f"数据文件夹 {re.escape(str(data_dir))} 不能写入"):
        call_command("serve", bind=free_address())


@pytest.mark.parametrize("below", ["", "below/it"])
def test_a_file_in_place_of_the_data_folder_is_named_and_what_was_expected_there(tmp_path, monkeypatch, below):
    (tmp_path / "file").write_text("a file in its place")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / below))
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"{tmp_path / 'file'} 应是文件夹，却是一个文件。")):
        run_path(str(CHECKOUT / "xinyi_sat" / "settings.py"))


def test_a_key_that_cannot_be_read_is_named_with_the_reason(tmp_path, monkeypatch):
    (tmp_path / "secret-key").mkdir()
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    said = f"读不了密钥文件 {tmp_path / 'secret-key'}（那里是一个文件夹）。"
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)):
        run_path(str(CHECKOUT / "xinyi_sat" / "settings.py"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "数据库不能使用：磁盘已满"),
        (FileExistsError(errno.EEXIST, "File exists"), "数据库不能使用：那里已有同名的文件"),
        (OperationalError("disk I/O error"), "数据库不能使用：磁盘读写出错，可能是磁盘已满"),
        (ValueError("什么"), "数据库不能使用：什么"),
    ],
)
def test_what_the_disk_refuses_is_said_in_words(error, said):
    with pytest.raises(CommandError, match=f"^{said}$"), serve.explained("数据库不能使用"):
        raise error


@pytest.mark.parametrize(
    ("host", "allowed", "answered"),
    [
        ("127.0.0.1", ["127.0.0.1"], True),
        ("192.168.1.10", ["127.0.0.1"], False),
        ("192.168.1.10", ["192.168.1.10"], True),
        ("0.0.0.0", ["127.0.0.1", "localhost", "[::1]"], False),
        ("0.0.0.0", ["127.0.0.1", "192.168.1.10"], True),
    ],
)
def test_an_address_that_readers_cannot_use_is_noticed(settings, host, allowed, answered):
    settings.ALLOWED_HOSTS = allowed
    assert serve.is_allowed(host) is answered


@pytest.mark.parametrize("words", ["8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:http"])
def test_an_address_needs_a_host_and_a_port(words):
    parser = CommandParser(called_from_command_line=False)
    serve.Command().add_arguments(parser)
    with pytest.raises(CommandError, match="应写成 主机:端口"):
        parser.parse_args(["--bind", words])


def test_postgresql_without_its_driver_is_explained_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    monkeypatch.setenv("DATABASE_URL", "postgres://a:b@127.0.0.1/c")
    with pytest.raises(ImproperlyConfigured, match=r"还没有安装它的驱动。.*constraints\.txt 'psycopg\[binary\]'"):
        run_path(str(CHECKOUT / "xinyi_sat" / "settings.py"))


def test_the_printer_finds_harfbuzz_subset():
    from weasyprint.text import ffi

    assert ffi.harfbuzz_subset is not None, "without libharfbuzz-subset0 a PDF takes ten times as long"


def test_every_package_is_pinned_to_a_version_that_is_wanted():
    declared = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    wanted = map(Requirement, declared["project"]["dependencies"] + declared["dependency-groups"]["dev"])
    lines = (CHECKOUT / ".ci" / "constraints.txt").read_text().splitlines()
    pinned = {pin.name.lower(): pin.specifier for pin in map(Requirement, lines[1:])}
    for requirement in wanted:
        [pin] = pinned.get(requirement.name.lower(), [None])
        assert pin is not None, f"{requirement.name} is not pinned; run bash .ci/lock"
        assert pin.operator == "=="
        assert requirement.specifier.contains(pin.version), f"{requirement} is not what is pinned; run bash .ci/lock"
