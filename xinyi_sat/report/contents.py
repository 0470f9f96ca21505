"""What stands in the report of a period, the same for every format."""

from xinyi_sat.facts.quantity import Qualifier
from xinyi_sat.report.imprint import Imprint
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import all_sections


def report_context(scope: Scope) -> dict:
    """What the report shows, whatever it is printed by."""
    return {
        "scope": scope,
        "period": scope.period,
        "imprint": Imprint(scope),
        "documents": scope.documents().prefetch_related("passages"),
        "sections": [section for section in all_sections(scope) if not scope.parts or section.groups],
        "headlines": scope.headlines(),
        "figures": scope.figures(),
        "noted": scope.noted(),
        "qualifiers": list(Qualifier),
    }
