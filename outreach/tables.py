"""Tables of what was done for people and firms."""

from outreach.models import Channel, Engagement, EnterpriseLink, Team, Training, Venue
from xinyi_sat.facts.tables import FactTable, NamesColumn


class TrainingTable(FactTable):
    partners = NamesColumn(visible=False)

    class Meta(FactTable.Meta):
        model = Training
        fields = ("form", "audience", "sessions", "participants", "attendances", "households")


class EnterpriseLinkTable(FactTable):
    companies = NamesColumn()
    partners = NamesColumn()

    class Meta(FactTable.Meta):
        model = EnterpriseLink
        fields = ("form", "topic", "event", "companies", "partners", "needs", "firms")


class ChannelTable(FactTable):
    carriers = NamesColumn()

    class Meta(FactTable.Meta):
        model = Channel
        fields = ("form", "medium", "place", "carriers")


class VenueTable(FactTable):
    partners = NamesColumn()

    class Meta(FactTable.Meta):
        model = Venue
        fields = ("form", "place", "partners", "sites")


class EngagementTable(FactTable):
    partners = NamesColumn(visible=False)

    class Meta(FactTable.Meta):
        model = Engagement
        fields = ("form", "occasion", "audience", "needs", "suggestions", "solved", "works", "materials", "recordings")


class TeamTable(FactTable):
    partners = NamesColumn()

    class Meta(FactTable.Meta):
        model = Team
        fields = ("form", "post", "sector", "occasion", "partners", "members")
