"""A render: an order under way, wherever it is carried out. What is known of it lies on the shelf, so all processes know it."""

import logging
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.conf import settings

from xinyi_sat.facts.files import UnwritableFile, disk_trouble, read_sealed, write_sealed
from xinyi_sat.facts.jobs.locks import first_locked, locked
from xinyi_sat.report.formats import how_far
from xinyi_sat.report.rendering import children
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.shelf import FINISHED, clear, read_json, shelf, write_json

MOST_ATTEMPTS = 3  # of a render that is killed again and again
TRIED_AGAIN_AFTER = 300  # seconds
HEARD_OF_FOR = 5  # seconds; so long those who wait may learn that the disk refused, then it may have been put in order
CUT_OFF = "生成文件的程序几次都中途被系统终止，可能是机器内存不足。"
TRY_LATER = "五分钟后再打开这一页会重新生成；如果仍然不行，请管理员查看服务器终端上的说明。"
MEND_DISK = "请管理员检查网站数据所在的磁盘，例如清理出空间，再打开这一页就会重新生成。"
logger = logging.getLogger("django.request")  # What went wrong is shown where other errors of the site are.


@dataclass(frozen=True)
class Ready:
    """The file is there."""

    content: bytes
    order: Order


@dataclass(frozen=True)
class Failed:
    """It can't be made: why, what can be done, and after how many seconds it is tried again."""

    reason: str
    advice: str = TRY_LATER
    lasts: int = TRIED_AGAIN_AFTER


@dataclass(frozen=True)
class Stale:
    """The records were changed while it was made."""


@dataclass(frozen=True)
class UnderWay:
    """It is being made: chapters or tables done, how many there are (0 where it is not known yet), seconds so far."""

    done: int
    total: int
    seconds: int
    unit: str

    def __str__(self) -> str:
        return how_far(self.done, self.total, self.unit)


@dataclass(frozen=True)
class Queued:
    """As many others are being made as may be at once."""

    def __str__(self) -> str:
        return "前面还有别的文件正在生成，请稍候。"


State = Ready | Failed | Stale | UnderWay | Queued


class Render:
    """What is on the shelf of one order."""

    def __init__(self, order: Order):
        self.order = order
        self.file, self.note, self.progress, self.lock, self.work = (
            shelf() / f"{order.key}{ending}" for ending in (FINISHED, ".note", ".progress", ".lock", ".work")
        )

    def state(self) -> State:
        """How it stands; whoever finds that nobody works on it begins."""
        if outcome := self.outcome():
            return outcome
        lock = locked(self.lock)
        if lock is None:
            return self.under_way()
        try:
            return self.outcome() or self.begin(lock)
        finally:
            os.close(lock)

    def outcome(self) -> Ready | Failed | Stale | None:
        """How it ended; None while it has not."""
        content = read_sealed(self.file)
        if content is not None:
            return Ready(content, self.order)
        note = read_json(self.note)
        if not note or time.time() - note.pop("at") > note["lasts"]:
            return None
        return Failed(**note) if note["reason"] else Stale()

    def under_way(self) -> UnderWay:
        """How far it is."""
        said = read_json(self.progress) or {"since": time.time()}
        seconds = int(time.time() - said["since"])
        return UnderWay(said.get("done", 0), said.get("total", 0), seconds, self.order.format.unit)

    def begin(self, lock: int) -> State:
        """Start it, as the one who holds the lock; what a killed one has left is cleared away."""
        attempt = read_json(self.progress).get("attempt", 0) + 1
        if attempt > MOST_ATTEMPTS:
            self.fail(Failed(CUT_OFF))
            return self.outcome()
        slot = first_locked(shelf() / f"slot-{number}.lock" for number in range(settings.RENDERS_AT_ONCE))
        if slot is None:
            return Queued()
        try:
            clear(self.work)
            clear(self.note)
            self.work.mkdir()
            write_json(self.progress, {"attempt": attempt, "since": time.time()})
            children.start_child(self.order, self.work, (lock, slot))
        finally:
            os.close(slot)
        return self.outcome() or self.under_way()

    def heard(self, done: int, total: int) -> None:
        """Note how many chapters of how many are done, where there is room for it."""
        with suppress(UnwritableFile):
            write_json(self.progress, read_json(self.progress) | {"done": done, "total": total})

    def finish(self, content: bytes) -> None:
        """Put the finished file on the shelf, in one step, into the room that its making took."""
        clear(self.work)
        write_sealed(self.file, content)
        clear(self.note)
        clear(self.progress)

    def fail(self, failure: Failed) -> None:
        """Leave a note of why there is no file, in place of all else; without a reason it says that the records have changed."""
        clear(self.work)
        clear(self.progress)
        write_json(self.note, asdict(failure) | {"at": time.time()})


def standing(order: Order) -> State:
    """How an order stands; whoever finds that nobody works on it begins, if the disk lets him."""
    try:
        return Render(order).state()
    except (OSError, UnwritableFile) as error:
        if failure := refused_by_disk(error):
            return failure
        raise


def refused_by_disk(error: BaseException) -> Failed | None:
    """What the disk is to blame for, said at the terminal too; None where it isn't."""
    reason = disk_trouble(error)
    if not reason:
        return None
    logger.error("生成报告的文件时写不了磁盘：%s（%s）", reason, error)
    return Failed(f"服务器写不了文件：{reason}。", MEND_DISK, HEARD_OF_FOR)
