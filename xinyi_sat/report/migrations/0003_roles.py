"""What each role may do with editions."""

from django.db import migrations

from xinyi_sat.accounts.roles import MANAGED, grants


class Migration(migrations.Migration):
    dependencies = [("report", "0002_editions_never_change"), ("accounts", "0002_roles")]

    operations = [grants(MANAGED, "report.edition", "report.editionfile")]
