"""The records of a site that is in use already get the first change of their history."""

from django.db import migrations

from xinyi_sat.facts.fixtures.first_changes import publish_all, remember_all


def remember_facts(apps, schema_editor):
    publish_all(apps)
    remember_all(apps, "facts")


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_history")]

    operations = [migrations.RunPython(remember_facts, migrations.RunPython.noop)]
