"""Tables of what was won and heeded."""

from achievements.models import Award, Competition, Coverage, Proposal
from xinyi_sat.facts.tables import FactTable, NameColumn, NamesColumn, hidden


class AwardTable(FactTable):
    conferred_by = hidden("授奖单位")
    plan_owners = NamesColumn(visible=False)

    class Meta(FactTable.Meta):
        model = Award
        fields = ("role", "level", "recipient", "conferred_by", "talent_plan", "plan_owners", "recipients", "times")


class CompetitionTable(FactTable):
    class Meta(FactTable.Meta):
        model = Competition
        fields = ("role", "level", "contestants", "entry", "result", "winners", "entrants")


class ProposalTable(FactTable):
    addressed_to = NameColumn(order_by=("addressed_to__kind", "addressed_to__slug"))

    class Meta(FactTable.Meta):
        model = Proposal
        fields = ("form", "submitted_by", "addressed_to", "outcome", "proposals")


class CoverageTable(FactTable):
    about = NamesColumn()
    media = NamesColumn()

    class Meta(FactTable.Meta):
        model = Coverage
        fields = ("medium", "subject", "about", "media", "people")
