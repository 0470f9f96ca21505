"""What each role may do with these kinds of fact, and how their facts go from state to state."""

from django.db import migrations

from xinyi_sat.accounts.roles import RECORDS, grants
from xinyi_sat.facts.state_rules import keeps_its_states

KINDS = (
    "achievements.award",
    "achievements.competition",
    "achievements.proposal",
    "achievements.coverage",
)


class Migration(migrations.Migration):
    dependencies = [("achievements", "0003_first_changes"), ("accounts", "0002_roles")]

    operations = [grants(RECORDS, *KINDS), keeps_its_states(*KINDS)]
