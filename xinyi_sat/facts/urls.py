"""Addresses of what all kinds share, and those that every kind of fact has alike."""

from django.urls import URLPattern, path

from xinyi_sat.facts import views
from xinyi_sat.facts.changes.views import CorrectionFeed, CorrectionFileView, CorrectionListView

urlpatterns = [
    path("figures/", views.FigureListView.as_view(), name="figures"),
    path("figures.csv", views.FigureFileView.as_view(), name="figures_csv"),
    path("figures.json", views.FigureFileView.as_view(as_file="json"), name="figures_json"),
    path("facts.csv", views.FactFileView.as_view(), name="facts_csv"),
    path("facts.json", views.FactFileView.as_view(as_file="json"), name="facts_json"),
    path("corrections/", CorrectionListView.as_view(), name="corrections"),
    path("corrections.csv", CorrectionFileView.as_view(), name="corrections_csv"),
    path("corrections.atom", CorrectionFeed(), name="corrections_atom"),
    path("sources/", views.SourceListView.as_view(), name="sources"),
    path("sources/<slug:slug>/", views.SourceDetailView.as_view(), name="source"),
    path("organisations/", views.OrganisationListView.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", views.OrganisationDetailView.as_view(), name="organisation"),
]


def fact_paths(list_view: type[views.FactListView]) -> list[URLPattern]:
    """The list of a kind, its files, and the page of each fact."""
    model = list_view.model
    plural, folder = model.plural(), model.plural().replace("_", "-")
    return [
        path(f"{folder}/", list_view.as_view(), name=plural),
        path(f"{folder}.csv", list_view.as_view(as_file="csv"), name=f"{plural}_csv"),
        path(f"{folder}.json", list_view.as_view(as_file="json"), name=f"{plural}_json"),
        path(f"{folder}/<slug:period>/<slug:slug>/", views.FactDetailView.as_view(model=model), name=model.kind()),
    ]
