"""Measures, and the terms that kinds of fact choose from: records, so that staff can add some without a programmer."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from xinyi_sat.facts.choices import Dimension
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models import recording
from xinyi_sat.facts.models.addresses import LOWER_CASE, SLUG_HELP
from xinyi_sat.facts.models.texts import VisibleTexts
from xinyi_sat.facts.models.tracked import fields_naming
from xinyi_sat.reading.quantity import Quantity

COLUMNS = {"document", "paragraph", "source", "url", "corrected", "period_title", "change_kind", "change_reason"}
BETWEEN_WORDS = "、"


class WordsField(models.CharField):
    """Several words in one column, separated by 、 as in 期、场、次."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"max_length": 200} | kwargs)


def words_of(text: str) -> list[str]:
    """The words of a WordsField."""
    return [word for word in text.split(BETWEEN_WORDS) if word]


class Vocabulary(VisibleTexts):
    """A word that records choose, and stays while one of them has it."""

    class Meta:
        abstract = True

    def is_used(self) -> bool:
        """Whether a record has it, or had it before a change."""
        return any(self._rows(field).exists() for field in fields_naming(type(self)))

    def after_change(self) -> None:
        """Bring up to date what is made of the records that show its label: searches, and files."""
        for field in fields_naming(type(self)):
            if hasattr(field.model, "tracked_record"):
                for row in self._rows(field):
                    row.tracked_record.after_change()
        recording.after_change(None)

    def _rows(self, field: models.Field) -> models.QuerySet:
        return field.model._base_manager.filter(**{field.name: self.pk})


class MeasureQuerySet(models.QuerySet):
    """Questions about measures."""

    def for_kind(self, noun: str) -> list[Measure]:
        return [measure for measure in self.all() if noun in words_of(measure.kinds)]

    def get_by_natural_key(self, slug: str) -> Measure:
        return self.get(slug=slug)


class Measure(Vocabulary):
    """What is counted (指标): the units it takes, and the kinds of fact that have it."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    label = models.CharField("名称", max_length=40)
    dimension = models.CharField(
        "所数", max_length=20, choices=Dimension, help_text="人数与人次是不同的事，不能相加，也不画在同一图上。"
    )
    units = WordsField("单位", help_text="可用的单位，用顿号分开，第一个是常用的，例如“期、场、次”。")
    kinds = WordsField("用于", help_text="用这个指标的类别，用顿号分开。")
    position = models.PositiveSmallIntegerField("次序", default=100, help_text="小的排在前面。")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering = ["position", "slug"]
        constraints = [
            UniqueConstraint(
                fields=["label", "dimension", "kinds"],
                name="%(app_label)s_%(class)s_label_is_unique_in_its_kinds",
                violation_error_message="这些类别已有同名的指标。",
            ),
            CheckConstraint(
                condition=~Q(units=""),
                name="%(app_label)s_%(class)s_has_a_unit",
                violation_error_message="至少要有一个单位。",
            ),
            is_one_of("dimension", Dimension),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def unit_words(self) -> list[str]:
        return words_of(self.units)

    def clean(self) -> None:
        """Refuse units of another dimension, and to remove units, kinds or a dimension that figures use."""
        foreign = [unit for unit in self.unit_words if self.dimension and not Dimension(self.dimension).takes(unit)]
        if foreign:
            raise ValidationError({"units": f"“{'”“'.join(foreign)}”不是数“{self.get_dimension_display()}”的单位。"})
        if self.slug.replace("-", "_") in field_names():
            raise ValidationError({"slug": "记录已有这个名字的栏目，请换一个标识。"})
        self._refuse_misleading_label()
        if self.pk:
            self._refuse_to_strand_figures()

    def _refuse_misleading_label(self) -> None:
        others = dict(Dimension.choices)
        others.pop(self.dimension, None)
        if self.label in others.values():
            raise ValidationError({"label": f"这个指标数的是“{self.get_dimension_display()}”，不能叫“{self.label}”。"})
        for other in Measure.objects.filter(label=self.label).exclude(pk=self.pk):
            if set(words_of(self.kinds)) & set(words_of(other.kinds)):
                raise ValidationError({"label": "这几类记录中已有同名的指标，请换一个名称。"})

    def _refuse_to_strand_figures(self) -> None:
        figures = self.figure_set.all()
        used = set(figures.values_list("unit", flat=True).distinct()) - set(self.unit_words)
        if used:
            raise ValidationError({"units": f"已有数字用单位“{'”“'.join(sorted(used))}”，不能去掉。"})
        if set(figures.values_list("fact__kind", flat=True).distinct()) - set(words_of(self.kinds)):
            raise ValidationError({"kinds": "已有这类记录用这个指标，不能去掉。"})
        if figures.exclude(dimension=self.dimension).exists():
            raise ValidationError({"dimension": "已有数字用这个指标，不能改为数别的。"})

    def misfit(self, quantity: Quantity) -> str:
        """Why a quantity doesn't fit this measure, and what would, in Chinese; empty where it fits."""
        units, unit = self.unit_words, quantity.counting_word
        if unit in units:
            return ""
        if not unit:
            example = quantity.number if quantity.number and not quantity.number % 1 else 17
            left_out = "" if quantity.number else "原文没有这个数就留空。"
            return f"“{quantity}”没有单位，应写数字和单位，例如“{example:.0f}{units[0]}”。{left_out}"
        return f"{self.label}的单位应为“{'”“'.join(units)}”，而“{quantity}”的单位是“{unit}”。"


def field_names() -> set[str]:
    """The names of the fields and columns of all kinds of fact: a figure stands beside them in forms, tables and files."""
    models_with_figures = [model for model in apps.get_models() if hasattr(model, "figures")]
    return COLUMNS | {field.name for model in models_with_figures for field in model._meta.get_fields()}


class TermQuerySet(models.QuerySet):
    """Questions about terms."""

    def get_by_natural_key(self, vocabulary: str, slug: str) -> Term:
        return self.get(vocabulary=vocabulary, slug=slug)


class Term(Vocabulary):
    """One word of a vocabulary that a kind of fact chooses from, such as 培训班 among the forms of trainings."""

    vocabulary = models.SlugField("词表", max_length=40, help_text="如 training-form：培训的形式。")
    slug = models.SlugField("标识", max_length=40, help_text="数据文件中的名字：小写英文字母、数字，词间用 - 或 _。")
    label = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=100, help_text="小的排在前面。")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "词语"
        ordering = ["vocabulary", "position", "slug"]
        constraints = [
            UniqueConstraint(
                fields=["vocabulary", "slug"],
                name="%(app_label)s_%(class)s_is_unique_in_its_vocabulary",
                violation_error_message="这个词表已有同一标识的词语。",
            ),
            UniqueConstraint(
                fields=["vocabulary", "label"],
                name="%(app_label)s_%(class)s_label_is_unique_in_its_vocabulary",
                violation_error_message="这个词表已有同名的词语。",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str]:
        return (self.vocabulary, self.slug)


class TermField(models.ForeignKey):
    """A choice from one vocabulary."""

    def __init__(self, *args: Any, vocabulary: str = "", **kwargs: Any):
        self.vocabulary = vocabulary
        usual = {"to": Term, "on_delete": models.PROTECT, "related_name": "+"}
        super().__init__(*args, **usual | {"limit_choices_to": {"vocabulary": vocabulary}} | kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {key: value for key, value in kwargs.items() if key != "limit_choices_to"}
            | {"vocabulary": self.vocabulary},
        )
