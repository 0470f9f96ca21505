"""Addresses of what was done for people and firms."""

from outreach import views
from xinyi_sat.facts.urls import fact_paths

app_name = "outreach"
urlpatterns = [
    *fact_paths(views.TrainingListView),
    *fact_paths(views.EnterpriseLinkListView),
    *fact_paths(views.ChannelListView),
    *fact_paths(views.VenueListView),
    *fact_paths(views.EngagementListView),
    *fact_paths(views.TeamListView),
]
