"""What a reader can narrow the lists by."""

from achievements.models import Award, Competition, Coverage, Proposal
from xinyi_sat.facts.filters import FactFilter


class AwardFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Award
        fields = ("role", "level", "recipient", "talent_plan")


class CompetitionFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Competition
        fields = ("role", "level", "contestants")


class ProposalFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Proposal
        fields = ("form", "outcome", "addressed_to")


class CoverageFilter(FactFilter):
    class Meta(FactFilter.Meta):
        model = Coverage
        fields = ("medium", "media", "about")
