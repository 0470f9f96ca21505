"""The records of a site that is in use already get the first change of their history."""

from django.db import migrations

from xinyi_sat.facts.fixtures.first_changes import remember_all


def remember_outreach(apps, schema_editor):
    remember_all(apps, "outreach")


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_history"), ("facts", "0002_history")]

    operations = [migrations.RunPython(remember_outreach, migrations.RunPython.noop)]
