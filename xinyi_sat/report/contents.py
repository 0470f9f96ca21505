"""What stands in the report of a period, the same for every format; all of it is asked here, and nothing when it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from xinyi_sat.facts.choices import Basis
from xinyi_sat.facts.models import Figure
from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.colophon import colophon_of
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import all_sections

MOST_FIGURES = 1500  # with more of them the annex refers to the workbook


@dataclass(frozen=True)
class Annex:
    """All figures of a report."""

    figures: Sequence[Figure]

    @property
    def is_listed(self) -> bool:
        return len(self.figures) <= MOST_FIGURES

    @property
    def is_marked(self) -> bool:
        """Whether any figure was corrected since it was published."""
        return any(figure.correction for figure in self.figures)


def report_context(scope: Scope, site: Site, typefaces: str = "") -> dict:
    """What the report shows, whatever it is printed by."""
    imprint = Imprint(scope)
    return {
        "scope": scope,
        "period": scope.period,
        "imprint": imprint,
        "corrections": imprint.corrections,
        "colophon": colophon_of(imprint, site, typefaces),
        "documents": list(scope.documents().prefetch_related("passages")),
        "sections": all_sections(scope),
        "headlines": list(scope.headlines()),
        "annex": Annex(list(scope.figures_by_name.values())),
        "records": None if scope.parts else records_chart(scope),
        "noted": list(scope.facts_with_notes()),
        "qualifiers": list(Qualifier),
        "bases": list(Basis),
    }
