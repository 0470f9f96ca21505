"""The home page, the pages of services, what is counted, and the printed report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.generic import TemplateView, View

from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.chosen import PeriodView, chosen_by, one_asked
from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.offers import offered_files, why_missing
from xinyi_sat.report.publishing.serving import stored_file
from xinyi_sat.report.scope import EmptyScope, Scope, UnknownPart, narrowed
from xinyi_sat.report.sections import SectionPage, overviews

LOOK_AGAIN = 10  # seconds


def asked_scope(request: HttpRequest) -> Scope:
    """What the address asks for; Http404 for a period that no reader may see, UnknownPart for other names that nothing has."""
    period = chosen_by(request, offers_all=False).period
    if period is None:
        raise Http404
    return narrowed(period, one_asked(request, "service"), one_asked(request, "kind"))


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
            offered=scope.period and offered_files(scope.period),
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

    def get_context_data(self, **kwargs: Any) -> dict:
        period = self.chosen.one
        return super().get_context_data(offered=period and offered_files(period), **kwargs)


class ReportFileView(View):
    """The report of a period as it was stored last: the PDF to read in the browser, the others to save."""

    file_format = "pdf"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The file, or a page that says why there is none; where a part is asked for, on to the page of that part."""
        try:
            scope = asked_scope(request)
        except UnknownPart as error:
            return render(request, "400.html", {"reason": error}, status=400)
        if scope.parts:
            return redirect(scope)
        file = PublishedFile.objects.newest(scope.period, self.file_format)
        answer = file and stored_file(request, file, FORMATS[self.file_format].content_type)
        return answer or self.missing(request, scope)

    def missing(self, request: HttpRequest, scope: Scope) -> HttpResponse:
        """A page that says that the file is being made, why it could not be made, or that there is nothing to make it of."""
        try:
            scope.refuse_empty()
        except EmptyScope as error:
            return render(request, "report/empty.html", {"reason": error}, status=404)
        label, reason = FORMATS[self.file_format].label, why_missing(scope.period, self.file_format)
        said = {"period": scope.period, "label": label, "reason": reason, "seconds": LOOK_AGAIN}
        headers = {"Retry-After": str(LOOK_AGAIN), "Cache-Control": "no-store"}
        return HttpResponse(render_to_string("report/not_made.html", said, request), status=503, headers=headers)
