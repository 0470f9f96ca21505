"""Lists of what was won and heeded."""

from achievements.filters import AwardFilter, CompetitionFilter, CoverageFilter, ProposalFilter
from achievements.models import Award, Competition, Coverage, Proposal
from achievements.tables import AwardTable, CompetitionTable, CoverageTable, ProposalTable
from xinyi_sat.facts.views import FactListView


class AwardListView(FactListView):
    model = Award
    table_class = AwardTable
    filterset_class = AwardFilter


class CompetitionListView(FactListView):
    model = Competition
    table_class = CompetitionTable
    filterset_class = CompetitionFilter


class ProposalListView(FactListView):
    model = Proposal
    table_class = ProposalTable
    filterset_class = ProposalFilter


class CoverageListView(FactListView):
    model = Coverage
    table_class = CoverageTable
    filterset_class = CoverageFilter
