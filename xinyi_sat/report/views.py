"""The home page, the pages of services, what is counted, and the printed report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.generic import TemplateView, View

from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.chosen import PeriodView, chosen_by, one_asked
from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.rendering.answers import file_answer
from xinyi_sat.report.rendering.order import Order
from xinyi_sat.report.scope import EmptyScope, Scope, UnknownPart, narrowed
from xinyi_sat.report.sections import SectionPage, overviews


def asked_scope(request: HttpRequest) -> Scope:
    """What the address asks for; Http404 for a period that no reader may see, UnknownPart for other names that nothing has, EmptyScope where nothing is recorded."""
    period = chosen_by(request, offers_all=False).period
    if period is None:
        raise Http404
    scope = narrowed(period, one_asked(request, "service"), one_asked(request, "kind"))
    scope.refuse_empty()
    return scope


class HomeView(PeriodView, TemplateView):
    """Headline figures and the five services."""

    template_name = "report/home.html"
    offers_all = False

    def get_context_data(self, **kwargs: Any) -> dict:
        scope = Scope(self.chosen.period)
        return super().get_context_data(
            period=scope.period,
            documents=scope.documents(),
            figures=scope.headlines(),
            overviews=overviews(scope),
            records=records_chart(scope),
            **kwargs,
        )


class ServiceView(PeriodView, TemplateView):
    """One service: everything the review says of it."""

    template_name = "report/service.html"
    offers_all = False

    def get_context_data(self, slug: str, **kwargs: Any) -> dict:
        if slug not in Service.values:
            raise Http404(slug)
        section = SectionPage(Service(slug), Scope(self.chosen.period, Service(slug)))
        return super().get_context_data(section=section, **kwargs)


class AboutView(PeriodView, TemplateView):
    """What is counted, and how to read a figure."""

    template_name = "report/about.html"
    extra_context = {"qualifiers": list(Qualifier), "bases": list(Basis), "services": list(Service)}


class ReportFileView(View):
    """The report as a file: the PDF to read in the browser, the others to save. It is made elsewhere; see `rendering`."""

    ending = "pdf"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The file; where it is not made yet a page that says how far it is, or where it can't be made why."""
        try:
            scope = asked_scope(request)
        except UnknownPart as error:
            return render(request, "400.html", {"reason": error}, status=400)
        except EmptyScope as error:
            return render(request, "report/empty.html", {"reason": error}, status=404)
        site = request.build_absolute_uri("/").rstrip("/")
        answer = file_answer(request, lambda: Order.of(self.ending, scope, site), f"{scope.slug}.{self.ending}")
        patch_vary_headers(answer, ["Accept"])
        return answer
