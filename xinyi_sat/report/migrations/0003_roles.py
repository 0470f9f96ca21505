"""What the roles may do with editions."""

from django.db import migrations

from xinyi_sat.facts.roles import ISSUED, grants


class Migration(migrations.Migration):
    dependencies = [("report", "0002_editions_never_change"), ("facts", "0005_roles")]

    operations = [grants(ISSUED, "report.edition")]
