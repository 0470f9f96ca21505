"""Messages for errors of disks, locks and databases: a page for readers and staff, a line at the terminal."""

import errno
import logging
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

BUSY = "有别人正在保存"
DAMAGED = "数据库文件已损坏"
BROKEN_DISK = "磁盘读写出错"
NO_PERMISSION = "没有权限"
DISK_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘的配额已用完",
    errno.EROFS: "所在磁盘是只读的",
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.EIO: BROKEN_DISK,
}
PATH_REASONS = {  # of a path that somebody typed at the terminal
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "那里是一个文件夹，请写明一个文件名",
    errno.ENOTSUP: "那里不是普通文件，请写明一个文件名",
    errno.ENAMETOOLONG: "文件名太长",
}
DATABASE_REASONS = {
    "database is locked": BUSY,
    "database or disk is full": DISK_REASONS[errno.ENOSPC],
    "No space left on device": DISK_REASONS[errno.ENOSPC],
    "disk I/O error": f"{BROKEN_DISK}，可能是磁盘已满",  # also where SQLite has no room for the files beside the database
    "unable to open database file": "打不开数据库文件，可能是磁盘已满、没有权限，或者文件夹不存在",
    "attempt to write a readonly database": "数据库文件是只读的",
    "No usable temporary directory found": "没有能写入的临时文件夹，可能是磁盘已满",
    "file is not a database": DAMAGED,
    "database disk image is malformed": DAMAGED,
}
FIRST_USE = "第一次使用请先运行 manage.py serve，它会建好数据库并载入记录。"
CHECK_OWNER = "它可能属于另一个用户，请用建立它的用户运行。"
CHECK_DISK = "请用建立它的用户运行，并检查它所在的磁盘。"
CHECK_SERVER = "请检查数据库服务器是否在运行、它的磁盘是否已满，DATABASE_URL 写的主机、用户、口令和库名是否正确。"
RESTORE = "请停止网站，把它和旁边以 -wal、-shm 结尾的文件一起移到别处保存，再把备份的数据库放回原处。"


def reason_of(error: BaseException | None) -> str:
    """Which trouble of disk, lock or database an error comes from, in Chinese; empty for any other error."""
    while error:
        if isinstance(error, OSError) and error.errno in DISK_REASONS:
            return DISK_REASONS[error.errno]
        said = str(error)
        if reason := next((reason for words, reason in DATABASE_REASONS.items() if words in said), ""):
            return reason
        error = error.__cause__ or error.__context__
    return ""


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an uncaught error; after trouble with disk or lock it gives the reason, and the form to be sent again."""
    reason = reason_of(sys.exc_info()[1])
    context = {"reason": reason, "is_busy": reason == BUSY, "is_damaged": reason == DAMAGED}
    context |= {"was_sent": request.method == "POST", "is_known": not reason.startswith(BROKEN_DISK)}
    if reason and (fields := typed_fields(request)):
        context |= {"fields": fields, "path": request.get_full_path(), "csrf_token": get_token(request)}
    return error_page(context, 503 if reason else 500)


def error_page(context: dict, status: int) -> HttpResponse:
    """An error page, without the context processors, which would ask the database."""
    answer = HttpResponse(render_to_string("500.html", context), status=status)
    add_never_cache_headers(answer)
    return answer


def typed_fields(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """The fields of a form that came from this site; none where it has a file or a password."""
    if not getattr(request, "csrf_processing_done", False) or request.FILES:
        return []
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    return [] if any("password" in name for name, _ in fields) else fields


def explanation(error: BaseException) -> str:
    """The message of a failed command: what can't be used, why, and what helps; empty for an unforeseen error."""
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    reason = reason_of(error)
    if isinstance(error, OperationalError | ProgrammingError) or (isinstance(error, DatabaseError) and reason):
        return database_explanation(error, reason)
    if isinstance(error, OSError):
        reason = reason or PATH_REASONS.get(error.errno, "")
    where = getattr(error, "filename", None) or f"临时文件夹或数据文件夹 {settings.DATA_DIR} 所在的磁盘"
    return reason and f"没有做完，{where}：{reason}。{CHECK_OWNER if reason == NO_PERMISSION else ''}"


def database_explanation(error: DatabaseError, reason: str) -> str:
    """Which database can't be used, why, and what helps."""
    name = settings.DATABASES["default"]["NAME"]
    helps = {BUSY: "请稍后再试。", DAMAGED: RESTORE}.get(reason, CHECK_DISK)
    if connection.vendor != "sqlite" and isinstance(error, OperationalError):
        helps = CHECK_SERVER
    elif not reason or "unable to open" in str(error):
        helps = FIRST_USE
    return f"数据库 {name} 用不了：{reason or error}。{helps}"


class ShortErrors(logging.Filter):
    """Logs trouble of disk and lock in one line: a traceback would not help whoever reads the terminal."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if reason := reason_of(error):
            record.msg, record.args = f"{record.getMessage()}：{reason}（{error}）", ()
            record.exc_info = record.exc_text = None
        return True
