"""A lock is one process's, and nobody who looks whether it is held takes it from who wants it."""

import os
from fcntl import LOCK_SH, flock
from pathlib import Path

import pytest

from xinyi_sat.facts.jobs import locks
from xinyi_sat.facts.jobs.locks import is_locked, locked, watched_lock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.lock"


def test_a_lock_that_was_cleared_away_is_no_lock(path):
    first = locked(path)
    assert locked(path) is None
    path.unlink()
    second = locked(path)
    assert os.fstat(second).st_ino == path.stat().st_ino
    for descriptor in (first, second):
        os.close(descriptor)


def test_who_looks_sees_a_lock_as_long_as_it_is_held(path):
    assert not is_locked(path)
    with watched_lock(path):
        assert is_locked(path)
        assert watched_lock(path) is None
    assert not is_locked(path)


def test_who_wants_a_lock_gets_it_though_somebody_looks_and_two_may_look_at_once(path, monkeypatch):
    path.touch()
    with path.open() as looking:
        flock(looking, LOCK_SH)
        assert not is_locked(path)
        monkeypatch.setattr(locks, "sleep", lambda seconds: looking.close())
        with watched_lock(path):
            assert is_locked(path)
