"""Sheets that are kept: a chapter that is to be printed again, word for word, is taken from here.

After a correction only the chapters that name the corrected record are printed, and a report of one service takes what the
whole report has left. What a chapter looks like depends on its HTML, the stylesheet, the program and the typefaces of the
machine, so these together are its name; the sheets of another state are never taken, and go when they were not used for long.

Keeping is a help and never a condition: where the folder is another user's, or the disk is full, chapters are printed.
"""

import hashlib
import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from xinyi_sat.facts.files import UnwritableFile, read_sealed, write_sealed
from xinyi_sat.report.press.libraries import printing_libraries
from xinyi_sat.report.typefaces import typeface_files

KEPT = 400  # chapters; those of the published report are eleven


class KeptSheets:
    """A folder of printed chapters for all processes of a site."""

    def __init__(self, folder: Path, stylesheet: str):
        self.folder, self.stylesheet = folder, stylesheet
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @cached_property
    def basis(self) -> bytes:
        """What all chapters have in common that decides how they look."""
        code = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
        said = [*printing_libraries(), *code, *typefaces(), self.stylesheet]
        return "\0".join(said).encode(errors="surrogateescape")

    def path(self, html: str) -> Path:
        """Where the sheets of a chapter are, if they are kept."""
        return self.folder / f"{hashlib.sha256(self.basis + html.encode()).hexdigest()}.sheets"

    def take(self, html: str, target: Path) -> bool:
        """Put the sheets of a chapter into a file of the caller's; False where there are none, or none that are whole."""
        path = self.path(html)
        sheets = read_sealed(path)
        if sheets is None:
            return False
        with suppress(OSError):
            os.utime(path)
        target.write_bytes(sheets)
        return True

    def keep(self, html: str, source: Path) -> None:
        """Keep the sheets in a file, in one step."""
        with suppress(UnwritableFile):
            write_sealed(self.path(html), source.read_bytes())

    def tidy(self) -> None:
        """Throw away all but the sheets used last."""
        with suppress(OSError):  # of two processes that tidy, the other one may be quicker
            for path in sorted(self.folder.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
                path.unlink()


def typefaces() -> list[str]:
    """The typefaces of the machine by their files, and when each was last put in place.

    Sheets hold the numbers of glyphs, and in another file these may be those of other characters.
    """
    return [f"{path} {os.stat(path).st_ctime_ns}" for path in typeface_files()]
