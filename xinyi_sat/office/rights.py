"""Who may do what with kinds of fact."""

from django.contrib.auth import get_permission_codename
from django.http import HttpRequest

from xinyi_sat.facts.models import Fact, fact_kinds


def may(request: HttpRequest, action: str, kind: type[Fact]) -> bool:
    """Whether whoever asks may add, change or view facts of a kind."""
    return request.user.has_perm(f"{kind._meta.app_label}.{get_permission_codename(action, kind._meta)}")


def kinds_for(request: HttpRequest) -> list[type[Fact]]:
    """The kinds that whoever asks may both enter and change, by workbook too."""
    return [kind for kind in fact_kinds() if may(request, "add", kind) and may(request, "change", kind)]
