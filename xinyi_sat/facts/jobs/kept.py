"""Where an upload is kept while processes work on it and somebody looks at it: a folder of its own, private, gone after an hour.

DATA_DIR/uploads/<key>/file          what was uploaded; never served, never run
                       about.json    whose it is, of which sort, and what else has to be known of it
                       lock          held by the process that works on it; given up however that process ends
                       progress.json how far that process is
                       ended.json    what became of it
                       *.json        what else a task notes, rows-*.jsonl too
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import time
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from xinyi_sat.facts.files import write_whole
from xinyi_sat.facts.jobs.locks import is_locked, watched_lock

KEPT_FOR = 3600  # seconds
MOST_KEPT = 50


def uploads_folder() -> Path:
    """Where all uploads are kept."""
    folder = settings.DATA_DIR / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Kept:
    """One upload that is kept."""

    def __init__(self, key: UUID):
        self.key = key
        self.folder = uploads_folder() / key.hex
        self.file = self.folder / "file"

    @classmethod
    def of(cls, key: UUID, user_id: int, sort: str) -> "Kept | None":
        """The upload of this key, if it is this user's, of this sort and still kept; one that is too old goes."""
        kept = cls(key)
        if kept.is_over and not kept.is_worked_on:
            kept.drop()
        return kept if kept.place == (user_id, sort) else None

    @classmethod
    def keep(cls, file: UploadedFile, about: dict[str, Any]) -> "Kept":
        """Keep a file that has arrived whole, in place of the last one of the same `user` and `sort`; those that are too old go."""
        clear_uploads((about["user"], about["sort"]))
        kept = cls(uuid4())
        kept.folder.mkdir(mode=0o700)
        with kept.file.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        kept.write("about", about)
        return kept

    @property
    def place(self) -> tuple[int | None, str | None]:
        """Whose it is and of which sort: there is but one of these."""
        about = self.read("about") or {}
        return about.get("user"), about.get("sort")

    @property
    def is_over(self) -> bool:
        """Whether nothing was done with it for too long."""
        return changed_at(self.folder) < time() - KEPT_FOR

    def read(self, name: str) -> Any:
        """What is noted under a name; None where nothing is."""
        try:
            return json.loads((self.folder / f"{name}.json").read_bytes())
        except FileNotFoundError:
            return None

    def write(self, name: str, value: Any) -> None:
        """Note something under a name, whole."""
        write_whole(self.folder / f"{name}.json", json.dumps(value, ensure_ascii=False).encode())

    def forget(self, *names: str) -> None:
        """Drop what is noted under these names."""
        for name in names:
            (self.folder / f"{name}.json").unlink(missing_ok=True)

    @contextmanager
    def rows_to_write(self, names: Iterable[str]) -> Iterator[dict[str, IO]]:
        """Files for rows, a line each; what stood in them is gone."""
        files = {name: (self.folder / f"rows-{name}.jsonl").open("w", encoding="utf-8") for name in names}
        try:
            yield files
        finally:
            for file in files.values():
                file.close()

    def rows(self, name: str, first: int, several: int) -> list[Any]:
        """Some of the rows noted under a name."""
        with (self.folder / f"rows-{name}.jsonl").open(encoding="utf-8") as lines:
            return [json.loads(line) for line in islice(lines, first, first + several)]

    def drop_content(self) -> None:
        """Keep what is noted of it, and neither the file nor its rows."""
        for path in (self.file, *self.folder.glob("rows-*.jsonl")):
            path.unlink(missing_ok=True)

    def lock(self) -> IO | None:
        """The lock, for the process that is to work on this upload; None while another one does."""
        return watched_lock(self.folder / "lock")

    @property
    def is_worked_on(self) -> bool:
        """Whether a process is working on it now."""
        return is_locked(self.folder / "lock")

    def drop(self) -> None:
        """Nothing of it is kept any longer."""
        shutil.rmtree(self.folder, ignore_errors=True)


def clear_uploads(taken: tuple[int, str] | None = None) -> None:
    """Drop what is too old, what there is too much of, and what another one takes the place of; not what is worked on."""
    found = {folder: changed_at(folder) for folder in uploads_folder().iterdir() if is_key(folder.name)}
    for rank, folder in enumerate(sorted(found, key=found.get, reverse=True)):
        kept = Kept(UUID(hex=folder.name))
        if (kept.is_over or rank >= MOST_KEPT or kept.place == taken) and not kept.is_worked_on:
            kept.drop()


def changed_at(path: Path) -> float:
    """When something in a folder was last changed; long ago where it is gone by now."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def is_key(name: str) -> bool:
    """Whether a folder is that of an upload."""
    return len(name) == 32 and all(letter in "0123456789abcdef" for letter in name)
