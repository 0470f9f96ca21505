"""Files on disk, written wholly or not at all, and what to say where a disk refuses.

A sealed file begins with the SHA-256 of the rest, so that a damaged one is taken for none.
"""

import errno
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

SHA256 = 32  # bytes
REASONS = {
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EISDIR: "那里是一个文件夹",
    errno.EEXIST: "那里已有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘的配额已用完",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
}
REFUSED = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
SAID_IN_ENGLISH = {
    "database or disk is full": REASONS[errno.ENOSPC],
    "No space left on device": REASONS[errno.ENOSPC],
    "disk I/O error": "磁盘读写出错，可能是磁盘已满",  # also where SQLite finds no room for the files beside the database
    "unable to open database file": "打不开数据库文件，可能是磁盘已满、没有权限，或者文件夹不存在",
    "attempt to write a readonly database": "数据库文件是只读的",
    "No usable temporary directory found": "没有能写入的临时文件夹，可能是磁盘已满",
}


class UnwritableFile(ValueError):  # noqa: N818 (it says what the file is)
    """A file that can't be written, and why; what stood there before is untouched."""

    def __init__(self, path: Path, reason: str):
        super().__init__(f"写不了文件 {path}：{reason}。")
        self.reason = reason


def refuse_unwritable(path: Path) -> None:
    """UnwritableFile where no file can be put, before anything is made that would have to be written there."""
    try:
        with NamedTemporaryFile(dir=plain(path).parent):
            pass
    except OSError as error:
        raise UnwritableFile(path, reason_of(error)) from error


def plain(path: Path) -> Path:
    """Where path leads; UnwritableFile if something stands there that is no plain file."""
    target = path.resolve()
    # Run by root, replacing /dev/null would take it from the whole machine.
    if target.exists() and not target.is_file():
        raise UnwritableFile(path, "那里不是普通文件，请写明一个文件名，例如 report.pdf")
    return target


def reason_of(error: OSError) -> str:
    """Why the system refused, in a few words."""
    return REASONS.get(error.errno, error.strerror)


def disk_trouble(error: BaseException | None) -> str:
    """Why the disk refused, where that is what an error comes from; empty where it isn't."""
    while error:
        if isinstance(error, UnwritableFile):
            return error.reason
        if isinstance(error, OSError) and error.errno in REFUSED:
            return reason_of(error)
        for said, reason in SAID_IN_ENGLISH.items():
            if said in str(error):
                return reason
        error = error.__cause__ or error.__context__
    return ""


def refusal_in_words(error: BaseException) -> str:
    """Why a system refused a command what it wanted of a file; empty where the error is another one, as that of a network."""
    return disk_trouble(error) or (REASONS.get(error.errno, "") if isinstance(error, OSError) else "")


def write_whole(path: Path, content: bytes) -> None:
    """Put content where path leads, in one step; UnwritableFile where that can't be done."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put files where their paths lead, each in one step, and none before there is room for all; UnwritableFile."""
    halves: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            target = plain(path)
            with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as half:
                halves[Path(half.name)] = target
                half.write(content)
            os.chmod(half.name, 0o644)
        for half, path in halves.items():
            os.replace(half, path)
    except OSError as error:
        raise UnwritableFile(path, reason_of(error)) from error
    finally:
        for half in halves:
            half.unlink(missing_ok=True)


def write_sealed(path: Path, content: bytes) -> None:
    """Put content where path leads, whole and sealed; UnwritableFile where that can't be done."""
    write_whole(path, hashlib.sha256(content).digest() + content)


def read_sealed(path: Path) -> bytes | None:
    """What was sealed; None where there is nothing, or not what was put there."""
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    digest, content = sealed[:SHA256], sealed[SHA256:]
    return content if hashlib.sha256(content).digest() == digest else None
