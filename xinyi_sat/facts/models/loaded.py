"""What fixtures have brought already."""

from collections.abc import Iterable

from django.db import models
from django.db.models import UniqueConstraint


class LoadedRecordQuerySet(models.QuerySet):
    """Questions about what fixtures have brought."""

    def keys_of(self, model: type[models.Model]) -> set[tuple]:
        """The natural keys of a model that were loaded before."""
        return {tuple(key) for key in self.filter(model=model._meta.label_lower).values_list("key", flat=True)}

    def remember(self, records: Iterable[models.Model]) -> None:
        """Note that records of these natural keys have been loaded, which were not before."""
        self.bulk_create(self.model(model=one._meta.label_lower, key=list(one.natural_key())) for one in records)


class LoadedRecord(models.Model):
    """A record that a fixture brought once: where it is gone or has another name since, someone meant it so."""

    model = models.CharField(max_length=100)
    key = models.JSONField()

    objects = LoadedRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已载入的记录"
        constraints = [UniqueConstraint(fields=["model", "key"], name="%(app_label)s_%(class)s_is_remembered_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
