"""The home page, the pages of services, and what is counted."""

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from xinyi_sat.facts.choices import Basis, Service
from xinyi_sat.pages.period_choice import PeriodPage
from xinyi_sat.reading.quantity import Qualifier
from xinyi_sat.report.charts.records import records_chart
from xinyi_sat.report.prose import prose_on_page
from xinyi_sat.report.publishing.offers import offered_files
from xinyi_sat.report.scope import Scope
from xinyi_sat.report.sections import overviews, section_of


class HomeView(PeriodPage, TemplateView):
    """Headline figures and the five services."""

    template_name = "report/home.html"
    offers_all = False

    def get_context_data(self, **kwargs: Any) -> dict:
        scope = Scope(self.period_choice.period)
        shown = {"documents": list(scope.documents()), "figures": list(scope.headlines())}
        counted = {"overviews": overviews(scope), "records": records_chart(scope)}
        offered = scope.period and offered_files(scope.period)
        return super().get_context_data(period=scope.period, offered=offered, **shown, **counted, **kwargs)


class ServiceView(PeriodPage, TemplateView):
    """One service: everything the review says of it."""

    template_name = "report/service.html"
    offers_all = False

    def get_context_data(self, slug: str, **kwargs: Any) -> dict:
        if slug not in Service.values:
            raise Http404(slug)
        service = Service(slug)
        section = section_of(Scope(self.period_choice.period, service), service)
        return super().get_context_data(section=section, prose=prose_on_page(section), **kwargs)


class AboutView(PeriodPage, TemplateView):
    """What is counted, and how to read a figure."""

    template_name = "report/about.html"
    extra_context = {"qualifiers": list(Qualifier), "bases": list(Basis), "services": list(Service)}

    def get_context_data(self, **kwargs: Any) -> dict:
        period = self.period_choice.of_one_period.period
        return super().get_context_data(offered=period and offered_files(period), **kwargs)
