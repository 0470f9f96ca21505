"""What is done at the terminal."""

import gettext
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection

from xinyi_sat.facts.files import UnwritableFile, disk_trouble, refusal_in_words
from xinyi_sat.facts.programs import MissingProgram

UNFINISHED = "未完成"  # what a command says before the reason for which it could not be done
FIRST_USE = "第一次使用请先运行 manage.py serve，它会建好数据库并载入记录。"
ITS_DISK = "请用建立它的用户运行，并检查它所在的磁盘。"
ITS_SERVERS_DISK = "请检查数据库服务器的磁盘。"
ITS_SERVER = "请检查数据库服务器是否在运行，DATABASE_URL 写的主机、用户、口令和库名是否正确。"
LOCALE = Path(__file__).resolve().parents[1] / "locale"


def speak_chinese() -> None:
    """Let Python say in Chinese what is wrong with what is typed after the name of a command, of any command."""
    os.environ["LANGUAGE"] = "zh_Hans"
    gettext.bindtextdomain("argparse", LOCALE)
    gettext.textdomain("argparse")


class FileCommand(BaseCommand):
    """A command that reads or writes files: what a disk refuses it says in a sentence."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Do it; CommandError where a disk refuses."""
        try:
            return super().execute(*args, **options)
        except (CommandError, DatabaseError, BrokenPipeError):
            raise
        except Exception as error:
            if said := refusal(error):
                raise CommandError(said) from error
            raise


def refusal(error: Exception) -> str:
    """What a disk refused, and where, or which program it has not, in a sentence; empty where the error is another one."""
    if isinstance(error, UnwritableFile | MissingProgram):
        return str(error)
    reason = refusal_in_words(error)
    where = getattr(error, "filename", None) or f"临时文件夹或数据文件夹 {settings.DATA_DIR} 所在的磁盘"
    return reason and f"没有做完，{where}：{reason}。"


def database_trouble(error: DatabaseError) -> str:
    """Why a command could not use the database, which one that is, and what helps."""
    name = settings.DATABASES["default"]["NAME"]
    if "database is locked" in str(error):
        return f"有别人正在保存，数据库 {name} 一直占用着，没有做完。请稍后再试。"
    return f"数据库 {name} 用不了：{disk_trouble(error) or error}。{what_helps(error)}"


def what_helps(error: DatabaseError) -> str:
    """What to look at where a database can't be used: the server it has, its file, or whether it was made at all."""
    is_of_the_disk = disk_trouble(error) and "unable to open" not in str(error)
    if connection.vendor != "sqlite" and isinstance(error, OperationalError):
        return ITS_SERVERS_DISK if is_of_the_disk else ITS_SERVER
    return ITS_DISK if is_of_the_disk else FIRST_USE
