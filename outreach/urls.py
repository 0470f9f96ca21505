"""Addresses of lists of what was done for people and firms."""

from outreach.models import Channel, Engagement, EnterpriseLink, Indicator, Team, Training, Venue
from xinyi_sat.pages.urls import fact_paths

app_name = "outreach"
urlpatterns = [
    *fact_paths(Training, filters=("form", "audience")),
    *fact_paths(EnterpriseLink, filters=("form", "companies", "partners")),
    *fact_paths(Channel, filters=("form", "medium", "carriers")),
    *fact_paths(Venue, filters=("form", "place")),
    *fact_paths(Engagement, filters=("form", "occasion")),
    *fact_paths(Team, filters=("form", "occasion", "partners")),
    *fact_paths(Indicator, filters=("form", "scope")),
]
