"""Files on disk, written wholly or not at all; an OSError names the file that was wanted."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile


def refuse_unwritable(path: Path) -> None:
    """OSError where no file can be put, before anything is made that would have to be written there."""
    try:
        with NamedTemporaryFile(dir=target_of(path).parent):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put content where path leads, in one step; OSError."""
    write_together({path: content}, mode)


def write_together(files: Mapping[Path, bytes], mode: int = 0o644) -> None:
    """Put files where their paths lead, each in one step, and none before there is room for all; OSError."""
    halves: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            target = target_of(path)
            with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as half:
                halves[Path(half.name)] = target
                half.write(content)
            os.chmod(half.name, mode)
        for half, path in halves.items():
            os.replace(half, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        for half in halves:
            half.unlink(missing_ok=True)


def target_of(path: Path) -> Path:
    """Where path leads; OSError if something stands there that is no plain file, as a folder or /dev/null."""
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # Run by root, replacing /dev/null would take it from the whole machine.
    if target.exists() and not target.is_file():
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    return target
