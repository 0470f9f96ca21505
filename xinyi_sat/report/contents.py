"""What stands in the report of a period, the same for every format."""

from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.quantity import Qualifier
from xinyi_sat.report.imprint import Imprint
from xinyi_sat.report.sections import all_sections, documents_read, headline_figures


def report_context(period: Period) -> dict:
    """What the report shows, whatever it is printed by."""
    return {
        "period": period,
        "imprint": Imprint(period),
        "documents": documents_read(period).prefetch_related("passages"),
        "sections": all_sections(period),
        "headlines": headline_figures(period),
        "figures": all_figures(lambda kind, measure: kind.objects.in_period(period)),
        "noted": noted_facts(period),
        "qualifiers": list(Qualifier),
    }


def noted_facts(period: Period) -> list[Fact]:
    """The facts whose figures or wording need a word of explanation, as the document has them."""
    noted = [fact for kind in fact_kinds() for fact in kind.objects.in_period(period).exclude(note="").with_source()]
    return sorted(noted, key=lambda fact: (fact.passage.document.slug, fact.passage.paragraph))
