"""Who may upload what: who may enter and change a kind of fact one by one may do so by workbook."""

from django.contrib import admin
from django.http import HttpRequest

from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact


def kinds_for(request: HttpRequest) -> list[type[Fact]]:
    """The kinds that whoever asks may both enter and change."""
    admins = {kind: admin.site.get_model_admin(kind) for kind in fact_kinds()}
    return [
        kind for kind, own in admins.items() if own.has_add_permission(request) and own.has_change_permission(request)
    ]
