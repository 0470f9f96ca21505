"""A draft period as readers will find it once it is published; only for who works in the admin.

It is a page of its own, and nothing else knows of it: no public address asks whether somebody is logged in.
"""

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from xinyi_sat.facts.choices import FactState, PeriodState, Service
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.models.fact import FactQuerySet
from xinyi_sat.report.prose import prose_on_page
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import overviews, section_of


class PreviewScope(Scope):
    """What a draft period holds for readers once it is published and nothing else is."""

    def published(self, model: type[Fact] = Fact) -> FactQuerySet:
        """The facts of the period that are no drafts; not those that are read from the document of another draft."""
        readable = Q(passage__document__period=self.period) | ~Q(passage__document__period__state=PeriodState.DRAFT)
        return model.objects.in_period(self.period).filter(readable).exclude(state=FactState.DRAFT)


def preview(request: HttpRequest, slug: str, service: str = "") -> HttpResponse:
    """The first page or that of a service, to whoever may see periods in the admin; of a period that is no draft, the public page."""
    period = get_object_or_404(Period, slug=slug)
    if not admin.site.get_model_admin(Period).has_view_permission(request, period):
        raise PermissionDenied
    if service and service not in Service.values:
        raise Http404(service)
    if not period.is_draft:
        public = Service(service).get_absolute_url() if service else reverse("home")
        return redirect(f"{public}?{urlencode({'period': period.slug})}")
    shown = service_shown(period, Service(service)) if service else home_shown(period)
    context = {"period": period, "services": list(Service), "service": service} | shown
    return render(request, "report/preview.html", context)


def home_shown(period: Period) -> dict:
    """What the first page of a draft period shows."""
    scope, documents = PreviewScope(period), list(period.document_set.order_by("slug"))
    return {"documents": documents, "headlines": list(scope.headlines()), "overviews": overviews(scope)}


def service_shown(period: Period, service: Service) -> dict:
    """What the page of a service shows of a draft period; its links stay on the page, as those of paper do."""
    section = section_of(PreviewScope(period, service), service)
    return {"section": section, "prose": prose_on_page(section, printed=True)}
