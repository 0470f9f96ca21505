"""Records whose every change is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.dispatch import receiver
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.constraints import errors_by_field
from xinyi_sat.facts.models.changes import OfChange, Shown
from xinyi_sat.facts.models.recording import current_recording, record_change, within_a_change
from xinyi_sat.facts.models.texts import VisibleTexts
from xinyi_sat.facts.quotation import quoted

if TYPE_CHECKING:
    from xinyi_sat.facts.models.figure import Figure


class PublishedRecordError(ValueError):
    """A record that readers can see, or have seen, was to be deleted."""


class TrackedRecords(HistoricalRecords):
    """The history of a model, without the words of passages and what is derived from other fields."""

    def create_history_model(self, model: type[models.Model], inherited: bool) -> type[models.Model]:  # noqa: FBT001
        """The model of the rows; it names those excluded fields only that the model has."""
        made = super().create_history_model(model, inherited)
        made._history_excluded_fields = [one.name for one in model._meta.fields if one.name in self.excluded_fields]
        return made

    def get_m2m_fields_from_model(self, model: type[models.Model]) -> list[models.Field]:
        """Every relation to many belongs to the record."""
        return list(model._meta.local_many_to_many)

    def get_meta_options(self, model: type[models.Model]) -> dict:
        """Chinese names, and the order of numbers instead of dates."""
        name = f"{model._meta.verbose_name}的更改"
        return super().get_meta_options(model) | {
            "verbose_name": name,
            "verbose_name_plural": name,
            "ordering": ("-history_id",),
            "get_latest_by": ("history_id",),
        }


class TrackedQuerySet(models.QuerySet):
    """Records that keep their history; they are deleted one by one, so that each leaves its last row."""

    def published(self) -> Self:
        """The records that readers can see, or have seen."""
        return self.public()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete each record as a change of its own; PublishedRecordError where one of them was public."""
        with transaction.atomic():
            records = list(self)
            for record in records:
                record.delete()
        return len(records), {self.model._meta.label: len(records)}


class Tracked(VisibleTexts):
    """A record whose every change is kept."""

    history = TrackedRecords(inherit=True, bases=[OfChange], excluded_fields=["text", "search_text"])

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save as part of the change that is being recorded; without one, as a change of its own (录入)."""
        with within_a_change(self.tracked_record):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a record that readers have never seen; PublishedRecordError for any other."""
        if self.tracked_record is self and self.is_published():
            raise PublishedRecordError(f"{quoted(self)}公布过，不能删除。")
        with within_a_change(self.tracked_record):
            return super().delete(*args, **kwargs)

    @classmethod
    def noun(cls) -> str:
        """The word for such a record in files and addresses: `period`, `enterprise_link`."""
        return cls._meta.model_name

    @property
    def own_noun(self) -> str:
        """The noun of this record, also where only a part of its fields was fetched."""
        return type(self).noun()

    @property
    def tracked_record(self) -> Tracked:
        """The record whose change a change of this one is: a figure belongs to its fact."""
        return self

    @property
    def tracked_period_id(self) -> int | None:
        """The period that a change of this record is listed under; None for what belongs to none."""
        return getattr(self, "period_id", None)

    def is_published(self) -> bool:
        """Whether readers can see this record, or have seen it, as the database has it."""
        return type(self).objects.published().filter(pk=self.pk).exists()

    def shown(self) -> Shown:
        """The editable fields of this record as the database has them, as readers see them."""
        saved = type(self)._base_manager.get(pk=self.pk)
        return shown_words(saved, {field.name: getattr(saved, field.name).all() for field in self._meta.many_to_many})

    def after_change(self) -> None:
        """Update what is derived from this record, after a change of it."""

    def validate_constraints(self, exclude: set[str] | None = None) -> None:
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as error:
            raise errors_by_field(error) from error


def shown_words(record: models.Model, named: Mapping[str, Iterable[models.Model]]) -> Shown:
    """The editable fields of a record and its relations to many, as readers see them."""
    fields = [field for field in record._meta.fields if field.editable and not field.primary_key]
    words = {field.name: (str(field.verbose_name), shown_value(record, field)) for field in fields}
    for field in record._meta.many_to_many:
        words[field.name] = (str(field.verbose_name), "、".join(sorted(map(str, named[field.name]))))
    return words


def figure_words(figures: Iterable[Figure]) -> Shown:
    """Figures and their places, under the labels of their measures."""
    words = {}
    for figure in figures:
        slug, label = figure.measure.slug, figure.measure.label
        words[slug] = (label, figure.wording)
        words[f"{slug}_place"] = (f"{label}字位", figure.place)
    return words


def shown_value(record: models.Model, field: models.Field) -> str:
    """One value of a record as readers see it; empty for none."""
    try:
        value = getattr(record, field.name)
    except ObjectDoesNotExist:
        return "（已删除）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    return "" if value is None else str(value)


def fields_naming(model: type[models.Model]) -> list[models.Field]:
    """The fields of other models that lead to records of this one, those of histories too."""
    related = model._meta.get_fields(include_hidden=True)
    return [one.field for one in related if one.auto_created and one.is_relation and not one.concrete]


@receiver(pre_create_historical_record)
def point_to_change(sender: type, instance: Tracked, history_instance: OfChange, **kwargs: Any) -> None:
    """Give a row of history its change; simple-history sends this signal before it saves the row."""
    recording = current_recording()
    if recording is None:  # a relation to many was set by itself
        with record_change(instance.tracked_record, ChangeKind.ENTERED) as recording:
            recording.saved_change()
    history_instance.change = recording.saved_change()
    history_instance.history_date = history_instance.change.made_at
