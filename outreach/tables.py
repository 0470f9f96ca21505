"""Tables of what was done for people and firms, where they are not as those of every kind."""

from outreach.models import Engagement, Training
from xinyi_sat.pages.tables import FactTable


class TrainingTable(FactTable):
    files_only = ("partners",)

    class Meta(FactTable.Meta):
        model = Training


class EngagementTable(FactTable):
    files_only = ("partners",)

    class Meta(FactTable.Meta):
        model = Engagement
