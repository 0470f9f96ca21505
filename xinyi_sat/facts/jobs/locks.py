"""Locks that live as long as the process that holds them, whatever kills it."""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from time import sleep
from typing import IO

TRIES, BETWEEN_TRIES = 10, 0.02


def locked(path: Path, tries: int = 1) -> int | None:
    """A descriptor that holds the lock of this file until its last copy is closed; None where another one holds it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not obtained(descriptor, fcntl.LOCK_EX, tries):
            os.close(descriptor)
            return None
        if os.fstat(descriptor).st_nlink:
            os.utime(descriptor)
            return descriptor
        os.close(descriptor)  # Somebody has cleared the file away in between: this lock would be nobody else's.


def first_locked(paths: Iterable[Path]) -> int | None:
    """The lock of the first of these files that nobody holds; None where all are held."""
    return next((descriptor for path in paths if (descriptor := locked(path)) is not None), None)


def watched_lock(path: Path) -> IO | None:
    """The lock of a file that pages look at, each of which has a share in it for a moment; None where another holds it."""
    descriptor = locked(path, TRIES)
    return None if descriptor is None else os.fdopen(descriptor, "w")


def is_locked(path: Path) -> bool:
    """Whether a process holds the lock of this file; any number may look at the same moment."""
    try:
        with path.open() as lock:
            return not obtained(lock.fileno(), fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def obtained(descriptor: int, how: int, tries: int = 1) -> bool:
    """Whether the lock of an open file could be had."""
    for attempt in range(tries):
        if attempt:
            sleep(BETWEEN_TRIES)
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        return True
    return False
