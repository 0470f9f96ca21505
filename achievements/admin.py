"""The admin of what was won and heeded."""

from django.contrib import admin

from achievements.models import Award, Competition, Coverage, Proposal
from xinyi_sat.facts.admin import FactAdmin


@admin.register(Award)
class AwardAdmin(FactAdmin):
    list_filter = ("role", "level", "talent_plan", *FactAdmin.list_filter)


@admin.register(Competition)
class CompetitionAdmin(FactAdmin):
    list_filter = ("role", "level", "contestants", *FactAdmin.list_filter)


@admin.register(Proposal)
class ProposalAdmin(FactAdmin):
    list_filter = ("form", "outcome", *FactAdmin.list_filter)


@admin.register(Coverage)
class CoverageAdmin(FactAdmin):
    list_filter = ("medium", *FactAdmin.list_filter)
