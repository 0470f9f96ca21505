"""What is kept of each release, for tests of upgrades: the digests of its migrations, and a database as it made it."""

import hashlib
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).parent
DIGESTS = FOLDER / "migration_digests.json"


def migration_digests() -> dict[str, str]:
    """SHA-256 in hexadecimal of each migration, under its path."""
    found = [
        path
        for folder in ("xinyi_sat", "achievements", "outreach")
        for path in (settings.BASE_DIR / folder).rglob("migrations/0*.py")
    ]
    return {
        str(path.relative_to(settings.BASE_DIR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(found)
    }
