"""As what a draft may be entered: the kinds of fact whose measures take its quantities, the likeliest first."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from xinyi_sat.facts.entry import END, START
from xinyi_sat.facts.models import DraftFact, Fact, Measure, fact_kinds
from xinyi_sat.reading.quantity import Quantity


@dataclass(frozen=True)
class Suggestion:
    """One kind that a draft may be entered as, and which of its measures would take which quantity."""

    draft: DraftFact
    kind: type[Fact]
    figures: dict[Measure, dict]  # of each its wording, start and end
    earlier: Fact | None  # a fact of the same title in another period

    @property
    def label(self) -> str:
        return self.kind._meta.verbose_name

    @property
    def measures(self) -> list[str]:
        """Which quantity would be what: 人数 2342人."""
        return [f"{measure.label} {figure['wording']}" for measure, figure in self.figures.items()]

    def url(self) -> str:
        """The form of a new fact of the kind, filled in with what the draft has."""
        draft, earlier = self.draft, self.earlier
        values = {
            "title": draft.title,
            "service": draft.service,
            "period": draft.period_id,
            "passage": draft.passage_id,
        }
        if earlier:
            values |= {"slug": earlier.slug, "title": earlier.title, "service": earlier.service}
            values |= {
                name: self.kind._meta.get_field(name).value_from_object(earlier) for name in self.kind.own_names()
            }
        for measure, figure in self.figures.items():
            slug = measure.slug
            values |= {slug: figure["wording"], slug + START: figure["start"], slug + END: figure["end"]}
        opts = self.kind._meta
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_add')}?{urlencode(filled)}"


def suggestions(draft: DraftFact) -> list[Suggestion]:
    """Every kind, the one that has the same matter in another period first, then the one that takes most of the quantities."""
    found = [suggestion(draft, kind) for kind in fact_kinds()]
    return sorted(found, key=lambda one: (one.earlier is None, -len(one.figures)))


def suggestion(draft: DraftFact, kind: type[Fact]) -> Suggestion:
    """A draft entered as this kind."""
    measures = kind.measures()
    same = kind.objects.filter(title=draft.title).exclude(period=draft.period).order_by("-period__ends_on")
    return Suggestion(draft, kind, assigned(draft, measures), same.first() if draft.title else None)


def assigned(draft: DraftFact, measures: list[Measure]) -> dict[Measure, dict]:
    """Each quantity under the first measure that takes its unit and is still free."""
    taken: dict[Measure, dict] = {}
    for figure in draft.figures:
        quantity = Quantity.read(figure["wording"])
        fitting = (one for one in measures if one not in taken and not one.misfit(quantity))
        if measure := next(fitting, None):
            taken[measure] = figure
    return taken
