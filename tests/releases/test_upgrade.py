"""An upgrade keeps every record and its history: the database of each release is brought up to date as an office does it."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.releases import FOLDER
from tests.releases.example import COURSE, VOLUNTEERS

OURS = ("facts_", "achievements_", "outreach_", "report_", "accounts_", "auth_user")
DERIVED = {"search_text"}  # made anew from the others
GIVEN_UP: set[str] = set()  # tables and columns that a later release has no more, each with its reason beside it

Rows = dict[tuple[str, int], dict[str, object]]  # by table and number of the row


def rows_of(database: sqlite3.Connection) -> Rows:
    """The rows of every table of ours."""
    database.row_factory = sqlite3.Row
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        (name, row["rowid"]): dict(row)
        for name in names
        if name.startswith(OURS) and name not in GIVEN_UP
        for row in database.execute(f'SELECT rowid AS "rowid", * FROM "{name}"')
    }


def manage(folder: Path, *arguments: str) -> None:
    """Run a command on the data of a folder."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]
    subprocess.run(command, env=environment | {"DATA_DIR": str(folder)}, check=True, capture_output=True)


def differences(before: Rows, after: Rows) -> list[tuple]:
    """Table, row and column of what is not as it was."""
    return [
        (*key, name)
        for key, row in before.items()
        for name, value in row.items()
        if f"{key[0]}.{name}" not in GIVEN_UP and name not in DERIVED and after[key].get(name, "gone") != value
    ]


def fields_of(folder: Path, filename: str, slug: str) -> dict:
    """The fields of a record of the review as `dump_facts` has written them."""
    rows = [row["fields"] for row in json.loads((folder / filename).read_text(encoding="utf-8"))]
    return next(row for row in rows if row["slug"] == slug and row["period"] == ["2017-2021"])


@pytest.mark.parametrize("release", sorted(FOLDER.glob("*.sql.gz")), ids=lambda path: path.name)
def test_an_upgraded_database_has_every_record_and_its_history(release, tmp_path):
    with closing(sqlite3.connect(tmp_path / "xinyi_sat.sqlite3")) as database:
        database.executescript(gzip.decompress(release.read_bytes()).decode())
        before = rows_of(database)
    manage(tmp_path, "migrate")
    with closing(sqlite3.connect(tmp_path / "xinyi_sat.sqlite3")) as database:
        after = rows_of(database)
    assert {"facts_figure", "facts_change", "outreach_historicaltraining"} <= {table for table, _ in before}
    assert [key for key in before if key not in after] == []
    assert differences(before, after) == []

    # The fixtures of today don't bring back what was corrected.
    manage(tmp_path, "load_facts")
    dumped = tmp_path / "fixtures"
    dumped.mkdir()
    manage(tmp_path, "dump_facts", "--fixtures", str(dumped))
    assert fields_of(dumped, "trainings.json", COURSE)["figures"]["participants"]["wording"] == "2352人"
    assert fields_of(dumped, "teams.json", VOLUNTEERS)["state"] == "withdrawn"
    told = (dumped / "changes.json").read_text(encoding="utf-8")
    assert all(reason in told for reason in ("原表笔误", "补充说明", "更名", "待核实"))
