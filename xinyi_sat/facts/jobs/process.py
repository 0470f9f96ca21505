"""The process that does a task, and the word that it leaves of how far it is."""

import subprocess
import sys
from collections.abc import Callable
from threading import Thread
from time import monotonic

from django.conf import settings

from xinyi_sat.facts.jobs.kept import Kept

PATIENCE = 2  # seconds that a page waits
BETWEEN_NOTES = 0.5

Task = Callable[[Kept], None]
Noted = Callable[[str, int, int], None]  # told what is being done, how much of it is done, and of how much


def start(kept: Kept, task: Task) -> None:
    """Have a process do a task, unless one is at work on what is kept already; wait for it a moment."""
    lock = kept.lock()
    if lock is None:
        return
    with lock:
        process = subprocess.Popen(
            [sys.executable, "-m", __package__, f"{task.__module__}.{task.__name__}", str(kept.key)],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            pass_fds=[lock.fileno()],  # so it is locked as long as that process lives
        )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        Thread(target=process.wait, daemon=True).start()  # or it would stay in the table of processes


def noting(kept: Kept, unit: str = "行") -> Noted:
    """A hearer of progress that notes it for the page, not oftener than a page is looked at; `unit` is what is counted."""
    noted_at = 0.0

    def note(doing: str, done: int, total: int) -> None:
        nonlocal noted_at
        if monotonic() - noted_at > BETWEEN_NOTES:
            noted_at = monotonic()
            kept.write("progress", {"doing": doing, "done": done, "total": total, "unit": unit})

    return note
