"""What fixtures have brought already."""

from django.db import models
from django.db.models import UniqueConstraint

from xinyi_sat.facts.querysets import LoadedRecordQuerySet


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
