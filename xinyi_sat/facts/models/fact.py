"""Facts: what documents say. One table holds what every kind has; the kinds add their own fields as child models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, FilteredRelation, Q, UniqueConstraint
from django.urls import reverse

from xinyi_sat.facts.choices import Basis, FactState, PassageRole, PeriodState, Service
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addresses import LOWER_CASE, SLUG_HELP
from xinyi_sat.facts.models.changes import Shown
from xinyi_sat.facts.models.kinds import FactKind, fact_kinds
from xinyi_sat.facts.models.organisations import Organisation
from xinyi_sat.facts.models.periods import Period
from xinyi_sat.facts.models.sources import Passage
from xinyi_sat.facts.models.tracked import Tracked, TrackedQuerySet, figure_words
from xinyi_sat.facts.models.vocabulary import Measure
from xinyi_sat.facts.search import searchable

if TYPE_CHECKING:
    from xinyi_sat.facts.models.figure import Figure

READING_ORDER = ("-period__ends_on", "passage__document__slug", "passage__paragraph", "pk")
RANKS = "首页次序应为 1 到 9，或留空。"


def published_rule(path: str = "") -> Q:
    """That readers may see a fact, or have seen it; the path leads to it from another model, as `fact__`.

    The few drafts are looked up once: to join period, passage and document of each of 100,000 facts takes twice as long.
    """
    drafts = Period.objects.filter(state=PeriodState.DRAFT)
    passages = Passage.objects.filter(document__period__in=drafts)
    is_draft = Q(**{f"{path}state": FactState.DRAFT})
    return ~is_draft & ~Q(**{f"{path}period__in": drafts}) & ~Q(**{f"{path}passage__in": passages})


def public_rule(path: str = "") -> Q:
    """That everyone may read a fact: it is confirmed, of a period that is not a draft."""
    return published_rule(path) & Q(**{f"{path}state": FactState.CONFIRMED})


class FactQuerySet(TrackedQuerySet):
    """Questions about facts, of one kind or of all."""

    def public(self) -> Self:
        """The facts that everyone may read: confirmed, of a period that is not a draft."""
        return self.filter(public_rule())

    def published(self) -> Self:
        return self.filter(published_rule())

    def get_by_natural_key(self, period: str, slug: str) -> Fact:
        return self.get(period__slug=period, slug=slug)

    def in_period(self, period: Period) -> Self:
        return self.filter(period=period)

    def with_source(self) -> Self:
        return self.select_related("period", "passage__document")

    def with_figures(self) -> Self:
        """Fetch the figures of all these facts in a second query, each with its measure and its mark."""
        figures = self.model._meta.get_field("figures").related_model
        return self.prefetch_related(
            models.Prefetch("figures", figures.objects.select_related("measure", "corrected_by"))
        )

    def with_named(self) -> Self:
        """Fetch what facts of one kind name: terms and organisations."""
        relations = [*self.model.term_names(), *self.model.organisation_names()]
        many = [name for name in relations if self.model._meta.get_field(name).many_to_many]
        one = [name for name in relations if name not in many]
        return (self.select_related(*one) if one else self).prefetch_related(*many)

    def with_measure(self, measure: Measure) -> Self:
        """Join the figure of one measure as `measure_<slug>`, so that a list sorts and filters by its number."""
        relation = FilteredRelation("figures", condition=Q(figures__measure=measure))
        return self.annotate(**{measured(measure.slug): relation})

    def naming(self, organisation: Organisation) -> Self:
        """The facts of any kind that name an organisation in any of their fields."""
        named = Q(pk__in=[])
        for kind in fact_kinds():
            for name in kind.organisation_names():
                named |= Q(pk__in=kind.objects.filter(**{name: organisation}).order_by().values("pk"))
        return self.filter(named)

    def once_at(self, period: str, slug: str) -> Self:
        """The fact of a kind that had this slug in a period before it was renamed: printed reports link to it."""
        then = self.model.history.filter(period__slug=period, slug=slug).order_by("-history_id").values("id")
        return self.filter(pk__in=then[:1])

    def in_reading_order(self) -> Self:
        """As the document has them: by paragraph, then as entered."""
        return self.order_by(*READING_ORDER)

    def by_place(self) -> Self:
        """Facts of all kinds by document and paragraph, then by kind and slug: no loading or entering changes this order."""
        return self.order_by("passage__document__slug", "passage__paragraph", "kind", "period__slug", "slug")

    def search(self, words: list[str]) -> Self:
        return self.filter(*(Q(search_text__contains=searchable(word)) for word in words))


def measured(slug: str) -> str:
    """The name of the relation that `with_measure` joins."""
    return f"measure_{slug.replace('-', '_')}"


class Fact(FactKind, Tracked):
    """One statement of a document about one period. Kinds (Award, Training, …) add their own fields as child models."""

    title = models.CharField("名称", max_length=200)
    slug = models.SlugField(
        "标识", max_length=80, validators=[LOWER_CASE], help_text=SLUG_HELP + "同一事项在各时期用同一标识，以便比较。"
    )
    kind = models.CharField("类别", max_length=40, editable=False, help_text="哪一类记录，如 training。")
    service = models.CharField("服务", max_length=20, choices=Service)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, verbose_name="时期")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, verbose_name="出处")
    basis = models.CharField(
        "口径", max_length=20, choices=Basis, default=Basis.NOT_STATED, help_text="数字是整个时期的合计，还是每年的数。"
    )
    headline_rank = models.PositiveSmallIntegerField(
        "首页次序",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, RANKS), MaxValueValidator(9, RANKS)],
        help_text="1 到 9：在首页和报告摘要中列出其数字，小的在前；不列则留空。",
    )
    note = models.TextField("说明", blank=True, help_text="数字包括什么、不包括什么，原文有何含糊之处。")
    state = models.CharField(
        "状态",
        max_length=20,
        choices=FactState,
        default=FactState.CONFIRMED,
        help_text="待确认的不公布；公布过的不能删除，只能撤回，仍留在更改记录中。",
    )
    search_text = models.TextField(
        editable=False, default="", help_text="查找用的文字，随保存更新：名称、说明、机构、数字和各项词语。"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "记录"
        ordering = READING_ORDER
        indexes = [models.Index(fields=["kind"], name="fact_kind")]
        constraints = [
            UniqueConstraint(
                fields=["period", "slug"],
                name="fact_slug_is_unique_in_its_period",
                violation_error_code="slug",
                violation_error_message="这个时期已有同一标识的记录。",
            ),
            CheckConstraint(condition=~Q(title=""), name="fact_has_a_title", violation_error_message="名称不能为空。"),
            CheckConstraint(condition=~Q(kind=""), name="fact_has_a_kind"),
            CheckConstraint(
                condition=Q(headline_rank__isnull=True) | Q(headline_rank__gte=1, headline_rank__lte=9),
                name="fact_headline_rank_is_from_1_to_9",
            ),
            is_one_of("service", Service),
            is_one_of("basis", Basis),
            is_one_of("state", FactState),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.kind = self.kind or type(self).noun()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(f"{self.model._meta.app_label}:{self.kind}", args=[self.period.slug, self.slug])

    @property
    def service_url(self) -> str:
        return Service(self.service).get_absolute_url()

    @property
    def short_service(self) -> str:
        return Service(self.service).short

    def natural_key(self) -> tuple[str, str]:
        return (self.period.slug, self.slug)

    @property
    def is_draft(self) -> bool:
        return self.period.is_draft or self.state == FactState.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == FactState.WITHDRAWN

    def clean(self) -> None:
        """Refuse a state that can't follow the one before, a passage that is no source, and to hide what is public."""
        self.kind = self.kind or type(self).noun()
        before = Fact.objects.select_related("period").filter(pk=self.pk).first() if self.pk else None
        if before:
            FactState(before.state).refuse_other_than_next(self.state)
            if self.period_id and self.period.is_draft and before.is_published():
                raise ValidationError({"period": "公布过的记录不能移到还是草稿的时期。"})
        if self.passage_id and self.period_id and self.state == FactState.CONFIRMED:
            self._refuse_no_source()

    def _refuse_no_source(self) -> None:
        """Refuse a passage that is a title or date of the page, and a draft as the source of what is public."""
        if self.passage.role == PassageRole.FURNITURE:
            raise ValidationError(
                {"passage": f"{self.passage.label}是页面信息，不是出处：请选择写有这件事的段落再确认。"}
            )
        if self.passage.document.period.is_draft and not self.period.is_draft:
            raise ValidationError({"passage": f"《{self.passage.document}》所述的时期还是草稿，公布的记录不能读自它。"})

    def go_on(self) -> None:
        """Take the next state, unsaved; ValidationError where a fact that breaks a rule would be confirmed."""
        self.state = FactState(self.state).next
        if self.state == FactState.CONFIRMED:
            self.full_clean()

    def figure(self, measure: str) -> Figure | None:
        """Its figure of one measure, by slug, among those that were fetched; None where it has none."""
        return next((one for one in self.figures.all() if one.measure.slug == measure), None)

    def shown(self) -> Shown:
        """Its fields, and its figures with their places under the labels of their measures."""
        return super().shown() | figure_words(self.figures.model.objects.filter(fact=self.pk).select_related("measure"))

    def after_change(self) -> None:
        """Save the texts that searches look through; a figure is found by its measure and kind too: 人数, 培训, 培训人数."""
        record = self if self._meta.parents else self.model.objects.get(pk=self.pk)
        texts = found = record.texts()
        for figure in record.figures.model.objects.filter(fact=self.pk).select_related("measure"):
            number = [figure.wording, f"{figure.number.normalize():f}"]
            found = found + number
            words = [*texts, *number, f"{self.kind_label}{figure.label}"]
            type(figure).objects.filter(pk=figure.pk).update(search_text=searchable("\n".join(words)))
        Fact.objects.filter(pk=self.pk).update(search_text=searchable("\n".join(found)))
