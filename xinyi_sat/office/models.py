"""What the office keeps for itself: a workbook that was read, and waits for the click that saves it."""

from datetime import timedelta
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from xinyi_sat.facts.models import Period

LIFETIME = timedelta(hours=1)


class StoredUploadQuerySet(models.QuerySet):
    """Questions about uploads."""

    def waiting(self) -> Self:
        """The uploads that are not too old."""
        return self.filter(created_at__gt=now() - LIFETIME)

    def make_room(self, user: models.Model) -> None:
        """Delete what is too old, and what another upload of this user takes the place of."""
        self.filter(models.Q(user=user) | models.Q(created_at__lte=now() - LIFETIME)).delete()


class StoredUpload(models.Model):
    """One upload of one user as it was read, and what became of it; after an hour it is gone."""

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=255)
    period = models.ForeignKey(Period, on_delete=models.CASCADE)
    sheets = models.JSONField(help_text="What was read of the file.")
    saved = models.JSONField(null=True, help_text="How many rows were saved, by outcome; empty before.")

    objects = StoredUploadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "上传的工作簿"

    def __str__(self) -> str:
        return self.name
