"""What every page shows around its content; asked before the page is rendered."""

from django.db.models import Exists
from django.http import HttpRequest

from xinyi_sat.facts.models import Association, Fact, fact_kinds


def site(request: HttpRequest) -> dict:
    """Whose site it is, and the lists of the kinds that readers find something of."""
    kinds = [{"label": kind._meta.verbose_name, "url": kind.list_url()} for kind in known_kinds()]
    return {"association": Association.objects.current(), "menu_of_kinds": kinds}


def known_kinds() -> list[type[Fact]]:
    """The kinds that readers find something of; one question, answered by the first fact of each."""
    facts = Fact.objects.public().order_by()
    found = {kind.noun(): Exists(facts.filter(kind=kind.noun())) for kind in fact_kinds()}
    answer = Association.objects.values(**found).first() or {}
    return [kind for kind in fact_kinds() if answer.get(kind.noun())]
