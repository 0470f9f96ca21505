"""How long a login lasts: while the admin is used, and not longer than a working day.

Django itself ends a session `SESSION_COOKIE_AGE` seconds after it was last saved; here is only when it is saved, and the
longest it may be kept up. Nothing outside the admin calls this: public pages write nothing.
"""

import time
from contextlib import suppress

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError

BEGAN = "began_at"
SAVED = "saved_at"
SAVED_EVERY = 60  # seconds: a page more within a minute needs no write


def begin(session: SessionBase) -> None:
    """Start the clocks of a new login, and sweep out the sessions that are over."""
    session[BEGAN] = session[SAVED] = int(time.time())
    session.clear_expired()


def is_over(session: SessionBase) -> bool:
    """Whether a login has lasted as long as one may, however busy it was."""
    return time.time() - session.get(BEGAN, time.time()) > settings.SESSION_LONGEST


def keep_up(session: SessionBase) -> None:
    """Put off the end of a session that is in use, before the page is made; where that can't be saved, the next page tries again.

    Saved behind the page, as Django does it, a full disk would have the page say that nothing was saved of what it has saved.
    """
    if time.time() - session.get(SAVED, 0) > SAVED_EVERY:
        has_more = session.modified
        session[SAVED] = int(time.time())
        session.setdefault(BEGAN, session[SAVED])
        with suppress(UpdateError):
            session.save()
        session.modified = has_more
