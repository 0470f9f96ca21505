"""Addresses of what was won and heeded."""

from achievements import views
from xinyi_sat.facts.urls import fact_paths

app_name = "achievements"
urlpatterns = [
    *fact_paths(views.AwardListView),
    *fact_paths(views.CompetitionListView),
    *fact_paths(views.ProposalListView),
    *fact_paths(views.CoverageListView),
]
