"""Verifying an edition: whether its files are those that were stored, and whether the records of then still give them.

The records as they were are dumped, loaded into a fresh database beside this one, and printed again from there.
"""

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from django.conf import settings
from django.core import serializers

from xinyi_sat.facts.files import UnwritableFile
from xinyi_sat.facts.fixtures.change_files import CHANGES_FILE, dumped_changes
from xinyi_sat.facts.fixtures.dumping import dumped_records, write_fixtures
from xinyi_sat.facts.progress import Told, untold
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.editions.rebuilding import EDITIONS, RECORDS
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.rendering.program import program_version

FIGURES = "figures.csv"
FACTS = "facts.csv"
SAID_OF_FACTS = ("kind", "slug", "title", "service", "period", "document", "paragraph")
SAID_OF_FIGURES = (
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis"),
    *("service", "period", "document", "paragraph", "start", "end"),
)


class NotRebuilt(RuntimeError):  # noqa: N818 (it says what happened)
    """The records of then could not be printed again; the message has the reason."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and whether it is as it should be."""

    is_right: bool
    words: str


def verified(edition: Edition, told: Told = untold) -> Iterator[Finding]:
    """What is found of an issued edition: its digests, then each file beside the one that is made again. NotRebuilt.

    `told` is told what is done, and how much of how much.
    """
    files = list(edition.files.all())
    for ending in EditionFormat:
        if ending not in {file.ending for file in files}:
            yield Finding(is_right=False, words=f"{ending.label}：发布时存的文件不见了")
    for file in files:
        words = "与发布时的校验值相符" if file.is_intact else "与发布时的校验值不符，文件已损坏"
        yield Finding(is_right=file.is_intact, words=f"{file.name}：{words}")
    with TemporaryDirectory() as folder:
        again = rebuilt(edition, Path(folder), told)
    for file in files:
        yield compared(file, again[file.ending], is_same_program=edition.program == program_version())


def compared(file: EditionFile, again: bytes, *, is_same_program: bool) -> Finding:
    """A stored file beside the one made again: equal, or equal in its data where the program has changed since."""
    if bytes(file.content) == again:
        return Finding(is_right=True, words=f"{file.name}：按当时的记录重编，逐字节相同")
    if is_same_program:
        return Finding(is_right=False, words=f"{file.name}：按当时的记录重编，内容不同")
    if file.ending != "zip":
        return Finding(is_right=True, words=f"{file.name}：发布后程序有更新，版面不作逐字节比较；数据见数据包")
    then, now = tables_in(bytes(file.content)), tables_in(again)
    if then == now:
        words = "各表与当时相同（程序有更新，说明文件不比较）"
    elif say_the_same(then, now):
        words = "发布后程序有更新，各表的写法不同，不能逐字比较；全部记录和数字的名称、写法、数值、单位、口径和出处都与当时相同"
    else:
        return Finding(is_right=False, words=f"{file.name}：按当时的记录重编，记录或数字与当时不同")
    return Finding(is_right=True, words=f"{file.name}：按当时的记录重编，{words}")


def say_the_same(then: dict[str, bytes], now: dict[str, bytes]) -> bool:
    """Whether two packages have the same facts and figures: what is counted, how it was written and read, and where it stands."""
    return all(
        rows_in(then[name], columns) == rows_in(now[name], columns)
        for name, columns in ((FACTS, SAID_OF_FACTS), (FIGURES, SAID_OF_FIGURES))
    )


def tables_in(package: bytes) -> dict[str, bytes]:
    """The tables of a data package."""
    with zipfile.ZipFile(BytesIO(package)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name.endswith(".csv")}


def rows_in(table: bytes, columns: tuple[str, ...]) -> list[list[str]]:
    """These columns of a table, without what another program may say in other words."""
    rows = csv.DictReader(StringIO(table.decode("utf-8-sig")))
    return sorted([row[name] for name in columns] for row in rows)


def rebuilt(edition: Edition, folder: Path, told: Told) -> dict[str, bytes]:
    """The files of an edition, made again from the records as they were; everything in a folder of its own. NotRebuilt."""
    records = folder / RECORDS
    records.mkdir()
    write_fixtures(records, {**dumped_records(edition.as_of), CHANGES_FILE: dumped_changes(edition.as_of)})
    (folder / EDITIONS).write_text(editions_until(edition), encoding="utf-8")
    rebuild(folder, lambda what, *far: told(f"{edition} {what}", *far))
    return {file.ending: (folder / file.ending).read_bytes() for file in edition.files.all()}


def editions_until(edition: Edition) -> str:
    """The editions of a period up to this one, which itself is not issued yet, for `loaddata`."""
    known = Edition.objects.filter(period=edition.period, number__lte=edition.number).order_by("number")
    records = json.loads(serializers.serialize("json", known, use_natural_foreign_keys=True))
    for record in records:
        record["fields"]["issued_by"] = None
    records[-1]["fields"]["issued_at"] = None
    return json.dumps(records)


def rebuild(folder: Path, told: Told) -> None:
    """Let another process make the files from what is in the folder; NotRebuilt with what it said last where it fails.

    UnwritableFile where a disk refused: that says nothing of the edition.
    """
    apart = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'records.sqlite3'}",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "xinyi_sat.report.editions.rebuilding", str(folder)]
    options = {"cwd": settings.BASE_DIR, "env": os.environ | apart, "text": True}
    with (
        TemporaryFile("w+") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, **options) as child,
    ):
        for line in child.stdout:
            said = json.loads(line)
            if "refused" in said:
                raise UnwritableFile(folder, said["refused"])
            told(*said)
        if code := child.wait():
            errors.seek(0)
            last = errors.read().strip().rpartition("\n")[2] or f"程序中途结束（{code}）。"
            raise NotRebuilt(f"按当时的记录重编没有成功：{last}")
