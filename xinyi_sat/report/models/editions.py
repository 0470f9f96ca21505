"""Editions: the report of a period as it was issued on a day, kept for ever."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models import Period
from xinyi_sat.report.choices import EditionFormat
from xinyi_sat.report.models.digests import sha256_of


class EditionQuerySet(models.QuerySet):
    """Questions about editions."""

    def issued(self) -> Self:
        """The editions that readers may have, each knowing whether a later one has taken its place."""
        later = self.model.objects.filter(
            period=OuterRef("period"), number__gt=OuterRef("number"), issued_at__isnull=False
        )
        return self.filter(issued_at__isnull=False).annotate(is_superseded=Exists(later))

    def in_period(self, period: Period) -> Self:
        return self.filter(period=period)

    def with_files(self) -> Self:
        files = models.Prefetch("files", EditionFile.objects.defer("content"))
        return self.select_related("period").prefetch_related(files)

    def before(self, edition: Edition) -> Edition | None:
        """The issued edition of the same period that this one follows."""
        return self.filter(number__lt=edition.number).latest_of(edition.period)

    def latest_of(self, period: Period) -> Edition | None:
        return self.issued().filter(period=period).order_by("-number").first()

    def next_number(self, period: Period) -> int:
        return (self.filter(period=period).aggregate(last=models.Max("number"))["last"] or 0) + 1


class Edition(models.Model):
    """The report of a period with its number, its date and its reason; once issued it never changes."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="editions", verbose_name="时期")
    number = models.PositiveIntegerField("版次")
    dated_on = models.DateField("日期", help_text="印在封面上的日期。")
    reason = models.TextField("缘由", help_text="为什么出这一版，例如“首次发布”“更正培训人数后重印”；会公布。")
    site = models.CharField("网址", max_length=200, blank=True, help_text="写在数据文件中各条记录网址之前。")
    as_of = models.DateTimeField("数据截至", help_text="开始编制的时刻。")
    revision = models.PositiveBigIntegerField(
        "数据版本", null=True, blank=True, help_text="编成时最近一次更改的编号；空表示还没有编成。"
    )
    issued_at = models.DateTimeField("发布于", null=True, blank=True, help_text="空表示还没有编成。")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发布人",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版次"
        ordering = ["-period__ends_on", "period__slug", "-number"]
        constraints = [
            UniqueConstraint(
                fields=["period", "number"], name="%(app_label)s_%(class)s_number_is_unique_in_its_period"
            ),
            CheckConstraint(condition=Q(number__gte=1), name="%(app_label)s_%(class)s_is_counted_from_one"),
            CheckConstraint(
                condition=~Q(reason=""),
                name="%(app_label)s_%(class)s_has_its_reason",
                violation_error_message="请写明缘由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}第{self.number}版"

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.period.slug, self.number])

    def file(self, ending: str) -> EditionFile:
        return self.files.get(ending=ending)


class EditionFile(models.Model):
    """One file of an edition: its bytes and their digest."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", verbose_name="版次")
    ending = models.CharField("格式", max_length=10, choices=EditionFormat)
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "版次的文件"
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(
                fields=["edition", "ending"], name="%(app_label)s_%(class)s_is_the_only_one_of_its_format"
            ),
            is_one_of("ending", EditionFormat),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new file with its size and digest; the database refuses to change one that is there."""
        self.size, self.sha256 = len(self.content), sha256_of(self.content)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("edition_file", args=[self.edition.period.slug, self.edition.number, self.ending])

    @property
    def name(self) -> str:
        return f"report-{self.edition.period.slug}-edition-{self.edition.number}.{self.ending}"

    @property
    def is_intact(self) -> bool:
        return sha256_of(bytes(self.content)) == self.sha256
