"""Where facts come from (Document, Passage, Period, Organisation) and what every kind of fact has (Fact)."""

import hashlib
import re
from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import Basis, OrganisationKind, PassageRole, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.expressions import Expression, Kind, read_expressions
from xinyi_sat.facts.fields import END, NUMBER, START, CompanionField, QuantityField
from xinyi_sat.facts.quantity import Quantity
from xinyi_sat.facts.querysets import READING_ORDER, FactQuerySet, PassageQuerySet, PeriodQuerySet, SlugQuerySet

SLUG_HELP = "网址中的名字：小写英文字母、数字和连字符。"


class Period(models.Model):
    """The years that facts speak of: five of them in a review, or one."""

    slug = models.SlugField("标识", unique=True, help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    is_inferred = models.BooleanField("起止为推断", default=False, help_text="原文没有写明起止日期时勾选。")
    note = models.TextField("说明", blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时期"
        ordering = ["-ends_on", "-starts_on"]
        constraints = [
            CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="%(app_label)s_%(class)s_starts_before_it_ends",
                violation_error_message="开始日期不能晚于结束日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Organisation(models.Model):
    """A firm, learned society, medium, agency or other body that facts name."""

    slug = models.SlugField("标识", unique=True, help_text=SLUG_HELP)
    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    note = models.TextField("说明", blank=True)

    objects = SlugQuerySet.as_manager()

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


class Document(models.Model):
    """A published review that facts are read from; its text is not kept here."""

    slug = models.SlugField("标识", unique=True, help_text=SLUG_HELP)
    title = models.CharField("名称", max_length=200)
    publisher = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name="发布单位")
    published_on = models.DateField("发布日期")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="所述时期")
    note = models.TextField("说明", blank=True)

    objects = SlugQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文献"
        ordering = ["-published_on", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["facts.period", "facts.organisation"]


def digest_of(text: str) -> str:
    """SHA-256 of a paragraph's characters in UTF-8, without its line break, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Passage(models.Model):
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
    def label(self) -> str:
        """The paragraph as readers call it, where the document is plain."""
        return f"第 {self.paragraph} 段"

    def quantities(self) -> list[Expression]:
        """The quantities of its words; none where the words are not here."""
        return [one for one in read_expressions(self.text) if one.kind is Kind.QUANTITY]

    @property
    def anchor(self) -> str:
        """The name of this paragraph on the page of its document."""
        return f"p{self.paragraph}"

    def natural_key(self) -> tuple[str, int]:
        return (self.document.slug, self.paragraph)

    natural_key.dependencies = ["facts.document"]


class Fact(models.Model):
    """One statement of one kind, the period it speaks of and the passage that makes it."""

    title = models.CharField("名称", max_length=200)
    slug = models.SlugField("标识", max_length=80, help_text=SLUG_HELP + "同一事项在各时期用同一标识，以便比较。")
    service = models.CharField("服务", max_length=20, choices=Service)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="时期")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, verbose_name="出处")
    basis = models.CharField(
        "口径", max_length=20, choices=Basis, default=Basis.NOT_STATED, help_text="数字是整个时期的合计，还是每年的数。"
    )
    is_headline = models.BooleanField("首页重点", default=False, help_text="在首页和报告摘要中列出其数字。")
    note = models.TextField("说明", blank=True, help_text="数字包括什么、不包括什么，原文有何含糊之处。")

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = READING_ORDER
        constraints = [
            UniqueConstraint(
                fields=["period", "slug"],
                name="%(app_label)s_%(class)s_slug_is_unique_in_its_period",
                violation_error_message="这个时期已有同一标识的记录。",
            ),
            CheckConstraint(
                condition=~Q(title=""),
                name="%(app_label)s_%(class)s_has_a_title",
                violation_error_message="名称不能为空。",
            ),
            is_one_of("service", Service),
            is_one_of("basis", Basis),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Save; a figure named in `update_fields` takes its number with it."""
        if kwargs.get("update_fields") is not None:
            numbers = {name + NUMBER for name in self.figure_names() if name in kwargs["update_fields"]}
            kwargs["update_fields"] = {*kwargs["update_fields"], *numbers}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.app_label}:{self.kind()}", args=[self.period.slug, self.slug])

    def clean(self) -> None:
        """Give each figure its number and, where the words are here, its place; a place beyond the passage is refused."""
        for name in self.figure_names():
            quantity = getattr(self, name) or None
            if isinstance(quantity, Quantity | None):
                setattr(self, name, quantity)
                setattr(self, name + NUMBER, quantity and quantity.number)
            if self.passage_id:
                self._place(name, quantity)

    def _place(self, name: str, quantity: Quantity | None) -> None:
        passage, end, wording = self.passage, getattr(self, name + END), str(quantity)
        if quantity is None:
            setattr(self, name + START, None)
            setattr(self, name + END, None)
        elif end is None:
            places = [(one.start, one.end) for one in passage.quantities() if one.wording == wording]
            if len(places) == 1:
                [(start, end)] = places
                setattr(self, name + START, start)
                setattr(self, name + END, end)
        elif end > passage.length:
            raise ValidationError({name + END: f"{passage.label}只有 {passage.length} 字。"})

    def natural_key(self) -> tuple[str, str]:
        return (self.period.slug, self.slug)

    natural_key.dependencies = ["facts.period", "facts.passage", "facts.organisation"]

    @classmethod
    def kind(cls) -> str:
        """The noun of this kind in files and addresses: `enterprise_link`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def plural(cls) -> str:
        """The noun of many facts of this kind: `enterprise_links`."""
        return f"{cls.kind()}s"

    @classmethod
    def list_url(cls) -> str:
        """The page that lists this kind."""
        return reverse(f"{cls._meta.app_label}:{cls.plural()}")

    @classmethod
    def figure_names(cls) -> list[str]:
        """The measures of this kind: its fields that hold a figure."""
        return [field.name for field in cls._meta.fields if isinstance(field, QuantityField)]

    @classmethod
    def organisation_names(cls) -> list[str]:
        """The fields of this kind that name organisations."""
        relations = chain(cls._meta.fields, cls._meta.many_to_many)
        return [field.name for field in relations if field.related_model is Organisation]

    @classmethod
    def own_names(cls) -> list[str]:
        """The fields that only this kind has, figures and organisations left out."""
        shared = {*(field.name for field in Fact._meta.fields), "id", *cls.organisation_names()}
        own = (field for field in cls._meta.fields if not isinstance(field, QuantityField | CompanionField))
        return [field.name for field in own if field.name not in shared]

    @property
    def service_url(self) -> str:
        """The page of the service this fact belongs to."""
        return Service(self.service).get_absolute_url()

    def details(self) -> list[tuple[str, str | list[Organisation]]]:
        """What only this kind says, under the words of its fields; what the source leaves open is left out."""
        own = [
            (name, getattr(self, f"get_{name}_display", lambda name=name: getattr(self, name))())
            for name in self.own_names()
        ]
        named = [(name, self.organisations(name)) for name in self.organisation_names()]
        return [(self._meta.get_field(name).verbose_name, value) for name, value in own + named if value]

    def organisations(self, name: str) -> list[Organisation]:
        """The organisations that one of `organisation_names` holds."""
        if self._meta.get_field(name).many_to_many:
            return list(getattr(self, name).all())
        return [getattr(self, name)] if getattr(self, name) else []

    @classmethod
    def text_names(cls) -> list[str]:
        """The fields, also of organisations, whose words a search looks through."""
        own = [name for name in cls.own_names() if not cls._meta.get_field(name).choices]
        return ["title", "note", *own, *(f"{name}__name" for name in cls.organisation_names())]
