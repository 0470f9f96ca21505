"""Addresses of what all kinds share, and those that every kind of fact has alike."""

from collections.abc import Sequence
from functools import partial

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.views.generic import RedirectView, TemplateView

from xinyi_sat.facts.models import Fact
from xinyi_sat.pages import lists
from xinyi_sat.pages.corrections import CorrectionFeed, CorrectionFileView, CorrectionListView
from xinyi_sat.pages.fact_pages import FactDetailView
from xinyi_sat.pages.organisations import OrganisationDetailView, OrganisationListView
from xinyi_sat.pages.period_choice import PeriodPage
from xinyi_sat.pages.sources import SourceDetailView, SourceListView


class IconView(RedirectView):
    """The icon, for browsers and pages that look for it at its old address."""

    def get_redirect_url(self) -> str:
        return static("pages/icon.svg")


class HelpView(PeriodPage, TemplateView):
    """The manual of the staff."""

    template_name = "pages/help.html"


urlpatterns = [
    path("figures/", lists.FigureListView.as_view(), name="figures"),
    path("figures.csv", lists.FigureFileView.as_view(), name="figures_csv"),
    path("figures.json", lists.FigureFileView.as_view(as_file="json"), name="figures_json"),
    path("facts.csv", lists.FactFileView.as_view(), name="facts_csv"),
    path("facts.json", lists.FactFileView.as_view(as_file="json"), name="facts_json"),
    path("corrections/", CorrectionListView.as_view(), name="corrections"),
    path("corrections.csv", CorrectionFileView.as_view(), name="corrections_csv"),
    path("corrections.atom", CorrectionFeed(), name="corrections_atom"),
    path("sources/", SourceListView.as_view(), name="sources"),
    path("sources/<slug:slug>/", SourceDetailView.as_view(), name="source"),
    path("organisations/", OrganisationListView.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", OrganisationDetailView.as_view(), name="organisation"),
    path("help/", HelpView.as_view(), name="help"),
    path("favicon.ico", IconView.as_view(), name="icon"),
]


def fact_paths(kind: type[Fact], filters: Sequence[str]) -> list[URLPattern]:
    """The list of a kind, its files, and the page of each fact; `filters` are own fields that readers narrow the list by."""
    plural, folder = kind.plural(), kind.plural().replace("_", "-")
    listed = partial(lists.FactListView.as_view, model=kind, filterset_fields=filters)
    return [
        path(f"{folder}/", listed(), name=plural),
        path(f"{folder}.csv", listed(as_file="csv"), name=f"{plural}_csv"),
        path(f"{folder}.json", listed(as_file="json"), name=f"{plural}_json"),
        path(f"{folder}/<slug:period>/<slug:slug>/", FactDetailView.as_view(model=kind), name=kind.noun()),
    ]
