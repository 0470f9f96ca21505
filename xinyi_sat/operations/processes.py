"""The web server and the task worker as processes: started, watched and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django_tasks_db.models import DBTaskResult

from xinyi_sat.operations.address import Address
from xinyi_sat.operations.tasks import recover_abandoned_tasks

SECONDS_TO_END = 15
SECONDS_BETWEEN_WORKERS = 5  # one that always dies at once does not go round in a circle
SECONDS_BETWEEN_RECOVERIES = 60  # a worker on another machine may have died
BLOCKING_THREADS = 4  # of each process of the web server
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
WEB_SERVER = [
    *("--interface", "wsgi", "--http", "1", "--no-ws", "--no-access-log", "--log-level", "error"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
]
WORKER_PREFIX = f"{socket.gethostname()[:40]}-"


def web_server(address: Address, workers: int) -> list[str]:
    """The command of the web server; a request line up to 64 KB is answered by the site."""
    place = ["--host", address.ip, "--port", str(address.port)]
    size = ["--workers", str(workers), "--blocking-threads", str(BLOCKING_THREADS)]
    return [sys.executable, "-m", "granian", *WEB_SERVER, *place, *size, "xinyi_sat.wsgi:application"]


class TaskWorker:
    """The process that does background tasks, started again whenever it dies."""

    def __init__(self, say: Callable[[str], None]):
        self.say = say
        self.process: subprocess.Popen | None = None
        self.id, self.count = "", 0
        self.start_at = 0.0
        recover(dead_worker_ids())

    def watch(self) -> None:
        """Start the worker where none runs, and queue again what one that died has left; called every second."""
        if self.process and self.process.poll() is not None:
            self.say(f"后台任务进程意外结束（代码 {self.process.returncode}），即将重新启动。")
            recover([self.id])
            self.process = None
        if self.process is None and time.monotonic() >= self.start_at:
            self.start()

    def start(self) -> None:
        """Start a worker of its own id; it says nothing, for pages tell of tasks that failed."""
        self.count += 1
        self.id = f"{WORKER_PREFIX}{os.getpid()}-{self.count}"
        self.start_at = time.monotonic() + SECONDS_BETWEEN_WORKERS
        options = ["--worker-id", self.id, "--no-reload", "--no-startup-delay", "--verbosity", "0"]
        self.process = start([sys.executable, "manage.py", "db_worker", *options])

    def end(self) -> None:
        """End the worker; a task that it could not finish in time is queued again."""
        if self.process:
            end(self.process)
            recover([self.id])


def run(web_command: list[str], address: Address, worker: TaskWorker | None, ready: Callable[[], None]) -> None:
    """Run the web server, and a worker, until Ctrl-C or SIGTERM; CommandError where the web server ends by itself.

    Without a worker of its own it still looks for the tasks of workers elsewhere that were killed.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    web = start(web_command)
    try:
        wait_for(web, address)
        ready()
        recover_at = 0.0
        while web.poll() is None:
            if worker:
                worker.watch()
            if time.monotonic() >= recover_at:
                recover_at = time.monotonic() + SECONDS_BETWEEN_RECOVERIES
                recover([])
            time.sleep(1)
        raise ended_by_itself(web)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # once more does not make it quicker
            signal.signal(number, signal.SIG_IGN)
        end(web)
        if worker:
            worker.end()


def wait_for(web: subprocess.Popen, address: Address) -> None:
    """Wait until the web server listens; CommandError where it ends before."""
    while not address.is_answered():
        if web.poll() is not None:
            raise ended_by_itself(web)
        time.sleep(0.1)


def ended_by_itself(web: subprocess.Popen) -> CommandError:
    """What is said where nobody has told the web server to end."""
    return CommandError(f"网站进程意外结束（代码 {web.returncode}）。请看上面的输出，再重新启动。")


def start(command: list[str]) -> subprocess.Popen:
    """Start a process in a group of its own: Ctrl-C at the terminal is for us alone, who end all in their order."""
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=end_with_parent
    )


def end_with_parent() -> None:
    """Have Linux end this process when its parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(process: subprocess.Popen) -> None:
    """End a process in order, or else by force, and all that it has started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(SECONDS_TO_END)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def recover(dead: Collection[str]) -> None:
    """Queue again the tasks of dead workers, and forget old results; where the database is busy, the next time will do."""
    with suppress(OperationalError):
        recover_abandoned_tasks(dead)
        call_command("prune_db_task_results", verbosity=0)
    connections.close_all()


def dead_worker_ids() -> list[str]:
    """The workers of this machine that have a task running, and whose `serve` is gone."""
    ids = {result.worker_ids[-1] for result in DBTaskResult.objects.running()}
    ours = {one: one.removeprefix(WORKER_PREFIX).partition("-")[0] for one in ids if one.startswith(WORKER_PREFIX)}
    return [one for one, pid in ours.items() if pid.isdecimal() and not is_running(int(pid))]


def is_running(pid: int) -> bool:
    """Whether another process of this number is there; in a container it may be our own that was started again."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return pid != os.getpid()
