"""Files of a test's own."""

from pathlib import Path

import pytest

from tests.tasks import forget_tasks


@pytest.fixture
def own_files(settings, tmp_path, db) -> Path:
    """A folder of files and a queue of the test's own, both empty."""
    forget_tasks()
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
