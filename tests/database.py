"""The database of the tests: made once as that of a new site, kept as a file, and copied wherever tests need it.

The file is named by all that it is made from, so that a change of the code or of a fixture makes another.
"""

import fcntl
import hashlib
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

CODE = ("xinyi_sat", "achievements", "outreach")
IN_MEMORY = "file:records_of_tests?mode=memory&cache=shared"


def name_of_records() -> str:
    """Another one for another Python, other packages, other code or other fixtures."""
    base = Path(settings.BASE_DIR)
    files = [path for folder in CODE for path in base.joinpath(folder).rglob("*.py")] + [*base.glob("fixtures/*.json")]
    packages = sorted(f"{one.metadata['Name']} {one.version}" for one in distributions())
    digest = hashlib.sha256("\n".join([sys.version, sqlite3.sqlite_version, *packages]).encode())
    for path in sorted(files):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return f"{digest.hexdigest()[:40]}.sqlite3"


def kept_records(folder: Path) -> Path:
    """The file with tables, rights and published facts; whoever needs it first makes it in this process's database."""
    path = folder / name_of_records()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes one makes it, and the others wait
        if not path.exists():
            for older in folder.glob("*.sqlite3*"):
                older.unlink()
            make_records(path)
    return path


def make_records(path: Path) -> None:
    """Make the file as a new site makes its database; half a file is never there."""
    half = path.with_suffix(".sqlite3-half")
    call_command("migrate", verbosity=0)
    call_command("load_facts", verbosity=0)
    with closing(sqlite3.connect(half)) as file:
        connection.connection.backup(file)
    half.rename(path)


def take_records(path: Path) -> None:
    """Put what the file holds in the place of all that the database of this process holds."""
    connection.ensure_connection()
    # Taken away by tests of other code meanwhile, it is missed here and not made anew, empty, for all tests to come.
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as file:
        file.backup(connection.connection)


def records_as_a_file(path: Path) -> str:
    """A copy of the records of this test for other processes, who could not see them; its address."""
    connection.ensure_connection()
    path.write_bytes(
        connection.connection.serialize()
    )  # A backup would wait for the end of the test's own transaction.
    return f"sqlite:///{path}"
