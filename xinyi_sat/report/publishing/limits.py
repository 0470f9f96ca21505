"""How long the making of files may take, and how much memory it may use."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.conf import settings

MEGABYTE = 1024 * 1024


class TimeIsUpError(BaseException):
    """The time is used up; not an Exception, so that nothing which handles errors goes on."""


class LimitExceededError(RuntimeError):
    """Files took more time or memory than the settings allow; the message names the setting."""


@contextmanager
def within_limits(files: int = 1) -> Iterator[None]:
    """Whatever is done inside has the memory of the settings, and their time for each file. LimitExceededError beyond."""
    seconds, megabytes = files * settings.RENDER_SECONDS, settings.RENDER_MEGABYTES
    try:
        with limited(seconds, megabytes):
            yield
    except TimeIsUpError as error:
        raise LimitExceededError(exceeded(f" {seconds} 秒", "RENDER_SECONDS")) from error
    except (MemoryError, RuntimeError, SystemError) as error:
        if not is_of_memory(error):
            raise
        raise LimitExceededError(exceeded(f" {megabytes} MB 内存", "RENDER_MEGABYTES")) from error


def exceeded(limit: str, setting: str) -> str:
    """What is said where a limit was not enough."""
    return f"生成文件超过了{limit}的上限。请管理员把 {setting} 设大一些，再重新启动网站。"


def is_of_memory(error: Exception) -> bool:
    """Whether memory was refused, as libraries in C and threads say it too."""
    return isinstance(error, MemoryError | SystemError) or "can't start new thread" in str(error)


@contextmanager
def limited(seconds: int, megabytes: int) -> Iterator[None]:
    """Whatever is done inside ends with TimeIsUpError or MemoryError beyond the limits."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeIsUpError

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, hard))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
