"""What every kind of fact has."""

import re
from functools import cache
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import Basis, FactState, PassageRole, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.fields import END, NUMBER, START, CompanionField, QuantityField
from xinyi_sat.facts.models.addressed import LOWER_CASE, SLUG_HELP
from xinyi_sat.facts.models.history import Tracked
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.seen import seen_states
from xinyi_sat.facts.models.sources import Passage
from xinyi_sat.facts.querysets import READING_ORDER, FactQuerySet
from xinyi_sat.reading.quantity import Quantity


class Fact(Tracked):
    """One statement of one kind, the period it speaks of and the passage that makes it."""

    title = models.CharField("名称", max_length=200)
    slug = models.SlugField(
        "标识", max_length=80, validators=[LOWER_CASE], help_text=SLUG_HELP + "同一事项在各时期用同一标识，以便比较。"
    )
    service = models.CharField("服务", max_length=20, choices=Service)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="时期")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, verbose_name="出处")
    basis = models.CharField(
        "口径", max_length=20, choices=Basis, default=Basis.NOT_STATED, help_text="数字是整个时期的合计，还是每年的数。"
    )
    is_headline = models.BooleanField("首页重点", default=False, help_text="在首页和报告摘要中列出其数字。")
    note = models.TextField("说明", blank=True, help_text="数字包括什么、不包括什么，原文有何含糊之处。")
    state = models.CharField(
        "状态",
        max_length=20,
        choices=FactState,
        default=FactState.CONFIRMED,
        help_text="待确认的不公布；公布过的不能删除，只能撤回，仍留在更改记录中。",
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = READING_ORDER
        constraints = [
            UniqueConstraint(
                fields=["period", "slug"],
                name="%(app_label)s_%(class)s_slug_is_unique_in_its_period",
                violation_error_code="slug",
                violation_error_message="这个时期已有同一标识的记录。",
            ),
            CheckConstraint(
                condition=~Q(title=""),
                name="%(app_label)s_%(class)s_has_a_title",
                violation_error_message="名称不能为空。",
            ),
            is_one_of("service", Service),
            is_one_of("basis", Basis),
            is_one_of("state", FactState),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Save; a figure named in `update_fields` takes its number with it."""
        if kwargs.get("update_fields") is not None:
            numbers = {name + NUMBER for name in self.figure_names() if name in kwargs["update_fields"]}
            kwargs["update_fields"] = {*kwargs["update_fields"], *numbers}
        super().save(*args, **kwargs)
        self.note_saved()

    def note_saved(self) -> None:
        """The state from which the next one follows."""
        self._known_state = self.state

    @classmethod
    def from_db(cls, db: str, field_names: list[str], values: list) -> "Fact":
        """A fact as the database has it, and the state it has there: thousands of rows are checked against it."""
        fact = super().from_db(db, field_names, values)
        fact._known_state = fact.__dict__.get("state")
        return fact

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.app_label}:{self.kind()}", args=[self.period.slug, self.slug])

    def clean(self) -> None:
        """Give each figure its number and, where the words are here, its place; a place beyond the passage is refused,
        and a state that can't follow the one before, and a confirmed fact whose passage is no source."""
        self._refuse_another_way()
        for name in self.figure_names():
            quantity = getattr(self, name) or None
            if isinstance(quantity, Quantity | None):
                setattr(self, name, quantity)
                setattr(self, name + NUMBER, quantity and quantity.number)
            if self.passage_id:
                self._place(name, quantity)
        if self.passage_id and self.period_id and self.state == FactState.CONFIRMED:
            self._refuse_no_source()

    def _refuse_no_source(self) -> None:
        """Titles and dates of the page tell of nothing, and what readers may see is not read from what they may not."""
        if self.passage.role == PassageRole.FURNITURE:
            raise ValidationError(
                {"passage": f"{self.passage.label}是页面信息，不是出处：请选择写有这件事的段落再确认。"}
            )
        if self.passage.is_draft and not self.period.is_draft:
            raise ValidationError({"passage": f"《{self.passage.document}》所述的时期还是草稿，公布的记录不能读自它。"})

    def _refuse_another_way(self) -> None:
        before = self.__dict__.get("_known_state")
        if before and self.state not in (before, FactState(before).next):
            old, new = FactState(before), dict(FactState.choices).get(self.state, self.state)
            raise ValidationError(f"“{old.label}”之后只能{old.step}，不能改为“{new}”。")

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
        elif passage.text and (getattr(self, name + START), end) not in {
            (q.start, q.end) for q in passage.quantities()
        }:
            raise ValidationError({name + END: f"{passage.label}的这几个字不是一个数字，请核对起止字位。"})

    def go_on(self) -> None:
        """Take the next state, unsaved; ValidationError where a fact that breaks a rule would be confirmed."""
        self.state = FactState(self.state).next
        if self.state == FactState.CONFIRMED:
            self.full_clean()

    def natural_key(self) -> tuple[str, str]:
        return (self.period.slug, self.slug)

    natural_key.dependencies = ["facts.period", "facts.passage", "facts.organisation"]

    @property
    def is_draft(self) -> bool:
        return self.period.is_draft or self.state == FactState.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == FactState.WITHDRAWN

    def was_public(self) -> bool:
        return super().was_public() or seen_states(type(self)).filter(id=self.pk).exists()

    @classmethod
    @cache
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

    def in_other_periods(self) -> models.QuerySet:
        """The same matter as readers may see it in other periods, the latest first."""
        return type(self).objects.public().filter(slug=self.slug).exclude(pk=self.pk).with_source().in_reading_order()

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
