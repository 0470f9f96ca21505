"""From a checkout to a running site: make what is missing in the data folder, then become the server."""

import argparse
import errno
import io
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.utils import get_random_secret_key
from django.db import connections, transaction
from django.http.request import validate_host

from xinyi_sat.facts.files import refusal_in_words
from xinyi_sat.facts.jobs.kept import clear_uploads
from xinyi_sat.facts.models import Document

EVERY_ADDRESS = {"0.0.0.0", "[::]"}
THIS_MACHINE = {"127.0.0.1", "localhost", "[::1]"}
REFUSALS = {
    errno.EADDRINUSE: "{address} 已被占用，可能网站已经在运行。请先停止它，或用 --bind 换一个端口。",
    errno.EADDRNOTAVAIL: "本机没有 {address} 这个地址。",
    errno.EACCES: "没有使用 {address} 的权限。1024 以下的端口要由 root 使用，请换一个端口，例如 8000。",
}


class Command(BaseCommand):
    """Serve the site; safe to stop and to start again."""

    help = "准备数据文件夹、数据库和静态文件，首次启动时载入事实，然后启动网站。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--bind", type=address, default="127.0.0.1:8000", metavar="主机:端口", help="默认 127.0.0.1:8000"
        )
        parser.add_argument("--workers", type=positive, default=2, metavar="N", help="服务进程数，默认 2")

    def handle(self, *, bind, workers, **options):
        try:
            refuse_taken(bind)
            self.prepare()
            self.tell(bind)
        except KeyboardInterrupt:
            raise CommandError("已取消。再次启动时会接着准备。", returncode=130) from None
        become_server(bind, workers)

    def prepare(self):
        with explained(f"数据文件夹 {settings.DATA_DIR} 不能写入"):
            settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
            keep_secret_key(settings.SECRET_KEY_FILE)
            clear_uploads()
        self.stdout.write("正在准备数据库……")
        with explained("数据库不能使用"):
            call_command("migrate", interactive=False, verbosity=0)
            is_first_start = not Document.objects.exists()
        if is_first_start:
            self.stdout.write("首次启动，正在载入事实……")
            with explained("首次载入没有成功，数据库中没有留下任何事实"), transaction.atomic():
                call_command("load_facts", stdout=io.StringIO())
        self.stdout.write("正在准备静态文件……")
        with explained(f"静态文件不能写入 {settings.STATIC_ROOT}"):
            call_command("collectstatic", interactive=False, verbosity=0)

    def tell(self, bind: str):
        host, _, port = bind.rpartition(":")
        site = f"http://{'127.0.0.1' if host in EVERY_ADDRESS else host}:{port}"
        self.stdout.write(f"\n网站：{site}/\n报告：{site}/report.pdf\n后台：{site}/admin/")
        if not get_user_model().objects.filter(is_superuser=True).exists():
            folder = f"DATA_DIR={settings.DATA_DIR} " if "DATA_DIR" in os.environ else ""
            self.stdout.write(
                f"还没有管理员。请另开一个终端，在 {settings.BASE_DIR} 中运行：\n"
                f"    {folder}.venv/bin/python manage.py create_admin"
            )
        if not is_allowed(host):
            self.stdout.write(
                f"注意：ALLOWED_HOSTS 没有列出{'本机在网络中的' if host in EVERY_ADDRESS else ' ' + host + ' 这个'}地址，"
                "其他电脑的访问会被拒绝。启动前请设置，例如：ALLOWED_HOSTS=127.0.0.1,192.168.1.10"
            )
        self.stdout.write(f"数据：{settings.DATA_DIR}\n停止：按 Ctrl-C，或运行 kill {os.getpid()}\n")
        self.stdout.flush()


def address(text: str) -> str:
    """HOST:PORT as given on the command line."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise argparse.ArgumentTypeError("应写成 主机:端口，例如 127.0.0.1:8000")
    return text


def positive(text: str) -> int:
    """A count of at least one."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("应为 1 以上的整数")
    return int(text)


def refuse_taken(bind: str) -> None:
    """Fail before anything is made where the server could not listen afterwards."""
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except OSError as error:
        raise CommandError(
            REFUSALS.get(error.errno, "{address} 不能使用：{error}").format(address=bind, error=error)
        ) from error


def is_allowed(host: str) -> bool:
    """Whether the site answers readers who come by this address."""
    if host in EVERY_ADDRESS:
        return not set(settings.ALLOWED_HOSTS) <= THIS_MACHINE
    return validate_host(host.lower(), settings.ALLOWED_HOSTS)


@contextmanager
def explained(trouble: str) -> Iterator[None]:
    """Whatever goes wrong, the person at the terminal reads one sentence; `--traceback` shows the rest."""
    try:
        yield
    except Exception as error:
        raise CommandError(f"{trouble}：{refusal_in_words(error) or error}") from error


def keep_secret_key(file: Path) -> None:
    """Make the key once, whole or not at all; who comes second keeps the first one's."""
    if file.exists() and file.read_text().strip():
        return
    file.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".key-") as draft:
        draft.write(get_random_secret_key())
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)


def become_server(bind: str, workers: int) -> None:
    """Let gunicorn take this process's place, so that signals and the process id are the server's."""
    connections.close_all()
    options = {
        "--bind": bind,
        "--workers": str(workers),
        "--worker-class": "gthread",
        "--threads": str(settings.SERVER_THREADS),
        "--timeout": "120",
        "--graceful-timeout": "10",
        "--limit-request-line": "8190",  # A long search is answered by the site, in Chinese, and not by gunicorn.
        "--log-level": "warning",  # The staff read this terminal.
        "--chdir": str(settings.BASE_DIR),
    }
    words = [word for option in options.items() for word in option]
    os.execv(
        sys.executable, [sys.executable, "-m", "gunicorn", "--no-control-socket", *words, "xinyi_sat.wsgi:application"]
    )
