"""Documents, and their passages from which facts are read."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import ChangeKind, PassageRole, PeriodState, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addresses import LOWER_CASE, SLUG_HELP, WEB_ADDRESS, Addressed, SlugQuerySet
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.recording import record_change
from xinyi_sat.facts.models.tracked import Tracked, TrackedQuerySet
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions
from xinyi_sat.reading.plain_text import visible_text


class DocumentQuerySet(SlugQuerySet):
    """Questions about documents."""

    def public(self) -> Self:
        return self.exclude(period__state=PeriodState.DRAFT)

    def in_period(self, period: Period) -> Self:
        return self.filter(period=period)


class Document(Addressed):
    """A published review that facts are read from; its text is not kept here."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=200)
    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name="发布单位")
    published_on = models.DateField("发布日期")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="所述时期")
    url = models.CharField(
        "原文网址",
        max_length=200,
        blank=True,
        validators=[WEB_ADDRESS],
        help_text="这份文献发布在哪个网址；没有上网则留空。",
    )
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
        super().clean()
        if self.pk and self.period_id and self.period.is_draft and self.is_published():
            raise ValidationError({"period": "这份文献已经公布，它所述的时期不能是草稿。"})
        if self.period_id and self.published_on and self.published_on < self.period.starts_on:
            begins = f"{self.period.starts_on:%Y-%m-%d}"
            raise ValidationError({"published_on": f"发布日期不能早于所述时期的开始日期（{begins}）。"})

    def register(self, paragraphs: list[str], *, with_words: bool = False) -> list[Passage]:
        """Save every paragraph of this document, which has none yet; their words only with `with_words`."""
        passages = [
            Passage(
                document=self,
                paragraph=number,
                length=len(text),
                digest=digest_of(text),
                text=text if with_words else "",
            )
            for number, text in enumerate(paragraphs, 1)
        ]
        with record_change(None, ChangeKind.ENTERED):
            for passage in passages:
                passage.save()
        return passages


def digest_of(text: str) -> str:
    """SHA-256 of a paragraph's characters in UTF-8, without its line break, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=256)  # asked for by each figure of a paragraph
def quantities_of(text: str) -> tuple[Expression, ...]:
    """The quantities of a text."""
    return tuple(one for one in read_expressions(text) if one.kind is Kind.QUANTITY)


class PassageQuerySet(TrackedQuerySet):
    """Questions about the paragraphs of documents."""

    def public(self) -> Self:
        return self.exclude(document__period__state=PeriodState.DRAFT)

    def get_by_natural_key(self, document: str, paragraph: int) -> Passage:
        return self.get(document__slug=document, paragraph=paragraph)


class Passage(Tracked):
    """One paragraph of a document, known by its number and digest; its words only where `load_source` brought them."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages", verbose_name="文献")
    paragraph = models.PositiveIntegerField(
        "段落", validators=[MinValueValidator(1)], help_text="文本文件的行号，从 1 起。"
    )
    role = models.CharField("段落性质", max_length=20, choices=PassageRole, default=PassageRole.BODY)
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
    def tracked_period_id(self) -> int:
        return self.document.period_id

    @property
    def label(self) -> str:
        return f"第 {self.paragraph} 段"

    def quantities(self) -> tuple[Expression, ...]:
        """The quantities of its words; none where the words are not here."""
        return quantities_of(self.text)

    def differs(self, wording: str, start: int | None, end: int | None) -> bool:
        """Whether its words are stored and don't have this wording: at its place, or anywhere if no place is known."""
        if not self.text or start is not None:
            return bool(self.text) and visible_text(self.text[start:end]) != wording
        found = self.quantities()
        return not any(one.wording == wording for one in found) and wording not in self._beside(found)

    def _beside(self, found: tuple[Expression, ...]) -> str:
        """Its words without these quantities, so that a wording is not found inside another one."""
        rest = self.text
        for one in reversed(found):
            rest = f"{rest[: one.start]}\n{rest[one.end :]}"
        return rest

    @property
    def anchor(self) -> str:
        return f"p{self.paragraph}"

    def natural_key(self) -> tuple[str, int]:
        return (self.document.slug, self.paragraph)
