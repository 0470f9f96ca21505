"""Changes that somebody has begun and not finished: nobody sees them yet, but their moment is before they are seen.

SQLite lets one write at a time, and whoever comes next waits by himself; PostgreSQL lets many.
"""

import time

from django.db import connection

WRITING = """
SELECT DISTINCT virtualtransaction FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND mode IN ('RowShareLock', 'RowExclusiveLock') AND pid <> pg_backend_pid()
"""
PAUSE = 0.1  # seconds
LONGEST_WAIT = 120  # seconds; a workbook of the largest size is saved in less


def unfinished() -> set[str]:
    """The transactions of others that write, or are about to; none where the database lets one write at a time."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(WRITING)
        return {name for (name,) in cursor.fetchall()}


def wait_for_unfinished() -> bool:
    """Wait until all that others have begun by now is saved or given up; whether it is."""
    begun, end = unfinished(), time.monotonic() + LONGEST_WAIT
    while begun & unfinished():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True
