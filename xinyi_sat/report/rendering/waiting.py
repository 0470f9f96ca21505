"""Waiting for a file within a request; not so many at once that nobody else is answered."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore

from django.conf import settings
from django.db import close_old_connections

from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.rendering.render import Failed, Ready, Stale, State, standing

PAUSE = 0.2  # seconds
WAITERS = BoundedSemaphore(settings.REPORT_WAITERS)


def waited_for(order: Order, ask: Callable[[], Order], seconds: float) -> State:
    """How an order stands when it is ready or failed, or after so many seconds; at once where too many wait.

    `ask` orders the same anew where the records were changed in the meantime.
    """
    state = standing(order)
    if isinstance(state, Ready | Failed) or not WAITERS.acquire(blocking=False):
        return state
    try:
        close_old_connections()  # Nothing is asked of the database meanwhile.
        end = time.monotonic() + seconds
        while not isinstance(state, Ready | Failed) and time.monotonic() < end:
            if isinstance(state, Stale):
                order = ask()
            else:
                time.sleep(PAUSE)
            state = standing(order)
        return state
    finally:
        WAITERS.release()
