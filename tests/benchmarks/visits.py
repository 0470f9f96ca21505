"""Pages of the site on one database, visited one after the other by a process of their own, and what each took.

python -m tests.benchmarks.visits    reads addresses, one a line, and answers each with a line of JSON
"""

import json
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

import django

from tests.benchmarks.processes import PAUSE, proportional_megabytes


@dataclass(frozen=True)
class Visit:
    """What one visit took, from the question to the last byte of the answer."""

    seconds: float
    processor: float
    queries: int
    kilobytes: float
    status: int
    megabytes: float = 0.0  # the most that the process held meanwhile (PSS)


class Visitor:
    """A process that visits pages as a superuser, who may see the admin too."""

    def __init__(self, environment: dict[str, str]):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", __name__],
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.process.stdin.close()
        self.process.wait()

    def visit(self, address: str) -> Visit:
        """Visit an address, watching the memory."""
        print(address, file=self.process.stdin, flush=True)
        most, folder = 0.0, Path("/proc", str(self.process.pid))
        while not select.select([self.process.stdout], [], [], PAUSE)[0]:
            most = max(most, proportional_megabytes(folder))
        most = max(most, proportional_megabytes(folder))
        return Visit(**json.loads(self.process.stdout.readline()), megabytes=most)


class Counter:
    """Counts the questions that are put to the database."""

    def __init__(self):
        self.queries = 0

    def __call__(self, execute, sql, params, many, context):
        self.queries += 1
        return execute(sql, params, many, context)


def visited(client, address: str) -> Visit:
    """One visit."""
    from django.db import connection

    counter, started, spent = Counter(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counter):
        answer = client.get(quote(address, safe="/?&=%-.:_"))
        pieces = answer.streaming_content if answer.streaming else [answer.content]
        size = sum(len(piece) for piece in pieces)
    took, spent = time.perf_counter() - started, time.process_time() - spent
    return Visit(took, spent, counter.queries, size / 1000, answer.status_code)


def main() -> None:
    """Visit what is asked for until nothing more is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    client = Client()
    client.force_login(User.objects.get_or_create(username="benchmark", is_staff=True, is_superuser=True)[0])
    client.get("/about/")
    for line in sys.stdin:
        said = vars(visited(client, line.strip()))
        del said["megabytes"]
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
