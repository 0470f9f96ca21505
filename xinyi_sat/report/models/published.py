"""The files of a period as readers fetch them: made when the period changes, one of each format."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils.timezone import now

from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models import Period
from xinyi_sat.report.choices import FileFormat
from xinyi_sat.report.models.digests import sha256_of

ADDRESSES = {
    FileFormat.PDF: "report_pdf",
    FileFormat.WORKBOOK: "report_xlsx",
    FileFormat.WORD: "report_docx",
    FileFormat.DATA: "data_zip",
}


class PublishedFileQuerySet(models.QuerySet):
    """Questions about published files."""

    def store(
        self, period: Period, file_format: str, content: bytes, *, revision: int, data_as_of: datetime
    ) -> PublishedFile:
        """Put a file in the place of the one before; the one there where that shows later data.

        `revision` is the number of the newest change before the records were read, `data_as_of` the moment of that.
        """
        sha256 = sha256_of(content)
        name = f"published/{period.slug}/{sha256}.{file_format}"
        put_into_storage(name, content, sha256)
        with transaction.atomic():
            before = self.select_for_update().filter(period=period, file_format=file_format).first()
            if before and before.revision > revision:
                transaction.on_commit(partial(delete_unused, name))
                return before
            file = before or self.model(period=period, file_format=file_format)
            if file.sha256 != sha256:
                transaction.on_commit(partial(delete_unused, file.content.name))
                file.content, file.size, file.sha256, file.made_at = name, len(content), sha256, now()
            file.revision, file.data_as_of = revision, data_as_of
            file.save()
        return file

    def discard(self, period: Period) -> None:
        """Take away the files of a period of which readers find nothing any more."""
        with transaction.atomic():
            for file in self.select_for_update().filter(period=period):
                file.delete()
                transaction.on_commit(partial(delete_unused, file.content.name))


class PublishedFile(models.Model):
    """One file of a period: where it is stored, its digest, and of which moment its data are."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="files", verbose_name="时期")
    file_format = models.CharField("格式", max_length=10, choices=FileFormat)
    content = models.FileField("文件", max_length=200)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    revision = models.PositiveBigIntegerField("数据版本", help_text="生成时最近一次更改的编号。")
    data_as_of = models.DateTimeField("数据截至")
    made_at = models.DateTimeField("生成于")

    objects = PublishedFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公开的文件"
        ordering = ["period", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["period", "file_format"], name="%(app_label)s_%(class)s_is_the_only_one_of_its_format"
            ),
            is_one_of("file_format", FileFormat),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(ADDRESSES[self.file_format])}?{urlencode({'period': self.period.slug})}"

    @property
    def name(self) -> str:
        return f"{self.period.slug}.{self.file_format}"


def put_into_storage(name: str, content: bytes, sha256: str) -> None:
    """Store a file under its digest; what an interrupted attempt left under that name is replaced."""
    if default_storage.exists(name):
        with default_storage.open(name) as stored:
            if sha256_of(stored.read()) == sha256:
                return
        default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def delete_unused(name: str) -> None:
    """Delete a file from the storage where no record names it any more."""
    if name and not PublishedFile.objects.filter(content=name).exists():
        default_storage.delete(name)
