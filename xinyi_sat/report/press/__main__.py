"""The press as a process: `python -m xinyi_sat.report.press FOLDER KEPT`.

FOLDER holds `print.css` and takes the sheets; in the end it holds `report.pdf`. KEPT is where sheets stay. Orders come by
standard input, a JSON object a line: `{"chapter": HTML}` for the body of each chapter in its order, then `{"front": HTML}`,
a document. What happens is said by standard output, likewise: `{"printed": 3}` when the third chapter is done,
`{"complaint": "..."}` for what WeasyPrint complains of.
The exit code is 0, or OUT_OF_MEMORY, or NO_ROOM, or another one with the reason on standard error.
"""

import ctypes
import errno
import gc
import json
import logging
import os
import signal
import sys
from pathlib import Path

from xinyi_sat.report.press.binding import bind
from xinyi_sat.report.press.client import NO_ROOM, OUT_OF_MEMORY, TRAPPED
from xinyi_sat.report.press.kept import KeptSheets
from xinyi_sat.report.press.sheets import print_sheets, style

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
EACH_TYPEFACE = '<h1 class="front">一</h1><h1>一</h1><h2>一</h2><table><thead><tr><th>一</thead><tr><td>1</table>'


class Complaints(logging.Handler):
    """Hands on what WeasyPrint complains of, and knows whether it ever did."""

    any = False

    def emit(self, record: logging.LogRecord) -> None:
        """Say it in one line; several processes speak here."""
        self.any = True
        say(complaint=record.getMessage())


class Press:
    """Workers side by side, a chapter each."""

    def __init__(self, folder: Path, kept: Path):
        self.folder = folder
        stylesheet = (folder / "print.css").read_text(encoding="utf-8")
        self.complaints = Complaints(logging.WARNING)
        logging.getLogger("weasyprint").handlers = [self.complaints]
        self.stylesheets, self.kept = [style(stylesheet)], KeptSheets(kept, stylesheet)
        self.paths: list[Path] = []
        self.running: set[int] = set()
        self.printed = 0

    def warm_up(self) -> None:
        """Open the typefaces while the first chapter is being written, so that the workers need not do it each by itself."""
        print_sheets(EACH_TYPEFACE, self.stylesheets, self.folder / "warm-up")

    def print_chapter(self, html: str) -> None:
        """Begin to print a chapter as soon as a processor is free; one that was printed before is there at once."""
        path = self.folder / f"{len(self.paths)}.sheets"
        self.paths.append(path)
        if self.kept.take(html, path):
            self.note_printed()
            return
        while len(self.running) >= len(os.sched_getaffinity(0)):
            self.wait()
        worker = os.fork()
        if not worker:
            end_with(lambda: self.print_anew(html, path))
        self.running.add(worker)

    def print_anew(self, html: str, path: Path) -> None:
        """Print a chapter, as a worker, and keep it; a complaint is to be heard each time."""
        print_sheets(html, self.stylesheets, path)
        if not self.complaints.any:
            self.kept.keep(html, path)

    def wait(self) -> None:
        """Wait until a worker is done; its failure is the press's."""
        worker, status = os.wait()
        self.running.discard(worker)
        code = os.waitstatus_to_exitcode(status)
        if code in (OUT_OF_MEMORY, *TRAPPED):
            sys.exit(OUT_OF_MEMORY)
        if code == NO_ROOM:
            sys.exit(NO_ROOM)
        if code:
            sys.exit(f"印好 {self.printed} 章之后，有一章没有印成（{code}）。")
        self.note_printed()

    def note_printed(self) -> None:
        """Say that one more chapter is there."""
        self.printed += 1
        say(printed=self.printed)

    def bind(self, front: str) -> None:
        """Wait for all chapters and bind them."""
        while self.running:
            self.wait()
        with (self.folder / "report.pdf").open("wb") as file:
            bind(front, self.stylesheets, self.paths, file)
        self.kept.tidy()


def say(**said: object) -> None:
    """Tell the one who gives the orders."""
    os.write(1, (json.dumps(said, ensure_ascii=False) + "\n").encode())


def end_with(work) -> None:
    """Do the work of a worker and end, whatever happens, without the rest of this process."""
    code = 1
    try:
        die_with_parent()
        gc.disable()  # What a worker leaves is gone with it in a moment.
        work()
        code = 0
    except BaseException as error:
        code = known_code(error) or 1
        if code == 1:
            sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def known_code(error: BaseException) -> int:
    """The exit code of a process that ended by an error for which there is one; 0 where there is none."""
    if isinstance(error, MemoryError):
        return OUT_OF_MEMORY
    return NO_ROOM if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT) else 0


def die_with_parent() -> None:
    """Let the system kill this process when the one that started it is gone: nobody would take what it prints."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def main(folder: Path, kept: Path) -> None:
    """Follow the orders until there are no more."""
    die_with_parent()
    press = Press(folder, kept)
    press.warm_up()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        if "chapter" in order:
            press.print_chapter(order["chapter"])
        else:
            press.bind(order["front"])


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except (MemoryError, OSError) as error:
        if code := known_code(error):
            sys.exit(code)
        raise
