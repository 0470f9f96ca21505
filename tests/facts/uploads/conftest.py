"""Uploads are kept in a folder of the test."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    """The data folder of this test alone."""
    settings.DATA_DIR = tmp_path / "data"
    return settings.DATA_DIR
