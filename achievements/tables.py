"""Tables of what was won and heeded, where they are not as those of every kind."""

from achievements.models import Award
from xinyi_sat.pages.tables import REST, FactTable


class AwardTable(FactTable):
    files_only = ("conferred_by", "plan_owners")

    class Meta(FactTable.Meta):
        model = Award
        sequence = ("title", "role", "level", "recipient", "conferred_by", "talent_plan", "plan_owners", *REST)
