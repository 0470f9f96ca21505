"""Addresses of lists of what was won and heeded."""

from achievements.models import Award, Competition, Coverage, Proposal
from xinyi_sat.pages.urls import fact_paths

app_name = "achievements"
urlpatterns = [
    *fact_paths(Award, filters=("role", "level", "recipient", "talent_plan")),
    *fact_paths(Competition, filters=("role", "level", "contestants")),
    *fact_paths(Proposal, filters=("form", "outcome", "addressed_to")),
    *fact_paths(Coverage, filters=("medium", "media", "about")),
]
