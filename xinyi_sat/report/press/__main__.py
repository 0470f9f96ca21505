"""The press as a process: `python -m xinyi_sat.report.press FOLDER KEPT`.

FOLDER holds `print.css` and takes the sheets; in the end it holds `report.pdf`. KEPT is where sheets stay. Orders come by
standard input, a JSON object a line: `{"chapter": HTML}` for the body of each chapter in its order, then `{"front": HTML}`,
a document. What happens is said by standard output, likewise: `{"printed": 3}` when the third chapter is done,
`{"complaint": "..."}` for what WeasyPrint complains of.
The exit code is 0, or OUT_OF_MEMORY, or NO_ROOM, or another one with the reason on standard error.
"""

import gc
import json
import logging
import os
import sys
from pathlib import Path

from xinyi_sat.report.press.binding import bind
from xinyi_sat.report.press.frames import with_room
from xinyi_sat.report.press.kept import KeptSheets
from xinyi_sat.report.press.sheets import print_sheets, style
from xinyi_sat.report.press.workers import Workers, die_with_parent, known_ends

EACH_TYPEFACE = '<h1 class="front">一</h1><h1>一</h1><h2>一</h2><table><thead><tr><th>一</thead><tr><td>1</table>'


class Complaints(logging.Handler):
    """Hands on what WeasyPrint complains of, and counts it."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Say it in one line; several processes speak here."""
        self.count += 1
        say(complaint=record.getMessage())


class Press:
    """Prints chapters side by side, or takes those that were printed before, and binds them."""

    def __init__(self, folder: Path, kept: Path):
        self.folder = folder
        stylesheet = (folder / "print.css").read_text(encoding="utf-8")
        self.complaints = Complaints(logging.WARNING)
        logging.getLogger("weasyprint").handlers = [self.complaints]
        self.stylesheets, self.kept = [style(stylesheet)], KeptSheets(kept, stylesheet)
        self.paths: list[Path] = []
        self.workers = Workers(self.print_anew, self.note_printed)
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
        else:
            self.workers.print_chapter(html, path)

    def print_anew(self, html: str, path: Path) -> None:
        """Print a chapter, as a worker, and keep it; a complaint is to be heard each time."""
        complaints = self.complaints.count
        print_sheets(html, self.stylesheets, path)
        if self.complaints.count == complaints:
            self.kept.keep(html, path)

    def note_printed(self) -> None:
        """Say that one more chapter is there."""
        self.printed += 1
        say(printed=self.printed)

    def bind(self, front: str) -> None:
        """Wait for all chapters and bind them."""
        self.workers.finish()
        with (self.folder / "report.pdf").open("wb") as file:
            bind(front, self.stylesheets, self.paths, file)
        self.kept.tidy()


def say(**said: object) -> None:
    """Tell the one who gives the orders."""
    os.write(1, (json.dumps(said, ensure_ascii=False) + "\n").encode())


@with_room
def main(folder: Path, kept: Path) -> None:
    """Follow the orders until there are no more."""
    die_with_parent()
    press = Press(folder, kept)
    press.warm_up()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        if "chapter" in order:
            press.print_chapter(order["chapter"])
        else:
            press.bind(order["front"])


if __name__ == "__main__":
    with known_ends():
        main(Path(sys.argv[1]), Path(sys.argv[2]))
