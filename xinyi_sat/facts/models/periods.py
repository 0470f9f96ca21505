"""The years that facts speak of."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q

from xinyi_sat.facts.choices import PeriodState
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addressed import LOWER_CASE, SLUG_HELP, Addressed
from xinyi_sat.facts.querysets import PeriodQuerySet

ALL_PERIODS = "all"  # what an address calls all periods, and no period is called


class Period(Addressed):
    """The years that facts speak of: five of them in a review, or one."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    is_inferred = models.BooleanField("起止为推断", default=False, help_text="原文没有写明起止日期时勾选。")
    note = models.TextField("说明", blank=True)
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
            is_one_of("state", PeriodState),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse to begin after a document has told of it, and a state that can't follow the one before."""
        super().clean()
        self._refuse_another_way()
        early = (
            self.document_set.filter(published_on__lt=self.starts_on).first() if self.pk and self.starts_on else None
        )
        if early:
            told = f"《{early}》说的是这个时期，{early.published_on:%Y-%m-%d} 已经发布"
            raise ValidationError({"starts_on": f"{told}，时期不能在这之后才开始。"})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def _refuse_another_way(self) -> None:
        before = Period.objects.filter(pk=self.pk).values_list("state", flat=True).first()
        if before and self.state not in (before, PeriodState(before).next):
            old, new = PeriodState(before), dict(PeriodState.choices).get(self.state, self.state)
            raise ValidationError(f"{old.label}的时期只能{old.step}，不能改为“{new}”。")

    def go_on(self) -> None:
        """Take the next state, unsaved; ValidationError where the period breaks a rule."""
        self.state = PeriodState(self.state).next
        self.full_clean()

    @property
    def is_draft(self) -> bool:
        return self.state == PeriodState.DRAFT

    @property
    def is_archived(self) -> bool:
        """Whether it is kept for reading, and no longer the first shown."""
        return self.state == PeriodState.ARCHIVED

    @property
    def marked(self) -> str:
        """Its title, and that it is archived where it is."""
        return f"{self}（{self.get_state_display()}）" if self.is_archived else str(self)

    @property
    def length(self) -> tuple[int, int]:
        """How many calendar months and days further on it ends: a year is as long as any other, leap or not."""
        after = min(self.ends_on, date.max - timedelta(days=1)) + timedelta(days=1)
        return (
            after.year - self.starts_on.year
        ) * 12 + after.month - self.starts_on.month, after.day - self.starts_on.day

    def was_public(self) -> bool:
        return not self.is_draft or self.history.exclude(state=PeriodState.DRAFT).exists()
