"""A log of the records that were loaded from fixtures."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint


class LoadedRecord(models.Model):
    """A record that was loaded from a fixture: where it is gone since, somebody deleted it.

    `digest` is that of the row it was loaded from: a record that still has it was changed by nobody here.
    """

    model = models.CharField(max_length=100)
    key = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "已载入的记录"
        constraints = [UniqueConstraint(fields=["model", "key"], name="%(app_label)s_%(class)s_is_remembered_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"


def row_digest(row: dict[str, Any]) -> str:
    """SHA-256 of a row of a fixture in hexadecimal, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
