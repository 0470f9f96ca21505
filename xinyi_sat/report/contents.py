"""What stands in the report of a period, the same for every format."""

from collections.abc import Callable

from django.utils.functional import SimpleLazyObject

from xinyi_sat.facts.choices import Basis
from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.annex import Annex
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.colophon import colophon_of
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import all_sections
from xinyi_sat.report.typefaces import typefaces_printed


def report_context(scope: Scope, site: Site, typefaces: Callable[[], str] = typefaces_printed) -> dict:
    """What the report shows, whatever it is printed by."""
    imprint = Imprint(scope)
    documents = scope.documents().prefetch_related("passages")
    return {
        "scope": scope,
        "period": scope.period,
        "imprint": imprint,
        "corrections": imprint.corrections,
        "colophon": SimpleLazyObject(lambda: colophon_of(imprint, site, typefaces)),
        "documents": documents,
        "sections": all_sections(scope),
        "headlines": scope.headlines(),
        "annex": Annex(list(scope.figures_by_name.values()), documents),
        "records": None if scope.parts else records_chart(scope),
        "noted": scope.noted(),
        "qualifiers": list(Qualifier),
        "bases": list(Basis),
    }
