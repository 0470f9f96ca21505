"""Workers of the press: processes that have its typefaces open already and print chapters side by side."""

import ctypes
import errno
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NoReturn

from xinyi_sat.report.press.client import CUT_OFF, NO_ROOM, OUT_OF_MEMORY, TRAPPED

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
FORK = get_context("fork")  # A worker begins with all that the press has read.
ENDS = {OUT_OF_MEMORY: OUT_OF_MEMORY, NO_ROOM: NO_ROOM, -signal.SIGKILL: CUT_OFF} | dict.fromkeys(
    TRAPPED, OUT_OF_MEMORY
)

Work = Callable[[str, Path], None]


class Worker:
    """A process that prints one chapter after the other."""

    def __init__(self, work: Work):
        self.line, its_end = FORK.Pipe()
        self.process = FORK.Process(target=follow, args=(its_end, work, os.getpid()), daemon=True)
        self.process.start()
        its_end.close()

    def print_chapter(self, html: str, path: Path) -> None:
        """Let it print a chapter into a file."""
        try:
            self.line.send((html, path))
        except (BrokenPipeError, ConnectionResetError):
            self.end_like_it()

    def hear(self) -> None:
        """Hear that a chapter is done."""
        try:
            self.line.recv()
        except (EOFError, ConnectionResetError):  # Reset: it was killed before it had taken the chapter in.
            self.end_like_it()

    def end_like_it(self) -> NoReturn:
        """End this process for the reason for which the worker has ended."""
        self.process.join()
        code = self.process.exitcode
        sys.exit(ENDS.get(code, f"印章节的一个进程中途结束（{code}）。"))


class Workers:
    """As many workers as there are processors; `note_printed` is called for each chapter they are done with."""

    def __init__(self, work: Work, note_printed: Callable[[], None]):
        self.work, self.note_printed = work, note_printed
        self.waiting: list[Worker] = []
        self.busy: dict[Connection, Worker] = {}

    def print_chapter(self, html: str, path: Path) -> None:
        """Begin to print a chapter as soon as a processor is free."""
        while len(self.busy) >= len(os.sched_getaffinity(0)):
            self.wait()
        worker = self.waiting.pop() if self.waiting else Worker(self.work)
        worker.print_chapter(html, path)
        self.busy[worker.line] = worker

    def finish(self) -> None:
        """Wait for all chapters, and send the workers away."""
        while self.busy:
            self.wait()
        for worker in self.waiting:
            worker.process.kill()
            worker.process.join()

    def wait(self) -> None:
        """Wait until a worker is done with its chapter."""
        for line in wait(list(self.busy)):
            worker = self.busy.pop(line)
            worker.hear()
            self.waiting.append(worker)
            self.note_printed()


def follow(line: Connection, work: Work, press: int) -> None:
    """Be a worker of a press: print what comes by the line."""
    die_with_parent()
    if os.getppid() != press:  # It is gone already.
        return
    gc.disable()  # It would look through what a chapter still needs, again and again.
    with known_ends():
        while True:
            work(*line.recv())
            line.send(None)  # It is done.
            gc.collect()


@contextmanager
def known_ends() -> Iterator[None]:
    """End this process with the exit code that says why, where it was refused memory or room on the disk."""
    try:
        yield
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            sys.exit(OUT_OF_MEMORY)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(NO_ROOM)
        raise


def die_with_parent() -> None:
    """Let the system kill this process when the one that started it is gone: nobody would take what it prints."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
