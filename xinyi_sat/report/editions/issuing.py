"""Issuing an edition: its files are made from the records of one moment, and kept together or not at all."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from xinyi_sat.facts.changes.differences import data_revision
from xinyi_sat.facts.changes.unfinished import has_changed_since, wait_for_unfinished
from xinyi_sat.facts.jobs.locks import is_locked, watched_lock
from xinyi_sat.facts.management import UNFINISHED
from xinyi_sat.facts.progress import Told, untold
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.formats import FORMATS, how_far
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.rendering.limits import exceeded, limited
from xinyi_sat.report.rendering.program import program_version
from xinyi_sat.report.rendering.shelf import clear, read_json, write_json
from xinyi_sat.report.scope import Scope

KILLED = "编制的程序中途被终止，可能是机器内存不足，或者重新启动过。"


class DataChanged(RuntimeError):  # noqa: N818 (it says what happened)
    """Somebody changed a record while the files were made: they would not agree with each other."""


class BeyondLimits(RuntimeError):  # noqa: N818 (it says what happened)
    """The files took more time or memory than the settings allow where nobody sits before it."""


@contextmanager
def within_limits() -> Iterator[None]:
    """Whatever is done inside has the memory of a render, and the time of as many as an edition has files. BeyondLimits."""
    seconds, megabytes = len(EditionFormat) * settings.RENDER_SECONDS, settings.RENDER_MEGABYTES
    try:
        with limited(seconds, megabytes):
            yield
    except BaseException as error:
        limit, setting = exceeded(error, seconds, megabytes)
        if not limit:
            raise
        words = f"编制超过了{limit}的上限。请管理员把 {setting} 设大一些，重新启动网站以后再编一次。"
        raise BeyondLimits(words) from error


def issue(edition: Edition, told: Told = untold) -> None:
    """Make the files of a prepared edition and issue it. DataChanged and MissingFigure leave it as it was, to be tried again.

    `told` is told which file is made, and how many chapters or tables of how many are done.
    """
    edition.as_of, edition.program = now(), program_version()
    edition.save()
    if not wait_for_unfinished():
        raise DataChanged(f"有人正在保存对记录的改动，很久没有保存完，{edition}没有发布。请稍后再编一次。")
    revision = data_revision()
    contents = files_of(edition, told)
    with transaction.atomic():
        if data_revision() != revision or has_changed_since(edition.as_of):
            raise DataChanged(f"{edition}编制期间有人改动了记录，没有发布。请核对后再编一次。")
        for ending, content in contents.items():
            EditionFile.objects.create(edition=edition, ending=ending, content=content)
        edition.issued_at = now()
        edition.save()


def files_of(edition: Edition, told: Told) -> dict[str, bytes]:
    """The files of an edition by their endings, made from the records as they are."""
    scope, site = Scope(edition.period, edition=edition), Site(edition.site)
    contents = {}
    for number, one in enumerate(EditionFormat, 1):
        made = FORMATS[one.value]
        what = f"{one.label}（第 {number} 个文件，共 {len(EditionFormat)} 个）"
        contents[one.value] = made.write(scope, site, partial(told, what, made.unit))
    return contents


def note_progress(edition: Edition, what: str, unit: str, done: int, total: int) -> None:
    """Leave word of how far the making of an edition is, for the page that watches it."""
    path = working_file(edition, "progress")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, {"what": what, "done": done, "total": total, "unit": unit})


def progress_of(edition: Edition) -> dict:
    """How far the making of an edition is, also in words; empty before the first word of it."""
    said = read_json(working_file(edition, "progress"))
    return said and said | {"words": f"{said['what']}：{how_far(said['done'], said['total'], said['unit'])}"}


def working_file(edition: Edition, ending: str) -> Path:
    """Where the process that makes an edition leaves its mark (`lock`), its words (`log`) and how far it is (`progress`)."""
    return Path(settings.DATA_DIR, "editions", f"{edition.pk}.{ending}")


def start(edition: Edition) -> None:
    """Make an edition in a process of its own; nothing where one is at it already.

    The lock goes with that process: whichever way it ends, the edition can be tried again.
    """
    working_file(edition, "lock").parent.mkdir(parents=True, exist_ok=True)
    lock = watched_lock(working_file(edition, "lock"))
    if lock is None:
        return
    with lock, working_file(edition, "log").open("w") as log:
        clear(working_file(edition, "progress"))
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "issue_edition", "--resume", str(edition.pk)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fileno()],
            start_new_session=True,
            env=os.environ | {"DATA_DIR": str(settings.DATA_DIR)},
        )
    Thread(target=process.wait, daemon=True).start()  # or it would stay in the table of processes


def is_being_made(edition: Edition) -> bool:
    """Whether a process is making the files of this edition right now."""
    return is_locked(working_file(edition, "lock"))


def forget(edition: Edition) -> None:
    """Clear away what the process that made an edition has left."""
    for ending in ("lock", "log", "progress"):
        clear(working_file(edition, ending))


def last_words(edition: Edition) -> str:
    """Why the process that made the files did not bring it to an end, or what it said last; empty where none was started."""
    try:
        said = working_file(edition, "log").read_text(encoding="utf-8").strip().splitlines()
    except FileNotFoundError:
        return ""
    reasons = [line for line in said if line.startswith(UNFINISHED)]  # what stands below one is for the terminal
    return (reasons or said or [KILLED])[-1].removeprefix(f"{UNFINISHED}: ")
