"""The three roles, and what they may do with sources, periods, drafts, users and the door."""

from django.db import migrations

from xinyi_sat.facts.roles import DOOR, DRAFTED, MANAGED, RECORDS, USERS, grants


class Migration(migrations.Migration):
    dependencies = [
        ("facts", "0004_drafts"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        grants(RECORDS, "facts.organisation", "facts.document", "facts.passage"),
        grants(MANAGED, "facts.period"),
        grants(DRAFTED, "facts.draftfact"),
        grants(USERS, "auth.user"),
        grants(DOOR, "accounts.loginlock", "accounts.secondstep"),
    ]
