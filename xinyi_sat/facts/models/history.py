"""Every record keeps what it was: each change with its moment, its kind and its reason, and who made it.

A change of what readers may have seen says why, or is refused; while a draft is being entered nothing has to be said.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import BaseConstraint, CheckConstraint, Index, Q
from django.dispatch import receiver
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from xinyi_sat.facts.choices import EXPLAINED, ChangeKind
from xinyi_sat.facts.constraints import beside_their_fields, checks_hold, is_one_of
from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.facts.public_changes import tell_of_change
from xinyi_sat.facts.quotation import quoted

NOT_TRACKED = ["text"]  # the words of a passage are not ours to keep twice


class UnexplainedChange(ValueError):  # noqa: N818 (it says what the change is)
    """Somebody saved a record that readers may have seen and did not say why."""


class Undeletable(ValueError):  # noqa: N818 (it says what the record is)
    """Somebody tried to delete a record that readers have seen."""


class Change(models.Model):
    """What every change says of itself beside the record as it was then."""

    change_kind = models.CharField("性质", max_length=20, choices=ChangeKind)

    class Meta:
        abstract = True


class ChangeManager(HistoryManager):
    """What `history` gives; its class is made once, and not each time a record is asked for its history."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


class TrackedRecords(HistoricalRecords):
    """The history of a model: who, when, why, and the record as it was."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            bases=[Change],
            history_manager=ChangeManager,
            history_change_reason_field=models.TextField("理由", blank=True, default=""),
            **kwargs,
        )

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        return [field for field in super().fields_included(model) if field.name not in NOT_TRACKED]

    def create_history_model(self, model: type[models.Model], inherited: bool) -> type[models.Model]:  # noqa: FBT001
        """The model of changes; a record restored from one keeps what is not tracked."""
        made = super().create_history_model(model, inherited)
        made._history_excluded_fields = [field.name for field in model._meta.fields if field.name in NOT_TRACKED]
        return made

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        """Put a record as it is now into its history, and tell of the change."""
        super().create_historical_record(instance, history_type, using=using)
        tell_of_change([instance])

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str:
        return getattr(instance, "_change_reason", None) or ""

    def get_m2m_fields_from_model(self, model: type[models.Model]) -> list[models.Field]:
        """Every relation to many is part of the record."""
        return list(model._meta.local_many_to_many)

    def get_meta_options(self, model: type[models.Model]) -> dict:
        explained = ~Q(change_kind__in=EXPLAINED) | ~Q(history_change_reason="")
        rule = CheckConstraint(condition=explained, name="%(app_label)s_%(class)s_has_its_reason")
        options = super().get_meta_options(model)
        # Corrections are few among many changes, and every page asks for them.
        corrections = Index(fields=["change_kind", "history_date"])
        return options | {
            "indexes": [*options["indexes"], corrections],
            "verbose_name": f"{model._meta.verbose_name}的更改",
            "verbose_name_plural": f"{model._meta.verbose_name}的更改",
            "constraints": [rule, is_one_of("change_kind", ChangeKind)],
        }


RECORDS = TrackedRecords(inherit=True)


class Tracked(models.Model):
    """A record whose every change is kept."""

    history = RECORDS

    class Meta:
        abstract = True

    @property
    def is_draft(self) -> bool:
        """Whether nobody but the admins has seen this record yet."""
        return False

    def was_public(self) -> bool:
        """Whether readers have seen this record, now or before: then it is not deleted, and its address stays."""
        return not self.is_draft

    def note_saved(self) -> None:
        """What has to be known of the record as the database has it now."""

    def clean_fields(self, exclude: set[str] | None = None) -> None:
        """ValidationError for fields that hold what they can't; also for text with characters that nobody sees."""
        broken = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            broken = error.update_error_dict(broken)
        for field in self._meta.concrete_fields:
            text = getattr(self, field.attname)
            if isinstance(text, str) and field.editable and field.name not in {*(exclude or ()), *broken}:
                try:
                    refuse_invisible(text)
                except ValidationError as error:
                    broken[field.name] = error.error_list
        if broken:
            raise ValidationError(broken)

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        """ValidationError for rules that are broken, each said beside its field."""
        self._checks_hold = checks_hold(self, exclude or set())
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as broken:
            raise beside_their_fields(broken) from broken
        finally:
            del self._checks_hold

    def get_constraints(self) -> list[tuple[type[models.Model], list[BaseConstraint]]]:
        """The rules to ask about one by one: the checks are not among them once one question said that they hold."""
        known = CheckConstraint if self.__dict__.get("_checks_hold") else ()
        return [
            (model, [one for one in rules if not isinstance(one, known)]) for model, rules in super().get_constraints()
        ]

    def save_as(self, kind: ChangeKind, reason: str = "", **kwargs: Any) -> None:
        """Save, saying why; `user` and `at` as for `one_change`."""
        with one_change(self, kind, reason, **kwargs):
            self.save()


@contextmanager
def one_change(
    record: Tracked,
    kind: ChangeKind,
    reason: str = "",
    *,
    user: AbstractBaseUser | None = None,
    at: datetime | None = None,
) -> Iterator[Tracked]:
    """Whatever of a record is saved inside, its relations to many too, is one change; wholly or not at all."""
    begin_change(record, kind, reason, user=user, at=at)
    with transaction.atomic():
        yield record
        end_change(record)


def begin_change(
    record: Tracked, kind: ChangeKind, reason: str, *, user: AbstractBaseUser | None = None, at: datetime | None = None
) -> None:
    """From here on nothing of the record goes into its history until `end_change`."""
    record._change_kind, record._change_reason, record._history_user = kind, reason, user
    if at:
        record._history_date = at
    record._is_new = record._state.adding
    record.skip_history_when_saving = True


def end_change(record: Tracked, *, changed: bool = True) -> None:
    """Put the record as it is now into its history; UnexplainedChange where a reason is due and not given."""
    was_new = record.__dict__.pop("_is_new")
    del record.skip_history_when_saving
    if changed:
        RECORDS.create_historical_record(record, "+" if was_new else "~")
    for name in ("_change_kind", "_change_reason", "_history_user", "_history_date"):
        record.__dict__.pop(name, None)


@receiver(pre_create_historical_record)
def say_why(sender: type, instance: Tracked, history_instance: Change, **kwargs: Any) -> None:
    """Give a change its kind: simple-history's own way to fill in more than it knows."""
    if history_instance.history_type == "-" and instance.was_public():
        raise Undeletable(f"{quoted(instance)}公布过，不能删除。")
    kind = getattr(instance, "_change_kind", None)
    if kind is None and (history_instance.history_type == "+" or instance.is_draft):
        kind = ChangeKind.ENTERED
    if kind is None or (kind in EXPLAINED and not history_instance.history_change_reason.strip()):
        raise UnexplainedChange(f"{quoted(instance)}已经公布，更改时应说明是更正还是修订，以及理由。")
    history_instance.change_kind = kind
