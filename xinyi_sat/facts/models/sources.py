"""Where facts come from: documents and their passages."""

import hashlib
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import ChangeKind, PassageRole, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addressed import LOWER_CASE, SLUG_HELP, Addressed
from xinyi_sat.facts.models.history import Tracked
from xinyi_sat.facts.models.many import save_many
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.seen import seen_states
from xinyi_sat.facts.querysets import DocumentQuerySet, PassageQuerySet, kinds_among
from xinyi_sat.reading.expressions import Expression, Kind, read_expressions
from xinyi_sat.reading.plain_text import visible_text

PARAGRAPHS_A_PAGE = 100  # of a document; by number, so that an address knows the page of a paragraph


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
        return super().was_public() or seen_states(type(self)).filter(id=self.pk).exists()

    natural_key.dependencies = ["facts.period", "facts.organisation"]

    def _refuse_to_hide(self) -> None:
        read = kinds_among(Passage._meta.related_objects) if self.pk and self.period_id and self.period.is_draft else []
        if any(kind.objects.public().in_document(self).exists() for kind in read):
            raise ValidationError({"period": "已有公布的记录读自这份文献，它所述的时期不能是草稿。"})

    def register(self, paragraphs: list[str], *, with_words: bool = False) -> list["Passage"]:
        """Record every paragraph of this document, which has none yet; their words only where these may stay here."""
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
        save_many(passages, [{} for _ in passages], ChangeKind.ENTERED)
        return passages


def address_in(document: str, paragraph: int, anchor: str) -> str:
    """A place in a paragraph of the document of this slug: the page of the document that has it, and the place there."""
    page = (paragraph - 1) // PARAGRAPHS_A_PAGE + 1
    return f"{reverse('source', args=[document])}{f'?page={page}' if page > 1 else ''}#{anchor}"


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
        return address_in(self.document.slug, self.paragraph, self.anchor)

    @property
    def is_draft(self) -> bool:
        return self.document.is_draft

    def was_public(self) -> bool:
        return super().was_public() or seen_states(type(self)).filter(id=self.pk).exists()

    @property
    def label(self) -> str:
        """The paragraph as readers call it, where the document is plain."""
        return f"第 {self.paragraph} 段"

    def quantities(self) -> tuple[Expression, ...]:
        """The quantities of its words; none where the words are not here."""
        return quantities_of(self.text)

    def differs(self, wording: str, start: int | None, end: int | None) -> bool:
        """Whether its words are here and are not this wording: at its place, or anywhere where none is known."""
        if not self.text or start is not None:
            return bool(self.text) and visible_text(self.text[start:end]) != wording
        found = self.quantities()
        return not any(one.wording == wording for one in found) and wording not in self._beside(found)

    def _beside(self, found: tuple[Expression, ...]) -> str:
        """Its words without these quantities, so that a wording is not found as a part of another one."""
        rest = self.text
        for one in reversed(found):
            rest = f"{rest[: one.start]}\n{rest[one.end :]}"
        return rest

    @property
    def anchor(self) -> str:
        """The name of this paragraph on the page of its document."""
        return f"p{self.paragraph}"

    def natural_key(self) -> tuple[str, int]:
        return (self.document.slug, self.paragraph)

    natural_key.dependencies = ["facts.document"]
