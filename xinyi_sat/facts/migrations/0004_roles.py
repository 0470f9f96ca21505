"""The three roles, and what they may do with sources, periods and users."""

from django.db import migrations

from xinyi_sat.facts.roles import MANAGED, RECORDS, USERS, grants


class Migration(migrations.Migration):
    dependencies = [
        ("facts", "0003_first_changes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        grants(RECORDS, "facts.organisation", "facts.document", "facts.passage"),
        grants(MANAGED, "facts.period"),
        grants(USERS, "auth.user"),
    ]
