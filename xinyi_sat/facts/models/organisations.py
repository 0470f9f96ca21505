"""The organisations that facts name."""

from django.db import models
from django.urls import reverse

from xinyi_sat.facts.choices import OrganisationKind
from xinyi_sat.facts.constraints import is_one_of
from xinyi_sat.facts.models.addressed import LOWER_CASE, SLUG_HELP, Addressed
from xinyi_sat.facts.models.seen import was_named
from xinyi_sat.facts.querysets import OrganisationQuerySet

# The bodies of the Party stand before the government's, as in every official text.
PARTY_FIRST = models.Case(models.When(name__startswith="中共", then=0), default=1)


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

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def is_draft(self) -> bool:
        return not Organisation.objects.public().filter(pk=self.pk).exists()

    def was_public(self) -> bool:
        return super().was_public() or was_named(self)
