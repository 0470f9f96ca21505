"""What prose refers to by name: a fact, or a figure of one.

A name that no record ever had is a mistake in the prose, and stops it. A record that was there and is withdrawn, moved or
changed is no mistake: then the sentence about it is left out, and says why.
"""

from typing import Any

from django.utils.timezone import localtime

from xinyi_sat.facts.changes.differences import withdrawal_of
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import Figure
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact
from xinyi_sat.report.imprint import chinese_date
from xinyi_sat.report.scope import Scope


class MissingFigure(LookupError):  # noqa: N818 (it says what is wrong)
    """Prose names a fact or a figure that no record has; the message says which and where."""


class LeftOut(MissingFigure):
    """Prose names what is no longer here, or no longer as the prose takes for granted; `fact` is what readers may be told of."""

    def __init__(self, why: str, fact: Fact | None = None):
        super().__init__(f"{fact}{why}" if fact else why)
        self.why, self.fact = why, fact


class References:
    """What the prose about one service of a period may refer to: only what stands under this service."""

    def __init__(self, scope: Scope, service: Service):
        self.scope, self.period, self.service = scope, scope.period, service

    def figure(self, name: str, **granted: Any) -> Figure:
        """The figure of this name, as it is now. MissingFigure where there never was one, LeftOut where it is gone."""
        found = self.recorded(name)
        if found and not granted:
            return found
        of_fact, _, measure = name.rpartition("/")
        fact = self.known(of_fact)
        found = fact and self.recorded(f"{fact.kind()}/{fact.slug}/{measure}")
        if not found and not (fact and once_had(fact, measure)):
            raise self.missing(name)
        self.refuse(fact, granted)
        if not found:
            raise LeftOut(f"不再有“{fact._meta.get_field(measure).verbose_name}”这个数字", fact)
        return found

    def recorded(self, name: str) -> Figure | None:
        """The figure that has this name and stands under the service."""
        found = self.scope.figures_by_name.get(name)
        return found if found and found.service == self.service else None

    def fact(self, name: str, **granted: Any) -> Fact:
        """The fact of this kind and slug. MissingFigure and LeftOut as for a figure; also for one that differs from `granted`."""
        fact = self.known(name)
        if fact is None:
            raise self.missing(name)
        self.refuse(fact, granted)
        return fact

    def known(self, name: str) -> Fact | None:
        """The record that has this name in the period, or else had it last, wherever and whatever it is now."""
        kind, _, slug = name.partition("/")
        model = {one.kind(): one for one in fact_kinds()}.get(kind)
        if model is None:
            return None
        records = model.objects.select_related("period", "passage__document__period")
        if found := records.in_period(self.period).filter(slug=slug).first():
            return found
        named = model.history.filter(period=self.period, slug=slug).order_by("-history_date", "-history_id")
        return records.filter(pk=named.values_list("id", flat=True).first()).first()

    def missing(self, name: str) -> MissingFigure:
        """What is wrong with a name that nothing has."""
        return MissingFigure(f"{self.period}的文字引用了“{name}”，记录中没有。")

    def refuse(self, fact: Fact, granted: dict[str, Any]) -> None:
        """LeftOut with the reason where a record is not among what readers find under the service, or differs from `granted`."""
        self.refuse_elsewhere(fact)
        for field, value in granted.items():
            if getattr(fact, field) != value:
                raise LeftOut(f"的“{fact._meta.get_field(field).verbose_name}”已经改动", fact)

    def refuse_elsewhere(self, fact: Fact) -> None:
        """LeftOut with the reason where a record is not among what readers find under the service."""
        if not self.scope.published(type(fact)).filter(pk=fact.pk).exists():
            raise LeftOut("所引的记录还没有公布")
        if fact.is_withdrawn:
            raise LeftOut(f"已于{chinese_date(localtime(withdrawal_of(fact).history_date))}撤回", fact)
        if fact.period != self.period:
            raise LeftOut(f"已改列到{fact.period}", fact)
        if fact.service != self.service:
            raise LeftOut(f"已改列到“{Service(fact.service).label}”", fact)


def once_had(fact: Fact, measure: str) -> bool:
    """Whether a record ever had a figure of this measure."""
    return measure in fact.figure_names() and fact.history.filter(**{f"{measure}__isnull": False}).exists()
