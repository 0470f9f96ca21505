"""People at the door of the admin, and a clock that can be moved."""

from binascii import unhexlify
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from outreach.models import Training
from tests.support import fact

PASSWORD = "ginkgo by the river"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock where the office is


@pytest.fixture
def clock():
    """A time that stands still until it is shifted."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def keeper(db) -> User:
    """An admin with a password."""
    return User.objects.create_superuser("keeper", password=PASSWORD)


@pytest.fixture
def phone(keeper) -> TOTPDevice:
    """The keeper's phone, set up and confirmed."""
    return TOTPDevice.objects.create(user=keeper, name="手机", confirmed=True)


@pytest.fixture
def lectures(db) -> Training:
    """A record to work at."""
    return fact("officials-science-lectures")


@pytest.fixture
def log_in(client: Client) -> Callable:
    """Send the login form; whoever and from wherever."""

    def log_in(username: str = "keeper", password: str = PASSWORD, address: str = "10.0.0.1", **fields: str):
        data = {"username": username, "password": password, "next": "/admin/"} | fields
        return client.post("/admin/login/", data, REMOTE_ADDR=address)

    return log_in


@pytest.fixture
def guess(log_in, clock) -> Callable:
    """Send so many wrong passwords; the last answer."""

    def guess(times: int, username: str = "keeper", address: str = "10.0.0.1"):
        return [log_in(username, "not the password", address) for _ in range(times)][-1]

    return guess


def code_of(device: TOTPDevice) -> str:
    """What the app on the phone shows."""
    totp = TOTP(unhexlify(device.key))
    totp.time = datetime.now(tz=UTC).timestamp()
    return f"{totp.token():06}"


def is_inside(client: Client) -> bool:
    """Whether the admin lets this browser in."""
    return client.get("/admin/").status_code == 200
