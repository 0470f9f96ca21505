"""What prose refers to by name: a fact, or a figure of one.

A name that no record ever had is a mistake in the prose, and stops it. A record that was there and is withdrawn, moved or
changed is no mistake: then the sentence about it is left out, and says so.
"""

from typing import Any

from xinyi_sat.facts.models import Fact, Figure, fact_kinds
from xinyi_sat.report.sections import Section


class MissingFigureError(LookupError):
    """Prose names a fact or a figure that no record has; the message says which and where."""


class LeftOutError(MissingFigureError):
    """Prose names what is no longer here, or no longer as the prose expects; `fact` is None where readers may not know of it."""

    def __init__(self, fact: Fact | None):
        super().__init__(f"所引的{fact}已撤回或改动" if fact else "所引的记录还没有公布")
        self.fact = fact


class References:
    """What the prose about one service of a period may refer to: only what stands under this service."""

    def __init__(self, section: Section):
        self.scope, self.period = section.scope, section.period
        self.figures = {figure.name: figure for figure in section.figures}
        self.facts = {f"{fact.kind}/{fact.slug}": fact for group in section.groups for fact in group.facts}

    def figure(self, name: str, **expected: Any) -> Figure:
        """The figure of this name, as it is now. MissingFigureError where there never was one, LeftOutError where it is gone."""
        of_fact, _, measure = name.rpartition("/")
        fact = self.known(of_fact)
        found = fact and self.figures.get(f"{fact.kind}/{fact.slug}/{measure}")
        if not found and not (fact and Figure.history.filter(fact_id=fact.pk, measure__slug=measure).exists()):
            raise self.missing(name)
        self.refuse(fact, expected)
        if not found:
            raise LeftOutError(fact)
        return found

    def fact(self, name: str, **expected: Any) -> Fact:
        """The fact of this kind and slug. MissingFigureError and LeftOutError as for a figure."""
        fact = self.known(name)
        if fact is None:
            raise self.missing(name)
        self.refuse(fact, expected)
        return fact

    def known(self, name: str) -> Fact | None:
        """The record that has this name in the period, or else had it last, wherever and whatever it is now."""
        if name in self.facts:
            return self.facts[name]
        kind, _, slug = name.partition("/")
        model = {one.noun(): one for one in fact_kinds()}.get(kind)
        if model is None:
            return None
        records = model.objects.select_related("period").with_named()
        return (
            records.in_period(self.period).filter(slug=slug).first() or records.once_at(self.period.slug, slug).first()
        )

    def missing(self, name: str) -> MissingFigureError:
        return MissingFigureError(f"{self.period}的文字引用了“{name}”，记录中没有。")

    def refuse(self, fact: Fact, expected: dict[str, Any]) -> None:
        """LeftOutError where a record is not among those of the service, or a field differs from what the sentence expects."""
        is_here = fact in self.facts.values()
        if not is_here and not self.scope.published(type(fact)).filter(pk=fact.pk).exists():
            raise LeftOutError(None)
        found = {field: getattr(fact, field) for field in expected}
        differs = any(getattr(found[field], "slug", found[field]) != value for field, value in expected.items())
        if differs or not is_here:
            raise LeftOutError(fact)
