"""People with a role, as an admin would enter them."""

from django.contrib.auth.models import Group, User
from django.test import Client

from xinyi_sat.accounts.roles import EDITOR, MANAGER, VIEWER

SUPERUSER = "超级用户"
NO_ROLE = "没有角色"
STAFF = (VIEWER, EDITOR, MANAGER, SUPERUSER)


def person(role: str, username: str = "", **fields: str) -> User:
    """A user of this role, who works in the admin."""
    user = User.objects.create(
        username=username or f"一位{role}", is_staff=True, is_superuser=role == SUPERUSER, **fields
    )
    user.groups.set(Group.objects.filter(name=role))
    return user


def logged_in(role: str) -> Client:
    """The browser of a user of this role; there is one of each."""
    client = Client()
    client.force_login(User.objects.filter(username=f"一位{role}").first() or person(role))
    return client
