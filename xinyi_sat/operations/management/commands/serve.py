"""`serve`: from a checkout to a running site."""

import argparse
import os
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.management.base import DjangoHelpFormatter
from django.db import connections

import xinyi_sat.settings
from xinyi_sat.operations.address import EVERY_ADDRESS, Address
from xinyi_sat.operations.data_folder import folder_to_oneself, prepare
from xinyi_sat.operations.processes import TaskWorker, run, web_server


class HelpFormatter(DjangoHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Leaves the table of the environment's variables in its lines."""


class Command(BaseCommand):
    """Serve the site; safe to stop and to start again."""

    help = "准备数据文件夹、数据库和静态文件，首次启动时载入事实，然后运行网站和后台任务。"

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """With the settings below the options."""
        variables = xinyi_sat.settings.__doc__.partition("\n\n")[2]
        kwargs |= {"formatter_class": HelpFormatter, "epilog": f"环境变量：\n{variables}"}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind", type=bound, default="127.0.0.1:8000", metavar="主机:端口", help="默认 127.0.0.1:8000"
        )
        parser.add_argument("--workers", type=positive, default=2, metavar="N", help="网站的进程数，默认 2")
        parser.add_argument("--no-worker", action="store_true", help="不运行后台任务；请在别处运行 manage.py db_worker")

    def handle(self, *, bind: Address, workers: int, no_worker: bool, **options: Any) -> None:
        bind.refuse_taken()
        with ExitStack() as alone:
            alone.enter_context(folder_to_oneself(self.say))
            try:
                prepare(self.say)
                bind.refuse_taken()  # by another start, for which this one has waited
                worker = None if no_worker else TaskWorker(self.say)
                words = self.welcome(bind)
            except KeyboardInterrupt:
                raise CommandError("已取消。再次启动时会接着准备。", returncode=130) from None
            connections.close_all()
            try:
                run(web_server(bind, workers), bind, worker, lambda: (alone.close(), self.say(words)))
            except KeyboardInterrupt:
                self.say("已停止。")

    def say(self, words: str) -> None:
        """Print something for whoever is at the terminal now."""
        self.stdout.write(words)
        self.stdout.flush()

    def welcome(self, bind: Address) -> str:
        """Where the site is, what is still to be done, and how it is stopped."""
        lines = [f"\n网站：{bind.url}/", f"报告：{bind.url}/report.pdf", f"后台：{bind.url}/admin/"]
        if not get_user_model().objects.filter(is_superuser=True).exists():
            folder = f"DATA_DIR={settings.DATA_DIR} " if "DATA_DIR" in os.environ else ""
            lines.append(f"还没有管理员。请另开一个终端，在 {settings.BASE_DIR} 中运行：")
            lines.append(f"    {folder}.venv/bin/python manage.py create_admin")
        if not bind.is_allowed():
            where = "本机在网络中的" if bind.host in EVERY_ADDRESS else f" {bind.host} 这个"
            lines.append(
                f"注意：ALLOWED_HOSTS 没有列出{where}地址，其他电脑的访问会被拒绝。"
                "启动前请设置，例如：ALLOWED_HOSTS=127.0.0.1,192.168.1.10"
            )
        lines += [f"数据：{settings.DATA_DIR}", f"停止：按 Ctrl-C，或运行 kill {os.getpid()}"]
        return "\n".join(lines)


def bound(text: str) -> Address:
    """The address that is typed after --bind."""
    try:
        return Address.read(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def positive(text: str) -> int:
    """A count of at least one."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("应为 1 以上的整数")
    return int(text)
