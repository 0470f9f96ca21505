"""How many facts a scope has: the site's own count, not the document's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Value

from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.querysets import FactQuerySet


@dataclass(frozen=True)
class KindCount:
    """The facts of one kind that one service has."""

    kind: type[Fact]
    service: str
    records: int
    with_figures: int

    @property
    def without_figures(self) -> int:
        """The records that have no figure."""
        return self.records - self.with_figures


def counted(asked: Iterable[FactQuerySet]) -> list[KindCount]:
    """The facts of each kind that are asked for, by services, in the order of kinds; those without any are left out. One query."""
    kinds = {facts.model.kind(): facts for facts in asked}
    first, *others = map(count_of, kinds.values())
    found = [KindCount(kinds[name].model, *counts) for name, *counts in first.union(*others, all=True)]
    return sorted(found, key=lambda one: list(kinds).index(one.kind.kind()))


def count_of(facts: FactQuerySet) -> FactQuerySet:
    """The facts of a kind by service, and how many of them have a figure."""
    any_figure = Q(pk__in=[])  # an empty Q would count all facts of a kind without figures
    for name in facts.model.figure_names():
        any_figure |= Q(**{f"{name}__isnull": False})
    by_service = facts.order_by().values_list(Value(facts.model.kind()), "service")
    return by_service.annotate(records=Count("pk"), with_figures=Count("pk", filter=any_figure))
