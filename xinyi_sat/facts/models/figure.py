"""Figures: the numbers of facts, as printed and as read."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from xinyi_sat.facts.choices import CHOSEN_BY_ADMINS, Dimension
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.changes import Change
from xinyi_sat.facts.models.fact import Fact, public_rule
from xinyi_sat.facts.models.recording import current_recording, within_a_change
from xinyi_sat.facts.models.tracked import Tracked, TrackedQuerySet
from xinyi_sat.facts.models.vocabulary import Measure
from xinyi_sat.facts.search import searchable
from xinyi_sat.reading.quantity import Qualifier, Quantity, UnreadableQuantityError

TOO_LARGE = 10**12  # A database keeps fifteen digits exactly: twelve before the point, and the places after it.
PLACES = 3
READING_ORDER = (
    *("fact__passage__document__slug", "fact__passage__paragraph", F("start").asc(nulls_first=True)),
    *("fact__kind", "fact__slug", "measure__position", "measure__slug"),
)


def place(start: int | None, end: int | None) -> str:
    """Offsets as a reader counts characters, from 1 to the last; empty where the place is not known."""
    return "" if start is None else f"{start + 1}–{end}"


def unit_rule() -> Q:
    """The rule that a unit of one dimension, such as 人次, has no other dimension, and the other way round."""
    rule = Q()
    for dimension in Dimension:
        own = dimension.own_units
        if own:
            rule &= ~Q(unit__in=own) | Q(dimension=dimension)
    for dimension in (Dimension.ATTENDANCES, Dimension.MONEY, Dimension.SHARE):
        rule &= ~Q(dimension=dimension) | Q(unit__in=dimension.own_units)
    return rule


class FigureQuerySet(TrackedQuerySet):
    """Questions about the figures of facts of every kind."""

    def public(self) -> Self:
        return self.filter(public_rule("fact__"))

    def in_period(self, period: Any) -> Self:
        return self.filter(fact__period=period)

    def with_fact(self) -> Self:
        """Fetch measure, correction, fact, period and source in the same query."""
        return self.select_related("measure", "corrected_by", "fact__period", "fact__passage__document")

    def search(self, words: list[str]) -> Self:
        """Figures that have every one of these words in a text of their fact, in their wording, or in their names."""
        return self.filter(*(Q(search_text__contains=searchable(word)) for word in words))

    def in_reading_order(self) -> Self:
        """As the document has them; first what has no place known."""
        return self.order_by(*READING_ORDER)

    def headlines(self) -> Self:
        """The figures that the home page shows, in the order admins gave their facts."""
        return self.filter(fact__headline_rank__isnull=False).order_by("fact__headline_rank", *READING_ORDER)


class Figure(Tracked):
    """One number of a fact, as printed and as read; `start` and `end` are character offsets in the passage, from 0.

    `number` is what it sorts by, `low` and `high` what it may mean; empty where open. All are read from the wording when
    it is saved, never when it is shown.
    """

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="figures", verbose_name="记录")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, verbose_name="指标")
    wording = models.CharField("原文写作", max_length=60)
    number = models.DecimalField("数值", max_digits=15, decimal_places=PLACES, editable=False)
    low = models.DecimalField("下限", max_digits=15, decimal_places=PLACES, null=True, editable=False)
    high = models.DecimalField("上限", max_digits=15, decimal_places=PLACES, null=True, editable=False)
    qualifier = models.CharField("概数", max_length=20, choices=[(q.value, q.label) for q in Qualifier], editable=False)
    unit = models.CharField("单位", max_length=20, editable=False)
    dimension = models.CharField("所数", max_length=20, choices=Dimension, editable=False)
    start = models.PositiveIntegerField("起于第几字", null=True, blank=True, help_text="从 0 数起。")
    end = models.PositiveIntegerField("止于第几字", null=True, blank=True, help_text="从 0 数起，止位不含。")
    corrected_by = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="最近的更正或修订",
        help_text="公布以后改过写法的，是哪一次更改。",
    )

    search_text = models.TextField(
        editable=False, default="", help_text="查找用的文字，随记录更新：记录的名称、说明、机构、各项词语和这个数字。"
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数字"
        ordering = ["fact", "measure__position", "measure__slug"]
        indexes = [models.Index(fields=["number"], name="figure_number")]
        constraints = [
            UniqueConstraint(
                fields=["fact", "measure"],
                name="figure_is_the_only_one_of_its_measure",
                violation_error_message="这条记录已有这个指标的数字。",
            ),
            CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="figure_starts_before_it_ends",
            ),
            CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
                name="figure_low_is_not_above_high",
            ),
            CheckConstraint(condition=Q(number__gte=0, number__lt=TOO_LARGE), name="figure_is_from_zero_to_a_trillion"),
            CheckConstraint(condition=unit_rule(), name="figure_unit_fits_its_dimension"),
            is_one_of("dimension", Dimension),
        ]

    def __str__(self) -> str:
        return self.wording

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what is read from the wording; ValidationError for one that is no number of this measure.

        A new wording of what readers can see is marked with the change that says why.
        """
        self.read_wording()
        with within_a_change(self.fact):
            recording = current_recording()
            if recording.is_public and recording.kind in CHOSEN_BY_ADMINS and self._is_reworded():
                self.corrected_by = recording.saved_change()
            super().save(*args, **kwargs)

    def _is_reworded(self) -> bool:
        return not Figure.objects.filter(pk=self.pk, wording=self.wording).exists()

    @property
    def tracked_record(self) -> Tracked:
        return self.fact

    def is_published(self) -> bool:
        return self.fact.is_published()

    def read_wording(self) -> None:
        """Read number, bounds, qualifier and unit from the wording; ValidationError where there are none."""
        quantity = self.quantity
        if quantity.number >= TOO_LARGE or quantity.number != round(quantity.number, PLACES):
            reason = f"“{quantity}”存不下：应小于一万亿，小数不多于 {PLACES} 位。"
            raise ValidationError({"wording": reason})
        if reason := self.measure.misfit(quantity):
            raise ValidationError({"wording": reason})
        self.wording, self.number, self.unit = quantity.wording, quantity.number, quantity.counting_word
        self.low, self.high, self.qualifier = quantity.low, quantity.high, quantity.qualifier.value
        self.dimension = self.measure.dimension

    @property
    def quantity(self) -> Quantity:
        """The quantity read from the wording; ValidationError where it is none. Only for entering figures."""
        try:
            return Quantity.read(self.wording)
        except UnreadableQuantityError as error:
            raise ValidationError({"wording": str(error)}) from error

    def clean(self) -> None:
        """Read the wording, and find its place where the words of the passage are here; refuse a place that has no number."""
        self.read_wording()
        if self.start is None and self.end is None:
            self._locate()
        elif None in (self.start, self.end) or self.start >= self.end:
            raise ValidationError({"end": "起止字位必须同时填写，起在止前。"})
        elif self.end > self.fact.passage.length:
            raise ValidationError({"end": f"{self.fact.passage.label}只有 {self.fact.passage.length} 字。"})
        elif self.fact.passage.text and (self.start, self.end) not in self._places():
            raise ValidationError({"end": f"{self.fact.passage.label}的这几个字不是一个数字，请核对起止字位。"})

    def _places(self) -> set[tuple[int, int]]:
        return {(one.start, one.end) for one in self.fact.passage.quantities()}

    def _locate(self) -> None:
        found = [one for one in self.fact.passage.quantities() if one.wording == self.wording]
        if len(found) == 1:
            self.start, self.end = found[0].start, found[0].end

    @property
    def label(self) -> str:
        return self.measure.label

    @property
    def name(self) -> str:
        """Kind, slug and measure: the one figure of its period that has this name."""
        return f"{self.fact.kind}/{self.fact.slug}/{self.measure.slug}"

    @property
    def qualifier_label(self) -> str:
        return Qualifier(self.qualifier).label

    @property
    def correction(self) -> Change | None:
        """Its last correction or revision since it was published."""
        return self.corrected_by

    @property
    def printed(self) -> str:
        """Its wording as paper has it, with its mark if it was corrected since it was published: 1024人〔更〕."""
        return f"{self.wording}〔{self.correction.sign}〕" if self.correction else self.wording

    @property
    def place(self) -> str:
        return place(self.start, self.end)

    @property
    def anchor(self) -> str:
        """The name of this figure on the page of its document; that of the paragraph where its place is not known."""
        paragraph = self.fact.passage.paragraph
        return f"p{paragraph}" if self.start is None else f"p{paragraph}-{self.start}"

    @property
    def passage_url(self) -> str:
        return f"{self.fact.passage.document.get_absolute_url()}#{self.anchor}"
