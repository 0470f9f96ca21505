"""Lists of what was done for people and firms."""

from outreach.filters import (
    ChannelFilter,
    EngagementFilter,
    EnterpriseLinkFilter,
    TeamFilter,
    TrainingFilter,
    VenueFilter,
)
from outreach.models import Channel, Engagement, EnterpriseLink, Team, Training, Venue
from outreach.tables import ChannelTable, EngagementTable, EnterpriseLinkTable, TeamTable, TrainingTable, VenueTable
from xinyi_sat.facts.views import FactListView


class TrainingListView(FactListView):
    model = Training
    table_class = TrainingTable
    filterset_class = TrainingFilter


class EnterpriseLinkListView(FactListView):
    model = EnterpriseLink
    table_class = EnterpriseLinkTable
    filterset_class = EnterpriseLinkFilter


class ChannelListView(FactListView):
    model = Channel
    table_class = ChannelTable
    filterset_class = ChannelFilter


class VenueListView(FactListView):
    model = Venue
    table_class = VenueTable
    filterset_class = VenueFilter


class EngagementListView(FactListView):
    model = Engagement
    table_class = EngagementTable
    filterset_class = EngagementFilter


class TeamListView(FactListView):
    model = Team
    table_class = TeamTable
    filterset_class = TeamFilter
