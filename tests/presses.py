"""Presses that are forked from a process that has imported WeasyPrint, which takes longer than to print a page.

From its first order to its exit code a press does what it does on a site, in a process of its own; how a site starts it,
tests/report/rendering/test_rendering.py shows.
"""

import os
import sys
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

PRESS = "xinyi_sat.report.press.__main__"
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["pytest", PRESS])  # pytest, for a fork imports what this process was started with


def work(orders: Connection, said: Connection, errors: str, folder: Path, kept: Path) -> None:
    """Be a press, with these as its streams."""
    press = import_module(PRESS)
    os.dup2(orders.fileno(), 0)
    os.dup2(said.fileno(), 1)
    os.dup2(os.open(errors, os.O_WRONLY), 2)
    said.close()
    sys.stdin, sys.stderr = os.fdopen(0, encoding="utf-8"), os.fdopen(2, "w", encoding="utf-8")
    with press.known_ends():
        press.main(folder, kept)


class ForkedPress:
    """A press as its client knows it: a process with streams."""

    def __init__(self, folder: Path, kept: Path, errors: BinaryIO):
        taken, orders = FORKS.Pipe(duplex=False)
        heard, said = FORKS.Pipe(duplex=False)
        self.process = FORKS.Process(target=work, args=(taken, said, errors.name, folder, kept))
        self.process.start()
        self.stdin = os.fdopen(os.dup(orders.fileno()), "w", encoding="utf-8")
        self.stdout = os.fdopen(os.dup(heard.fileno()), encoding="utf-8")
        for end in (taken, orders, heard, said):
            end.close()
        self.kill, self.pid = self.process.kill, self.process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code; none as long as it works."""
        return self.process.exitcode

    def wait(self) -> int:
        """The exit code, when it has ended."""
        self.process.join()
        return self.process.exitcode
