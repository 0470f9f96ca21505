"""Guessing passwords is slowed down until it is hopeless, without letting a guesser shut anybody out.

django-axes counts failures by user name and address, and forgets them `AXES_COOLOFF_TIME` after the last one. All that
this site knows of django-axes is in this file, in `LoginLock` and in the AXES_ settings. The rule:

- A user name is locked at an address after `AXES_FAILURE_LIMIT` failures there. Colleagues behind the same address and the
  user at another address are not concerned; failing on while locked does not make it longer.
- Who tries from many addresses, or many names from one, meets two wider limits. They bind strangers only: whoever
  has logged in from this address before is let try, so nobody is shut out of his own office from elsewhere.
"""

import ipaddress
import logging
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

LIMIT_OF_A_NAME = 20  # failures with one user name, from all addresses
LIMIT_OF_AN_ADDRESS = 50  # failures from one address, with all user names
DAYS_REMEMBERED = 365  # how long a login makes its address a known one

logger = logging.getLogger(__name__)


def client_address(request: HttpRequest) -> str | None:
    """Where a request comes from: what the outermost of our `PROXIES` proxies saw; None when nothing says so."""
    forwarded = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    hops = [request.META.get("REMOTE_ADDR", ""), *reversed(forwarded)]
    for hop in (hops[min(settings.PROXIES, len(hops) - 1)], hops[0]):
        try:
            return str(ipaddress.ip_address(hop.partition("%")[0]))
        except ValueError:
            continue
    return None


def recent_failures() -> QuerySet:
    """The failures that still count."""
    return AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)


def locking_failures(username: str | None, address: str | None) -> QuerySet:
    """The failures that lock a user name at an address; none when it is not locked."""
    failures = recent_failures()
    limits = [(failures.filter(username=username, ip_address=address), settings.AXES_FAILURE_LIMIT)]
    if not AccessLog.objects.filter(username=username, ip_address=address).exists():
        limits.append((failures.filter(username=username), LIMIT_OF_A_NAME))
        limits.append((failures.filter(ip_address=address), LIMIT_OF_AN_ADDRESS))
    for counted, limit in limits:
        if (counted.aggregate(times=Sum("failures_since_start"))["times"] or 0) >= limit:
            return counted
    return failures.none()


def locked_until(username: str | None, address: str | None) -> datetime | None:
    """When a user name can be tried again at an address; None when it is not locked."""
    last = locking_failures(username, address).aggregate(at=Max("attempt_time"))["at"]
    return last and last + settings.AXES_COOLOFF_TIME


class Handler(AxesDatabaseHandler):
    """What django-axes asks: whether a login is locked; and tells: that one failed, that one succeeded."""

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        """Judged by our rule instead of by one limit."""
        return locking_failures(get_client_username(request, credentials), request.axes_ip_address).exists()

    def user_login_failed(self, sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any):
        """A line in the terminal for each lock, not for each knock at it."""
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request and request.axes_locked_out and request.axes_failures_since_start:
            minutes = settings.AXES_COOLOFF_TIME // timedelta(minutes=1)
            name = get_client_username(request, credentials)
            logger.warning("登录已锁定 %d 分钟：用户名 %r，来自 %s", minutes, name, request.axes_ip_address)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **kwargs: Any):
        """The address is known from now on, for as long as the log is kept."""
        super().user_logged_in(sender, request, user, **kwargs)
        self.reset_logs(age_days=DAYS_REMEMBERED)


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict | None) -> HttpResponse:
    """The answer to a login that is locked: until when."""
    now = timezone.now()
    until = locked_until(get_client_username(request, credentials), request.axes_ip_address) or now
    seconds = max(ceil((until - now).total_seconds()), 1)
    page = render(request, "accounts/locked.html", {"until": until, "minutes": ceil(seconds / 60)}, status=429)
    page["Retry-After"] = str(seconds)
    return page
