"""A period keeps to its states, whoever writes to the database; and none is called as addresses call all of them."""

from django.db import migrations, models

from xinyi_sat.facts.choices import PeriodState
from xinyi_sat.facts.state_rules import keeps_its_states


class Migration(migrations.Migration):
    dependencies = [("facts", "0006_corrections")]

    operations = [
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "all"), _negated=True),
                name="facts_period_is_not_called_all",
                violation_error_code="slug",
                violation_error_message="标识不能是“all”：网址用它表示全部时期。",
            ),
        ),
        keeps_its_states("facts.period", states=PeriodState),
    ]
