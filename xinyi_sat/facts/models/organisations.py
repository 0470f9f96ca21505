"""The organisations that facts name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from xinyi_sat.facts.choices import OrganisationKind
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addresses import LOWER_CASE, SLUG_HELP, Addressed, SlugQuerySet
from xinyi_sat.facts.models.tracked import Tracked, fields_naming

if TYPE_CHECKING:
    from xinyi_sat.facts.models.periods import Period

# The bodies of the Party stand before the government's, as in every official text.
PARTY_FIRST = models.Case(models.When(name__startswith="中共", then=0), default=1)


class OrganisationQuerySet(SlugQuerySet):
    """Questions about organisations."""

    def public(self, period: Period | None = None) -> Self:
        """The organisations that a fact or a document names which everyone may read; of one period where it is given."""
        within = {"period": period} if period else {}
        named = Q(pk__in=[])
        for relation in naming_relations(self.model):
            records = relation.model.objects.public().filter(**{relation.name: OuterRef("pk")}, **within)
            named |= Q(Exists(records))
        return self.filter(named)


def naming_relations(model: type[models.Model]) -> list[models.Field]:
    """The fields of tracked records that name an organisation: of documents and of every kind of fact."""
    return [field for field in fields_naming(model) if issubclass(field.model, Tracked)]


class Organisation(Addressed):
    """A firm, learned society, medium, agency or other body that facts name."""

    slug = models.SlugField("标识", unique=True, validators=[LOWER_CASE], help_text=SLUG_HELP)
    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    note = models.TextField("说明", blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["kind", PARTY_FIRST, "slug"]
        constraints = [is_one_of("kind", OrganisationKind)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def is_published(self) -> bool:
        return super().is_published() or self.was_named()

    def was_named(self) -> bool:
        """Whether a record that readers can see, or have seen, ever named it."""
        return any(
            field.model.history.filter(
                **{history_lookup(field): self.pk}, id__in=field.model.objects.published().values("pk")
            ).exists()
            for field in naming_relations(Organisation)
        )

    def is_named(self) -> bool:
        """Whether any record names it now, a draft too."""
        return any(
            field.model.objects.filter(**{field.name: self}).exists() for field in naming_relations(Organisation)
        )

    def after_change(self) -> None:
        for field in naming_relations(Organisation):
            for record in field.model.objects.filter(**{field.name: self}).distinct():
                record.after_change()


def history_lookup(field: models.Field) -> str:
    """The lookup of a relation in the history of its model."""
    if not field.many_to_many:
        return field.name
    rows = field.model.history.model._meta.get_fields()
    through = f"historical{field.remote_field.through._meta.model_name}"
    name = next(one.name for one in rows if one.is_relation and one.related_model._meta.model_name == through)
    return f"{name}__{field.m2m_reverse_field_name()}"
