"""As what a draft may be entered: the kinds of fact whose measures take its quantities, the likeliest first."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from xinyi_sat.facts.fields import END, START
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import DraftFact, Fact
from xinyi_sat.reading.quantity import Quantity


@dataclass(frozen=True)
class Suggestion:
    """One kind that a draft may be entered as, and which of its measures would take which quantity."""

    kind: type[Fact]
    figures: dict[str, dict]  # by measure: wording, start and end
    words: int  # how many of the kind's own words the sentence has
    earlier: Fact | None  # a fact of the same title in another period

    @property
    def label(self) -> str:
        """The kind in the reader's language."""
        return self.kind._meta.verbose_name

    @property
    def measures(self) -> list[str]:
        """Which quantity would be what: 人数 2342人."""
        field = self.kind._meta.get_field
        return [f"{field(name).verbose_name} {figure['wording']}" for name, figure in self.figures.items()]

    def url(self, draft: DraftFact) -> str:
        """The form of a new fact of the kind, filled in with what the draft has."""
        values = {
            "title": draft.title,
            "service": draft.service,
            "period": draft.period_id,
            "passage": draft.passage_id,
        }
        if self.earlier:
            values |= {"slug": self.earlier.slug, "title": self.earlier.title, "service": self.earlier.service}
            values |= {name: getattr(self.earlier, name) for name in self.kind.own_names()}
        for name, figure in self.figures.items():
            values |= {name: figure["wording"], name + START: figure["start"], name + END: figure["end"]}
        opts = self.kind._meta
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_add')}?{urlencode(filled)}"


def suggestions(draft: DraftFact) -> list[Suggestion]:
    """Every kind, the one that takes most of the quantities first; of several, the one whose words the sentence has."""
    found = [suggestion(draft, kind) for kind in fact_kinds()]
    return sorted(found, key=lambda one: (one.earlier is None, -len(one.figures), -one.words))


def suggestion(draft: DraftFact, kind: type[Fact]) -> Suggestion:
    """A draft entered as this kind."""
    earlier = kind.objects.filter(title=draft.title).exclude(period=draft.period).order_by("-period__ends_on").first()
    return Suggestion(kind, assigned(draft, kind), words_of(kind, draft.sentence), earlier if draft.title else None)


def assigned(draft: DraftFact, kind: type[Fact]) -> dict[str, dict]:
    """Each quantity under the first measure of the kind that takes its unit and is still free."""
    free = kind.figure_names()
    taken = {}
    for figure in draft.figures:
        unit = Quantity.read(figure["wording"]).unit
        name = next((name for name in free if unit in kind._meta.get_field(name).units), None)
        if name:
            free.remove(name)
            taken[name] = figure
    return taken


def words_of(kind: type[Fact], sentence: str) -> int:
    """How many of the words of a kind, its measures and its choices stand in a sentence."""
    words = {kind._meta.verbose_name}
    for field in kind._meta.fields:
        if field.name in (*kind.figure_names(), *kind.own_names()):
            words |= {str(field.verbose_name), *(str(label) for _, label in field.choices or ())}
    return sum(word in sentence for word in words)
