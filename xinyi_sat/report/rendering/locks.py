"""Locks that live as long as the process that holds them, whatever kills it."""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path


def locked(path: Path) -> int | None:
    """A descriptor that holds the lock of this file until its last copy is closed; None where another one holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        if os.fstat(descriptor).st_nlink:
            os.utime(descriptor)
            return descriptor
        os.close(descriptor)  # Somebody has cleared the file away in between: this lock would be nobody else's.


def first_locked(paths: Iterable[Path]) -> int | None:
    """The lock of the first of these files that nobody holds; None where all are held."""
    return next((descriptor for path in paths if (descriptor := locked(path)) is not None), None)
