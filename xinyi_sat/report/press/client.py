"""The press as the rest of the site sees it: chapters go in, one PDF comes out."""

import errno
import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, BinaryIO, Self

from xinyi_sat.facts.files import REASONS, UnwritableFile

ROOT = Path(__file__).resolve().parents[3]
OUT_OF_MEMORY = 75  # the exit code of a press that was refused memory
NO_ROOM = 74  # the exit code of a press that found the disk full
CUT_OFF = 76  # the exit code of a press of which the system has killed a worker
NOTICE = "注意："  # before what is said of a report that is printed all the same
WITHOUT_GLYPH = re.compile(r'\.notdef glyph rendered for .*: "(.+)" \((U\+[0-9A-F]+)\)', re.DOTALL)
IN_WORDS = NOTICE + "字体中没有“{}”（{}），这个字印出来是空白或方框。请改用别的字，或者安装有这个字的字体。"
FOLLOWS = "Too many glyphs missing"  # said of a typeface after that of each character
TRAPPED = (-signal.SIGTRAP, -signal.SIGABRT)  # how a library in C ends a process that is refused memory


class PrintingFailed(RuntimeError):  # noqa: N818 (it says what happened)
    """The press did not bring it to an end; the message says how it ended."""


class PrintingCutOff(PrintingFailed):
    """The system has killed the press or a worker of it: it may succeed if it is tried again."""


def start(folder: Path, kept: Path, errors: BinaryIO) -> subprocess.Popen:
    """A press as a process that waits for orders.

    It finds no programs: while WeasyPrint is imported, cffi would have a compiler and a linker look for each library under
    the names of other systems first, which took longer than all the rest of the import.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "xinyi_sat.report.press", str(folder), str(kept)],
        cwd=ROOT,
        env=os.environ | {"PATH": os.devnull},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
    )


class Press:
    """A press at work, in a process of its own that ends with the block.

    `kept` is the folder where printed chapters stay, to be taken when they are asked for again; `heard` is told how many
    are done.
    """

    def __init__(self, stylesheet: str, kept: Path, heard: Callable[[int], None] = lambda printed: None):
        self.heard = heard
        self.told: set[str] = set()
        self.folder = TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True)
        self.path = Path(self.folder.name)
        (self.path / "print.css").write_text(stylesheet, encoding="utf-8")
        with (self.path / "errors").open("wb") as errors:
            self.process = start(self.path, kept, errors)
        self.listener = Thread(target=self.listen, daemon=True)
        self.listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.process.kill()
        with suppress(OSError):  # what it had not taken in any more
            self.process.stdin.close()
        self.process.wait()
        self.listener.join()
        self.process.stdout.close()
        self.folder.cleanup()

    def listen(self) -> None:
        """Take in what the press says: the chapters it has printed, and what WeasyPrint complains of."""
        for line in self.process.stdout:
            said = json.loads(line)
            if "printed" in said:
                self.heard(said["printed"])
            else:
                self.pass_on(said["complaint"])

    def pass_on(self, complaint: str) -> None:
        """Say it where the log is read; of a character that no typeface has, once and in Chinese: a record is to blame."""
        if without := WITHOUT_GLYPH.match(complaint):
            complaint = IN_WORDS.format(*without.groups())
        if complaint not in self.told and not complaint.startswith(FOLLOWS):
            logging.getLogger("weasyprint").error("%s", complaint)
        if without:
            self.told.add(complaint)

    def print_chapter(self, html: str) -> None:
        """Hand over the next chapter; waits while the press has enough to do."""
        self.order(chapter=html)

    def bind(self, front: str) -> bytes:
        """Hand over the front; the PDF of it and of all chapters behind it."""
        self.order(front=front)
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.listener.join()
        if self.process.wait():
            raise self.failure()
        return (self.path / "report.pdf").read_bytes()

    def order(self, **order: Any) -> None:
        """Give an order, in one line; PrintingFailed where nobody takes it."""
        try:
            self.process.stdin.write(json.dumps(order, ensure_ascii=False) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.process.wait()
            raise self.failure() from None

    def failure(self) -> Exception:
        """How the press ended: MemoryError where it was refused memory, UnwritableFile where the disk was full."""
        if self.process.returncode in (OUT_OF_MEMORY, *TRAPPED):
            return MemoryError()
        if self.process.returncode == NO_ROOM:
            return UnwritableFile(self.path, REASONS[errno.ENOSPC])
        if self.process.returncode in (CUT_OFF, -signal.SIGKILL):
            return PrintingCutOff("排版程序中途被系统终止，可能是机器内存不足。")
        errors = (self.path / "errors").read_text(encoding="utf-8", errors="replace").strip()
        return PrintingFailed(f"排版程序中途结束（{self.process.returncode}）。\n{errors[-2000:]}")
