"""Changes that others have begun are waited for; databases that let one write at a time do so by themselves."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from xinyi_sat.facts.changes import unfinished
from xinyi_sat.facts.changes.unfinished import wait_for_unfinished
from xinyi_sat.facts.models import Period

pytestmark = pytest.mark.django_db


class OtherWriter:
    """Somebody who has begun to change a period, and saves when he is told to go on."""

    def __init__(self):
        self.has_begun, self.may_go_on, self.has_saved = Event(), Event(), False

    def write(self) -> None:
        try:
            with transaction.atomic():
                Period.objects.select_for_update().get()
                self.has_begun.set()
                self.may_go_on.wait(60)
                self.has_saved = True
        finally:
            self.has_begun.set()
            connection.close()


@pytest.fixture
def writer() -> Iterator[OtherWriter]:
    if connection.vendor == "sqlite":
        pytest.skip("In SQLite nobody begins before the one before has finished.")
    one = OtherWriter()
    with ThreadPoolExecutor(1) as others:
        done = others.submit(one.write)
        one.has_begun.wait(60)
        yield one
        one.may_go_on.set()
    done.result()


def test_what_others_have_begun_is_waited_for(writer, monkeypatch):
    monkeypatch.setattr(unfinished.time, "sleep", lambda seconds: writer.may_go_on.set())
    assert wait_for_unfinished()
    assert writer.has_saved


def test_who_never_finishes_is_not_waited_for_for_ever(writer, monkeypatch):
    monkeypatch.setattr(unfinished, "LONGEST_WAIT", -1)
    assert not wait_for_unfinished()
    assert not writer.has_saved


def test_nobody_is_waited_for_where_nobody_writes(monkeypatch):
    Period.objects.select_for_update().get()  # one's own is no reason to wait
    monkeypatch.setattr(unfinished, "LONGEST_WAIT", -1)
    assert wait_for_unfinished()
