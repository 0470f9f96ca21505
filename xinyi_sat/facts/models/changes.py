"""Every record keeps what it was. One save is one change: its kind, its reason, who made it, when, and what it changed.

The rows that simple-history keeps of a record, and of the figures of a fact, point to their change. What came later is
decided by the number of a change, never by a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import CheckConstraint, Index, Q
from django.utils.timezone import localtime, now

from xinyi_sat.facts.choices import EXPLAINED, ChangeKind
from xinyi_sat.facts.constraints import is_one_of

if TYPE_CHECKING:
    from xinyi_sat.facts.models.tracked import Tracked

NOTHING = "（空）"
SECONDS_TO_SAVE = 60  # a workbook of the largest size is saved in less
Shown = dict[str, tuple[str, str]]  # label and value of each field, as readers see them, by its name


@dataclass(frozen=True)
class Difference:
    """One field of a record before and after a change, as readers see it."""

    name: str
    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.label}：{self.old or NOTHING} → {self.new or NOTHING}"


def differences(old: Shown, new: Shown) -> list[Difference]:
    """The fields that differ between two states of a record."""
    labels = {name: label for name, (label, _) in (old | new).items()}
    pairs = {name: (old.get(name, ("", ""))[1], new.get(name, ("", ""))[1]) for name in labels}
    return [Difference(name, labels[name], *pair) for name, pair in pairs.items() if pair[0] != pair[1]]


class ChangeQuerySet(models.QuerySet):
    """Questions about changes."""

    def explained(self) -> Self:
        """The changes that readers are told of, with their reasons: those of public records."""
        return self.filter(is_public=True, kind__in=EXPLAINED)

    def of(self, record: Tracked) -> Self:
        """The changes of one record; those of the figures of a fact are among them."""
        return self.filter(noun=record.own_noun, record_id=record.pk)

    def newest_number(self) -> int:
        """The number of the newest change of any record; 0 where there is none."""
        return self.aggregate(newest=models.Max("pk"))["newest"] or 0

    @transaction.atomic
    def settled_number(self) -> int:
        """The number of the newest change, once everybody who was saving one before has done so.

        SQLite lets one write at a time. PostgreSQL lets many, and what is saved last may have a smaller number than what is
        saved already; OperationalError where somebody takes too long.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS_TO_SAVE}s'")
                cursor.execute(f"LOCK TABLE {self.model._meta.db_table} IN SHARE MODE")
        return self.newest_number()


class Change(models.Model):
    """One save of one record: why, by whom, when. The loading of many fixtures is one change of no record."""

    kind = models.CharField("性质", max_length=20, choices=ChangeKind)
    reason = models.TextField("理由", blank=True)
    made_at = models.DateTimeField("时间", default=now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="更改人",
        help_text="空表示由程序载入，或来自记录文件。",
    )
    noun = models.CharField("记录类别", max_length=40, blank=True)
    record_id = models.PositiveBigIntegerField("记录编号", null=True, blank=True)
    title = models.CharField("记录名称", max_length=200, blank=True, help_text="记录在更改后的名称。")
    period = models.ForeignKey(
        "facts.Period", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="时期"
    )
    is_public = models.BooleanField("更改前已公布", default=False)
    stored_differences = models.JSONField(
        "改动", default=list, help_text="每处改动：name（字段）、label（中文名）、old、new（当时显示的文字）。"
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更改"
        ordering = ["-pk"]
        indexes = [Index(fields=["noun", "record_id"], name="change_record")]
        constraints = [
            CheckConstraint(
                condition=~Q(kind__in=EXPLAINED) | ~Q(reason=""),
                name="%(app_label)s_%(class)s_has_its_reason",
                violation_error_message="请写明理由。",
            ),
            is_one_of("kind", ChangeKind),
        ]

    def __str__(self) -> str:
        return f"{self.day.year}年{self.day.month}月{self.day.day}日{self.get_kind_display()}"

    @property
    def day(self) -> date:
        return localtime(self.made_at).date()

    @property
    def sign(self) -> str:
        """What marks a figure that was changed so, in one character: 更 or 修."""
        return ChangeKind(self.kind).sign

    @property
    def differences(self) -> list[Difference]:
        """What the change changed, field by field, in the words shown then; nothing for a new record."""
        return [Difference(**one) for one in self.stored_differences]

    @property
    def author(self) -> str:
        """Who made it, as other admins are told; readers never are."""
        return f"“{self.user.get_full_name() or self.user.get_username()}”" if self.user else "别人"


class OfChange(models.Model):
    """Gives each row of a history its change."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
