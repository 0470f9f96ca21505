"""What is done at the terminal."""

from django.conf import settings
from django.db import DatabaseError

from xinyi_sat.facts.files import disk_trouble

UNFINISHED = "未完成"  # what a command says before the reason for which it could not be done
FIRST_USE = "第一次使用请先运行 manage.py serve，它会建好数据库并载入记录。"
ITS_DISK = "请用建立它的用户运行，并检查它所在的磁盘。"


def database_trouble(error: DatabaseError) -> str:
    """Why a command could not use the database, which one that is, and what helps."""
    name = settings.DATABASES["default"]["NAME"]
    if "database is locked" in str(error):
        return f"有别人正在保存，数据库 {name} 一直占用着，没有做完。请稍后再试。"
    advice = FIRST_USE if is_missing(error) else ITS_DISK
    return f"数据库 {name} 用不了：{disk_trouble(error) or error}。{advice}"


def is_missing(error: DatabaseError) -> bool:
    """Whether the database may simply not have been made yet."""
    return "unable to open" in str(error) or not disk_trouble(error)
