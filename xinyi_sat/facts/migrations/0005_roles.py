"""What each role may do with sources, periods and drafts."""

from django.db import migrations

from xinyi_sat.accounts.roles import FOUND, MANAGED, RECORDS, grants


class Migration(migrations.Migration):
    dependencies = [("facts", "0004_drafts"), ("accounts", "0002_roles")]

    operations = [
        grants(RECORDS, "facts.organisation", "facts.document", "facts.passage"),
        grants(MANAGED, "facts.period"),
        grants(FOUND, "facts.draftfact"),
    ]
