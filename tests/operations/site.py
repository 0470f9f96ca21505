"""A real site in a folder of its own: its commands, its server, its processes."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

SETTINGS_OF_THIS_MACHINE = ("DATABASE_URL", "ALLOWED_HOSTS", "SECRET_KEY")


def free_address() -> str:
    """An address of this machine where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


def command(folder: Path, *words: str, **environment: str) -> dict:
    """What Popen needs to run a command of the site with this data folder."""
    known = {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_THIS_MACHINE}
    return {
        "args": [sys.executable, "manage.py", *words],
        "cwd": settings.BASE_DIR,
        "env": known | {"DATA_DIR": str(folder), "PYTHONUTF8": "1"} | environment,
        "stdin": subprocess.DEVNULL,
    }


def said_by(folder: Path, *words: str, **environment: str) -> tuple[int, str]:
    """How a command ends, and all that it says."""
    ended = subprocess.run(
        **command(folder, *words, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return ended.returncode, ended.stdout


@dataclass
class RunningSite:
    """A `serve` that runs, and the terminal it writes on."""

    bind: str
    terminal: Path
    process: subprocess.Popen

    @property
    def said(self) -> str:
        return self.terminal.read_text()

    def answer(self, path: str = "/") -> int:
        """The status a page answers with, once the site listens; 0 where `serve` has ended before, or in five minutes."""
        for _ in range(3000):
            try:
                with urlopen(f"http://{self.bind}{path}", timeout=20) as response:
                    return response.status
            except URLError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        return 0

    def processes(self, word: str) -> list[int]:
        """The processes below `serve` whose command has this word."""
        return [pid for pid in descendants(self.process.pid) if word in command_of(pid)]

    def waits_for(self, word: str) -> int:
        """A process below `serve` whose command has this word, within half a minute."""
        for _ in range(300):
            if found := self.processes(word):
                return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no {word}: {self.said}")


def start(folder: Path, bind: str, terminal: Path, *options: str) -> RunningSite:
    """Start a site; whoever starts it kills it."""
    words = ["serve", "--bind", bind, "--workers", "1", *options]
    with terminal.open("w") as output:
        process = subprocess.Popen(**command(folder, *words), stdout=output, stderr=subprocess.STDOUT)
    return RunningSite(bind, terminal, process)


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    children: list[int] = []
    with suppress(FileNotFoundError):
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [one for child in children for one in descendants(child)]


def still_running(pids: list[int]) -> list[int]:
    """Those of some processes that have not ended within ten seconds."""
    for _ in range(100):
        if not any(command_of(pid) for pid in pids):  # one that nobody has asked for its end has no command any more
            return []
        time.sleep(0.1)
    return [pid for pid in pids if command_of(pid)]


def command_of(pid: int) -> str:
    """The command line of a process; empty where it is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""
