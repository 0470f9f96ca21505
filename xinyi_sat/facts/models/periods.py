"""The years that facts speak of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Exists, ExpressionWrapper, F, OuterRef, Q, UniqueConstraint

from xinyi_sat.facts.choices import PeriodState
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addresses import LOWER_CASE, SLUG_HELP, Addressed, SlugQuerySet

ALL_PERIODS = "all"  # in addresses; no period may have this slug


class UnknownPeriodError(LookupError):
    """There is no such period; the message lists those there are."""


class PeriodQuerySet(SlugQuerySet):
    """Questions about periods."""

    def public(self) -> Self:
        return self.exclude(state=PeriodState.DRAFT)

    def with_facts(self) -> Self:
        facts = self.model._meta.get_field("fact").related_model
        return self.public().filter(Exists(facts.objects.public().filter(period=OuterRef("pk"))))

    def latest_first(self) -> Self:
        """The front one first, then those that ended last, of several the longest; archived ones after all others."""
        archived_last = ExpressionWrapper(Q(state=PeriodState.ARCHIVED), models.BooleanField())
        return self.order_by("-is_front", archived_last, "-ends_on", "starts_on", "pk")

    def current(self) -> Period | None:
        """The period that readers are shown first: the front one, else the latest with facts that is not archived."""
        return self.with_facts().latest_first().first()

    def named(self, slug: str, called: str = "时期") -> Period:
        """The period of this slug among these; UnknownPeriodError, whose message calls it `called`, where there is none."""
        found = self.filter(slug=slug).first()
        if found is None:
            known = "、".join(self.latest_first().values_list("slug", flat=True)) or "无"
            raise UnknownPeriodError(f"没有{called}“{slug}”。已有的是：{known}。")
        return found

    def asked_for(self, slug: str | None) -> Period:
        """The public period of this slug, else the current one; UnknownPeriodError where there is none."""
        found = self.public().named(slug, "公布的时期") if slug else self.current()
        if found is None:
            raise UnknownPeriodError("还没有任何时期，请先运行 load_facts。")
        return found


class Period(Addressed):
    """The years that facts speak of: five of them in a review, or one."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    is_inferred = models.BooleanField("起止为推断", default=False, help_text="原文没有写明起止日期时勾选。")
    note = models.TextField("说明", blank=True)
    is_front = models.BooleanField(
        "放在首页", default=False, help_text="首页先显示这个时期；都不勾选时，先显示没有归档、结束最晚的。"
    )
    state = models.CharField(
        "状态",
        max_length=20,
        choices=PeriodState,
        default=PeriodState.DRAFT,
        help_text="草稿只有登录后台的人看得到；已公布和已归档的人人可读，首页先显示已公布的。",
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时期"
        ordering = ["-ends_on", "-starts_on"]
        constraints = [
            CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="%(app_label)s_%(class)s_starts_before_it_ends",
                violation_error_code="ends_on",
                violation_error_message="开始日期不能晚于结束日期。",
            ),
            CheckConstraint(
                condition=~Q(slug=ALL_PERIODS),
                name="%(app_label)s_%(class)s_is_not_called_all",
                violation_error_code="slug",
                violation_error_message=f"标识不能是“{ALL_PERIODS}”：网址用它表示全部时期。",
            ),
            UniqueConstraint(
                fields=["is_front"],
                condition=Q(is_front=True),
                name="%(app_label)s_%(class)s_at_most_one_is_front",
                violation_error_code="is_front",
                violation_error_message="已有别的时期放在首页，请先取消那一个。",
            ),
            is_one_of("state", PeriodState),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse to begin after a document has told of it, and a state that can't follow the one before."""
        super().clean()
        if before := Period.objects.filter(pk=self.pk).first():
            PeriodState(before.state).refuse_other_than_next(self.state)
        early = (
            self.document_set.filter(published_on__lt=self.starts_on).first() if self.pk and self.starts_on else None
        )
        if early:
            told = f"《{early}》说的是这个时期，{early.published_on:%Y-%m-%d} 已经发布"
            raise ValidationError({"starts_on": f"{told}，时期不能在这之后才开始。"})

    def go_on(self) -> None:
        """Take the next state, unsaved; ValidationError where the period breaks a rule."""
        self.state = PeriodState(self.state).next
        self.full_clean()

    @property
    def is_draft(self) -> bool:
        return self.state == PeriodState.DRAFT

    @property
    def is_archived(self) -> bool:
        return self.state == PeriodState.ARCHIVED

    @property
    def title_with_state(self) -> str:
        return f"{self}（{self.get_state_display()}）" if self.is_archived else str(self)

    @property
    def length(self) -> tuple[int, int]:
        """Its length in calendar months and days: a year is as long as any other, leap or not."""
        after = min(self.ends_on, date.max - timedelta(days=1)) + timedelta(days=1)
        return (
            after.year - self.starts_on.year
        ) * 12 + after.month - self.starts_on.month, after.day - self.starts_on.day

    @property
    def tracked_period_id(self) -> int | None:
        return self.pk
