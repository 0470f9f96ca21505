"""Where facts come from: periods, documents, their passages, and the organisations that facts name."""

import hashlib
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import OrganisationKind, PassageRole, PeriodState, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.expressions import Expression, Kind, read_expressions
from xinyi_sat.facts.models.history import Tracked
from xinyi_sat.facts.querysets import (
    DocumentQuerySet,
    OrganisationQuerySet,
    PassageQuerySet,
    PeriodQuerySet,
    kinds_among,
)

SLUG_HELP = "网址中的名字：小写英文字母、数字和连字符。"
ALL_PERIODS = "all"  # what an address calls all periods, and no period is called
LOWER_CASE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "应为小写英文字母和数字，词间用连字符，例如 farm-course。")


class Addressed(Tracked):
    """A record with an address of its own, which stays once readers have seen it."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse another slug for what was public: links to it stand in pages, files and printed reports."""
        before = type(self).objects.filter(pk=self.pk).first()
        if before and before.slug != self.slug and before.was_public():
            raise ValidationError(f"“{before}”公布过，标识“{before.slug}”不能再改：它是网址的一部分。")


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


class Organisation(Addressed):
    """A firm, learned society, medium, agency or other body that facts name."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    note = models.TextField("说明", blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["kind", "slug"]
        constraints = [is_one_of("kind", OrganisationKind)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_draft(self) -> bool:
        return not Organisation.objects.public().filter(pk=self.pk).exists()


class Document(Addressed):
    """A published review that facts are read from; its text is not kept here."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=200)
    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name="发布单位")
    published_on = models.DateField("发布日期")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="所述时期")
    note = models.TextField("说明", blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文献"
        ordering = ["-published_on", "slug"]
        constraints = [
            CheckConstraint(
                condition=~Q(title=""),
                name="%(app_label)s_%(class)s_has_a_title",
                violation_error_message="名称不能为空。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    def clean(self) -> None:
        """Refuse a date before the period that it tells of, and a period that nobody may see where readers are sent to it;
        a CHECK can't look into another table."""
        super().clean()
        self._refuse_to_hide()
        if self.period_id and self.published_on and self.published_on < self.period.starts_on:
            begins = f"{self.period.starts_on:%Y-%m-%d}"
            raise ValidationError({"published_on": f"发布日期不能早于所述时期的开始日期（{begins}）。"})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_draft(self) -> bool:
        return self.period.is_draft

    def was_public(self) -> bool:
        return self.period.was_public()

    natural_key.dependencies = ["facts.period", "facts.organisation"]

    def _refuse_to_hide(self) -> None:
        read = kinds_among(Passage._meta.related_objects) if self.pk and self.period_id and self.period.is_draft else []
        if any(kind.objects.public().in_document(self).exists() for kind in read):
            raise ValidationError({"period": "已有公布的记录读自这份文献，它所述的时期不能是草稿。"})

    def register(self, paragraphs: list[str], *, with_words: bool = False) -> list["Passage"]:
        """Record every paragraph of this document, which has none yet; their words only where these may stay here."""
        return [
            Passage.objects.create(
                document=self,
                paragraph=number,
                length=len(text),
                digest=digest_of(text),
                text=text if with_words else "",
            )
            for number, text in enumerate(paragraphs, 1)
        ]


def digest_of(text: str) -> str:
    """SHA-256 of a paragraph's characters in UTF-8, without its line break, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)  # each figure of each fact of a paragraph asks
def quantities_of(text: str) -> tuple[Expression, ...]:
    """The quantities of a text."""
    return tuple(one for one in read_expressions(text) if one.kind is Kind.QUANTITY)


class Passage(Tracked):
    """One paragraph of a document, known by its number and digest; its words only where `load_source` brought them."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages", verbose_name="文献")
    paragraph = models.PositiveIntegerField(
        "段落", validators=[MinValueValidator(1)], help_text="文本文件的行号，从 1 起。"
    )
    role = models.CharField("作用", max_length=20, choices=PassageRole, default=PassageRole.BODY)
    service = models.CharField("所属部分", max_length=20, choices=Service, blank=True)
    length = models.PositiveIntegerField("字数")
    digest = models.CharField(
        "校验值", max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}\Z", "应为 64 位小写十六进制 SHA-256。")]
    )
    text = models.TextField("原文", blank=True, editable=False, serialize=False)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "段落"
        ordering = ["document", "paragraph"]
        constraints = [
            UniqueConstraint(
                fields=["document", "paragraph"],
                name="%(app_label)s_%(class)s_is_the_only_one_of_its_number",
                violation_error_code="paragraph",
                violation_error_message="这份文献已有这一段。",
            ),
            CheckConstraint(
                condition=Q(paragraph__gte=1),
                name="%(app_label)s_%(class)s_is_counted_from_one",
                violation_error_message="段落从 1 数起。",
            ),
            is_one_of("role", PassageRole),
        ]

    def __str__(self) -> str:
        return f"{self.document}{self.label}"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.anchor}"

    @property
    def is_draft(self) -> bool:
        return self.document.is_draft

    def was_public(self) -> bool:
        return self.document.was_public()

    @property
    def label(self) -> str:
        """The paragraph as readers call it, where the document is plain."""
        return f"第 {self.paragraph} 段"

    def quantities(self) -> tuple[Expression, ...]:
        """The quantities of its words; none where the words are not here."""
        return quantities_of(self.text)

    @property
    def anchor(self) -> str:
        """The name of this paragraph on the page of its document."""
        return f"p{self.paragraph}"

    def natural_key(self) -> tuple[str, int]:
        return (self.document.slug, self.paragraph)

    natural_key.dependencies = ["facts.document"]
