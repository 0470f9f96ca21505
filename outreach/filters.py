"""What a reader can narrow the lists by."""

from outreach.models import Channel, Engagement, EnterpriseLink, Team, Training, Venue
from xinyi_sat.facts.filters import FactFilter


class TrainingFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Training
        fields = ("form", "audience")


class EnterpriseLinkFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = EnterpriseLink
        fields = ("form", "companies", "partners")


class ChannelFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Channel
        fields = ("form", "medium", "carriers")


class VenueFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Venue
        fields = ("form", "place")


class EngagementFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Engagement
        fields = ("form", "occasion")


class TeamFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Team
        fields = ("form", "occasion", "partners")
