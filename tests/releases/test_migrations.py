"""From its release on a migration is never edited: databases that have run it would differ from new ones."""

import json

import pytest

from tests.releases import DIGESTS, migration_digests


@pytest.mark.skipif(not DIGESTS.exists(), reason="Nothing is released yet.")
def test_every_released_migration_is_there_as_it_was():
    released = json.loads(DIGESTS.read_text(encoding="utf-8"))
    assert {name: digest for name, digest in migration_digests().items() if name in released} == released
