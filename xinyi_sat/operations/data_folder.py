"""What a start makes in the data folder: tables, records, static files, and last of all the secret key.

A folder that has a key was prepared wholly before. Beside it a database without records is one that was lost.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.utils import get_random_secret_key
from django.db import DatabaseError, connection, transaction

from xinyi_sat.facts.atomic_files import write_whole
from xinyi_sat.facts.models import Document
from xinyi_sat.report.publishing.making import enqueue_publishing_all

OF_AN_UNFINISHED_START = {"static", "lost+found"}
LOST = (
    "数据文件夹 {folder} 里已有 {found}，数据库 {database} 却不在或是空的，可能是丢了。什么也没有改动。\n"
    "要恢复：{restore}，再启动。\n"
    "要重新开始：先把 {folder} 里的 {found} 移到别处，再启动。会重新载入记录，以前在网站上作的更正都不再有。"
)


@contextmanager
def folder_to_oneself(say: Callable[[str], None]) -> Iterator[None]:
    """Make the data folder and hold its lock: of two starts at once one prepares it, and the other waits."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(settings.DATA_DIR, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("这个数据文件夹正由另一次启动准备，请稍候……")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def prepare(say: Callable[[str], None]) -> None:
    """Make what is missing in the folder and the database; CommandError where what was there has been lost."""
    refuse_damaged_database()
    refuse_lost_database()
    say("正在准备数据库……")
    call_command("migrate", interactive=False, verbosity=0)
    make_private(say)
    if not Document.objects.exists():
        say("首次启动，正在载入事实……")
        with transaction.atomic():
            call_command("load_facts", stdout=StringIO())
    enqueue_publishing_all()  # of another version of the program they may look different, and a disk may have lost some
    say("正在准备静态文件……")
    call_command("collectstatic", interactive=False, verbosity=0)
    make_secret_key(settings.SECRET_KEY_FILE)


def database_file() -> Path | None:
    """The file of an SQLite database that is there; none of another sort, in memory, or not made yet."""
    name = Path(str(connection.settings_dict["NAME"]))
    is_there = connection.vendor == "sqlite" and name.is_absolute() and name.exists() and name.stat().st_size
    return name if is_there else None


def refuse_damaged_database() -> None:
    """DatabaseError where SQLite finds that its file is not sound."""
    if database_file() is None:
        return
    with connection.cursor() as cursor:
        [said] = cursor.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise DatabaseError(f"database disk image is malformed: {said}")


def refuse_lost_database() -> None:
    """CommandError where the folder has been in use and the database has no record: filled silently, it would pass for the old one."""
    name = connection.settings_dict["NAME"]
    ours = Path(str(name)).name
    found = [
        path.name
        for path in sorted(settings.DATA_DIR.iterdir())
        if path.name not in OF_AN_UNFINISHED_START and not path.name.startswith((".", ours))
    ]
    if not found or has_records():
        return
    restore = f"把备份的数据库放回 {name}"
    if connection.vendor != "sqlite":
        restore = "检查 DATABASE_URL 写的是不是原来的数据库，或把备份导入这个数据库"
    raise CommandError(LOST.format(folder=settings.DATA_DIR, found="、".join(found), database=name, restore=restore))


def has_records() -> bool:
    """Whether a document was ever loaded; the database, its tables and its file need not be there."""
    if connection.vendor == "sqlite" and database_file() is None:
        return False
    return Document._meta.db_table in connection.introspection.table_names() and Document.objects.exists()


def make_private(say: Callable[[str], None]) -> None:
    """Let nobody but the user of the site read the folder and the database; say so where the disk can't."""
    file = database_file()
    try:
        settings.DATA_DIR.chmod(0o700)
        for path in file.parent.glob(f"{file.name}*") if file else ():
            path.chmod(0o600)
    except PermissionError:
        say(f"注意：不能把 {settings.DATA_DIR} 设为只有本用户可读，请检查它的权限。")


def make_secret_key(file: Path) -> None:
    """Make the key where there is none, whole or not at all, and for its owner alone."""
    if not (file.exists() and file.read_text().strip()):
        write_whole(file, get_random_secret_key().encode(), mode=0o600)
