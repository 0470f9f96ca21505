"""Recording changes: whatever is saved of a record inside `record_change` is one change, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import now

from xinyi_sat.facts.choices import EXPLAINED, ChangeKind
from xinyi_sat.facts.models.changes import Change, Shown, differences
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.reading.plain_text import visible_text

if TYPE_CHECKING:
    from xinyi_sat.facts.models.tracked import Tracked


class UnexplainedChangeError(ValueError):
    """A record that readers can see was saved without saying why."""


@dataclass
class Recording:
    """A change that is being recorded; its row is saved when the first row of history needs it."""

    record: Tracked | None
    kind: ChangeKind
    reason: str
    user: AbstractBaseUser | None
    made_at: datetime | None
    is_public: bool
    change: Change | None = None

    def saved_change(self) -> Change:
        """The row of the change, created at the first call."""
        if self.change is None:
            self.change = Change.objects.create(
                kind=self.kind,
                reason=self.reason,
                user=self.user,
                made_at=self.made_at or now(),
                is_public=self.is_public,
                noun=self.record.own_noun if self.record else "",
                record_id=self.record and self.record.pk,
                period_id=self.record and self.record.tracked_period_id,
            )
        return self.change

    def finish(self, before: Shown | None) -> None:
        self.change.title = str(self.record)
        if before:  # of a new record everything is new
            self.change.stored_differences = [asdict(one) for one in differences(before, self.record.shown())]
        self.change.save()
        self.record.after_change()
        after_change(self.record)


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


def current_recording() -> Recording | None:
    """The change that is being recorded; None outside of `record_change`."""
    return _recording.get()


@contextmanager
def record_change(
    record: Tracked | None,
    kind: ChangeKind,
    reason: str = "",
    *,
    user: AbstractBaseUser | None = None,
    made_at: datetime | None = None,
) -> Iterator[Recording]:
    """Record what is saved of a record inside, its figures and relations too, as one change, all or nothing.

    Without a record it is one change of many records, as when fixtures are loaded. UnexplainedChangeError for a public
    record without a kind that explains the change, or without a reason.
    """
    is_public = record is not None and record.pk is not None and record.is_published()
    recording = Recording(record, ChangeKind(kind), visible_text(reason), user, made_at, is_public)
    refuse_unexplained(recording)
    with transaction.atomic():
        before = record.shown() if record is not None and record.pk is not None else None
        with recording_into(recording):
            yield recording
        if recording.change is not None and record is not None and record.pk is not None:
            recording.finish(before)


@contextmanager
def recording_into(recording: Recording) -> Iterator[Recording]:
    """Whatever is saved inside is part of this change."""
    token = _recording.set(recording)
    try:
        yield recording
    finally:
        _recording.reset(token)


def refuse_unexplained(recording: Recording) -> None:
    """UnexplainedChangeError for a change of a public record that has no kind that explains it, or no reason."""
    if recording.is_public and recording.kind not in EXPLAINED:
        raise UnexplainedChangeError(f"{quoted(recording.record)}已经公布，更改时应说明是更正还是修订，以及理由。")
    if recording.kind in EXPLAINED and not recording.reason:
        raise UnexplainedChangeError(f"更改{quoted(recording.record)}时应写明理由。")


def after_change(record: Tracked | None) -> None:
    """Call the function that the setting AFTER_CHANGE names: files made of the record are out of date.

    None stands for all records: fixtures were loaded, or the association has another name or address.
    """
    if hook := getattr(settings, "AFTER_CHANGE", ""):
        import_string(hook)(record)


@contextmanager
def within_a_change(record: Tracked) -> Iterator[None]:
    """Continue the change that is being recorded; without one, what is saved inside is a change of its own (录入)."""
    if _recording.get() is not None:
        yield
        return
    with record_change(record, ChangeKind.ENTERED):
        yield
