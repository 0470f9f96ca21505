"""Uploads are kept in a folder of the test, and worked on where a test can see it."""

from pathlib import Path

import pytest

from tests.facts.uploads.offices import next_year
from xinyi_sat.facts.jobs import process
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.models import Period


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    """The data folder of this test alone."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR


@pytest.fixture
def here(monkeypatch) -> None:
    """What a process of its own would do is done here: it could not see the database of a test."""

    def do(upload: Kept, task: process.Task) -> None:
        with upload.lock():
            task(upload)

    monkeypatch.setattr(process, "start", do)


@pytest.fixture
def year(db: None) -> Period:
    """The year that is being entered."""
    return next_year()
