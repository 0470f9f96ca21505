"""The three roles, and what they may do with users and the door."""

from django.db import migrations

from xinyi_sat.accounts.roles import DOOR, USERS, grants


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [grants(USERS, "auth.user"), grants(DOOR, "accounts.loginlock", "accounts.secondstep")]
