"""Children: the processes that make files, so that no request does."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

from django.conf import settings

from xinyi_sat.report.rendering.order import Order


def start_child(order: Order, work: Path, locks: tuple[int, ...]) -> subprocess.Popen:
    """Start a child that carries out an order, with a folder for what it needs meanwhile; the locks are its own now.

    It is nobody's foreground: a Ctrl-C at the server's terminal is not for it. Its errors are the server's to show.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", "xinyi_sat.report.rendering", order.text],
        cwd=settings.BASE_DIR,
        env=os.environ | {"TMPDIR": str(work)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=locks,
        start_new_session=True,
    )
    Thread(target=child.wait, daemon=True).start()  # Nobody waits for it, but a dead child wants to be noticed.
    return child
