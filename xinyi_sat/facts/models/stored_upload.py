"""A workbook that was read and checked, and waits for the click that saves it."""

from datetime import timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from xinyi_sat.facts.models.periods import Period

KEPT_FOR = timedelta(hours=1)


class StoredUploadQuerySet(models.QuerySet):
    """Questions about uploads."""

    def waiting(self) -> Self:
        """The uploads that are not too old."""
        return self.filter(created_at__gt=now() - KEPT_FOR)

    def make_room(self, user: models.Model) -> None:
        """Delete what is too old, and what another upload of this user takes the place of."""
        self.filter(models.Q(user=user) | models.Q(created_at__lte=now() - KEPT_FOR)).delete()


class StoredUpload(models.Model):
    """One upload of one user, as it was read and as the preview shows it; after an hour it is gone."""

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    period = models.ForeignKey(Period, on_delete=models.CASCADE)
    kind = models.CharField(
        max_length=40, blank=True, help_text="Empty for every kind that its sheets are named after."
    )
    sheets = models.JSONField(help_text="What was read of the file.")
    preview = models.JSONField(help_text="What saving would do, as its owner saw it.")
    is_saved = models.BooleanField(default=False)

    objects = StoredUploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传的工作簿"

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_saved(self) -> bool:
        """Whether there is something to save and nothing that can't be."""
        counts = self.preview["counts"]
        return not self.preview["problems"] and not counts["refused"] and counts["new"] + counts["changed"] > 0
