"""`python -m tests.releases 2.0.0` keeps what tests of upgrades need of a release; run once, when it is final."""

import gzip
import json
import os
import sqlite3
import sys
from contextlib import closing
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command


def keep(version: str) -> None:
    """Write the database of this release, and the digests of its migrations."""
    from tests.releases import DIGESTS, FOLDER, migration_digests
    from tests.releases.example import fill

    path = FOLDER / f"{version}.sql.gz"
    if path.exists():
        sys.exit(f"{path.name} is there already: what was released stays as it was.")
    call_command("migrate", verbosity=0)
    call_command("load_facts", verbosity=0)
    fill()
    path.write_bytes(gzip.compress(as_sql().encode(), mtime=0))
    DIGESTS.write_text(json.dumps(migration_digests(), indent=2) + "\n", encoding="utf-8")


def as_sql() -> str:
    """The database as SQL text."""
    from django.db import connection

    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        return "\n".join(database.iterdump())


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "xinyi_sat.settings"}
        django.setup()
        keep(sys.argv[1])
