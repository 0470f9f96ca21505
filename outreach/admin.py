"""The admin of what was done for people and firms."""

from django.contrib import admin

from outreach.models import Channel, Engagement, EnterpriseLink, Team, Training, Venue
from xinyi_sat.facts.admin import FactAdmin


@admin.register(Training)
class TrainingAdmin(FactAdmin):
    list_filter = ("form", "audience", *FactAdmin.list_filter)


@admin.register(EnterpriseLink)
class EnterpriseLinkAdmin(FactAdmin):
    list_filter = ("form", *FactAdmin.list_filter)


@admin.register(Channel)
class ChannelAdmin(FactAdmin):
    list_filter = ("form", "medium", *FactAdmin.list_filter)


@admin.register(Venue)
class VenueAdmin(FactAdmin):
    list_filter = ("form", "place", *FactAdmin.list_filter)


@admin.register(Engagement)
class EngagementAdmin(FactAdmin):
    list_filter = ("form", "occasion", *FactAdmin.list_filter)


@admin.register(Team)
class TeamAdmin(FactAdmin):
    list_filter = ("form", "occasion", *FactAdmin.list_filter)
