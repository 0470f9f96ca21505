"""The home page, the pages of services, what is counted, and the printed report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView, View

from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.facts.models import Document, Period
from xinyi_sat.facts.quantity import Qualifier
from xinyi_sat.report.pdf import report_of
from xinyi_sat.report.sections import Section, all_sections, headline_figures


class HomeView(TemplateView):
    """Headline figures and the five services."""

    template_name = "report/home.html"

    def get_context_data(self, **kwargs: Any) -> dict:
        period = Period.objects.current()
        documents = Document.objects.filter(period=period)
        return super().get_context_data(
            period=period,
            documents=documents,
            figures=headline_figures(period),
            sections=all_sections(period),
            **kwargs,
        )


class ServiceView(TemplateView):
    """One service: everything the review says of it."""

    template_name = "report/service.html"

    def get_context_data(self, slug: str, **kwargs: Any) -> dict:
        if slug not in Service.values:
            raise Http404(slug)
        section = Section(Service(slug), Period.objects.current())
        return super().get_context_data(section=section, **kwargs)


class AboutView(TemplateView):
    """What is counted, and how to read a figure."""

    template_name = "report/about.html"
    extra_context = {"qualifiers": list(Qualifier), "bases": list(Basis), "services": list(Service)}


class ReportView(View):
    """The printed report of the current period."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The PDF, to read in the browser."""
        period = Period.objects.current()
        if period is None:
            raise Http404
        disposition = content_disposition_header(as_attachment=False, filename=f"{period.slug}.pdf")
        return HttpResponse(
            report_of(period), content_type="application/pdf", headers={"Content-Disposition": disposition}
        )
