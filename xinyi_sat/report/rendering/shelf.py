"""The shelf: the folder of finished files, and what is known of those under way."""

import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from xinyi_sat.facts.files import write_whole

FINISHED = ".file"  # the ending of a finished file, whatever it holds
LONGEST_LOG = 1_000_000  # bytes; then a new one begins, and the old one is kept beside it
UNUSED = 24 * 3600  # seconds after which what is left of a render that nobody asks for any more is cleared away


def shelf() -> Path:
    """The folder; made where it is missing."""
    folder = Path(settings.DATA_DIR) / "renders"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_json(path: Path, said: dict[str, Any]) -> None:
    """Put a small file there, in one step."""
    write_whole(path, json.dumps(said, ensure_ascii=False).encode())


def read_json(path: Path) -> dict[str, Any]:
    """A small file; empty where there is none, or none that is whole."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def note_in_log(**said: Any) -> None:
    """Add a line to the log of renders."""
    path = shelf() / "log"
    with suppress(FileNotFoundError):
        if path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_name("log.old"))
    line = json.dumps({"at": time.strftime("%Y-%m-%d %H:%M:%S")} | said, ensure_ascii=False) + "\n"
    with path.open("a", encoding="utf-8") as log:
        log.write(line)


def mark_used(key: str) -> None:
    """Note that a file was taken from the shelf just now."""
    with suppress(OSError):  # thrown away by another process a moment ago, or not ours to touch
        os.utime(shelf() / f"{key}{FINISHED}")


def tidy(kept: int) -> None:
    """Throw away all but the files used last, and what else nobody has touched in a day."""
    files = {path: last_use(path) for path in shelf().iterdir() if not path.name.startswith("log")}
    finished = sorted((path for path in files if path.suffix == FINISHED), key=files.get, reverse=True)
    left = [path for path, used in files.items() if path.suffix != FINISHED and used < time.time() - UNUSED]
    for path in finished[kept:] + left:
        clear(path)


def last_use(path: Path) -> float:
    """When a file was made or taken last; never, where it is gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def clear(path: Path) -> None:
    """Take a file or a folder away."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
