"""Limits of a child, in time and memory; what it starts has the same limit of memory."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MEGABYTE = 1024 * 1024


class TimeIsUp(BaseException):
    """The child has used its time; nothing that handles errors may swallow it."""


def exceeded(error: BaseException, seconds: int, megabytes: int) -> tuple[str, str]:
    """Which of the limits an error is about, in words, and the name of its setting; empty for any other error."""
    match error:
        case TimeIsUp():
            return f" {seconds} 秒", "RENDER_SECONDS"
        case MemoryError() | SystemError() | RuntimeError(args=["can't start new thread"]):  # how refused memory shows
            return f"每个进程 {megabytes} MB 内存", "RENDER_MEGABYTES"
    return "", ""


@contextmanager
def limited(seconds: int, megabytes: int) -> Iterator[None]:
    """Whatever is done inside ends with TimeIsUp or MemoryError beyond the limits."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, most))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
