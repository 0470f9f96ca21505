"""Files on disk, each written completely or not at all; an OSError names the file that was asked for."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile


def refuse_unwritable(path: Path) -> None:
    """OSError where no file can be written, to be told before the work on its content begins."""
    try:
        with NamedTemporaryFile(dir=target_of(path).parent):
            pass
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write one file completely or not at all; OSError."""
    write_together({path: content}, mode)


def write_together(files: Mapping[Path, bytes], mode: int = 0o644) -> None:
    """Write files, each completely or not at all, and none before there is room for all; OSError."""
    targets: dict[Path, Path] = {}  # by the temporary file beside each
    try:
        for path, content in files.items():
            target = target_of(path)
            with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as file:
                targets[Path(file.name)] = target
                file.write(content)
            os.chmod(file.name, mode)
        for temporary, path in targets.items():
            os.replace(temporary, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        for temporary in targets:
            temporary.unlink(missing_ok=True)


def target_of(path: Path) -> Path:
    """The file behind links; OSError where that is a folder, a device or anything but a plain file."""
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # Run by root, replacing /dev/null would take it from the whole machine.
    if target.exists() and not target.is_file():
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))
    return target
