"""Users have roles; nobody gives himself more than he has. `tests/access.py` says who may open and send what."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client

from tests.office.forms import admin_url
from tests.roles import STAFF, SUPERUSER, logged_in, person
from xinyi_sat.accounts.roles import EDITOR, MANAGER, ROLES, VIEWER

pytestmark = pytest.mark.django_db

ADD, LIST = "/admin/auth/user/add/", "/admin/auth/user/"
PASSWORD = "a-word-for-this-test"
TWICE = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def manager() -> Client:
    return logged_in(MANAGER)


@pytest.fixture
def colleague(db) -> User:
    """Somebody who may look on."""
    return person(VIEWER, "同事")


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def entered(client: Client, **typed: object):
    """Send the form of a new user."""
    return client.post(ADD, {"username": "新来的", "first_name": "某某"} | TWICE | typed)


def changed(client: Client, user: User, **typed: object):
    """Send the form of a user who is there."""
    return client.post(admin_url(user), {"username": user.username, "is_active": "on"} | typed)


def test_a_manager_enters_a_user_who_can_work_in_his_role(manager):
    assert entered(manager, role=role(EDITOR)).status_code == 302
    user, client = User.objects.get(username="新来的"), Client()
    assert user.check_password(PASSWORD)
    client.force_login(user)
    assert client.get("/admin/outreach/training/add/").status_code == 200
    assert client.get("/admin/facts/period/add/").status_code == 403


def test_users_are_told_in_words(manager):
    own = manager.get(admin_url(User.objects.get())).content.decode()
    assert '<div class="readonly">是</div>' in own
    person("", "无名")
    page = manager.get(LIST).content.decode()
    assert 'alt="True"' not in own + page
    assert '<a href="?groups__isnull=True">没有角色</a>' in page
    assert '<td class="field-role">没有角色</td>' in page


def test_a_user_has_one_role_and_only_a_superuser_needs_none(manager, colleague):
    assert "请选择角色" in entered(manager).content.decode()
    assert "请选择角色" in changed(manager, colleague).content.decode()
    assert not User.objects.filter(username="新来的").exists()
    changed(manager, colleague, role=role(EDITOR))
    assert [group.name for group in colleague.groups.all()] == [EDITOR]
    changed(logged_in(SUPERUSER), colleague, is_superuser="on")
    colleague.refresh_from_db()
    assert (colleague.is_superuser, colleague.groups.count()) == (True, 0)


def test_who_may_not_log_in_any_more_is_out_at_once(manager, colleague):
    client = Client()
    client.force_login(colleague)
    assert client.get("/admin/").status_code == 200
    changed(manager, colleague, role=role(VIEWER), is_active="")
    assert client.get("/admin/").status_code == 302


def test_no_form_of_a_manager_makes_a_superuser_or_gives_single_rights(manager, colleague):
    anything = Permission.objects.get(codename="delete_user")
    more = {"role": role(VIEWER), "is_superuser": "on", "user_permissions": [anything.pk], "is_staff": "on"}
    entered(manager, **more)
    changed(manager, colleague, **more)
    found = {user.username: (user.is_superuser, user.user_permissions.count()) for user in User.objects.all()}
    assert found == dict.fromkeys(["新来的", "同事", f"一位{MANAGER}"], (False, 0))


def test_a_manager_finds_nothing_to_send_on_the_page_of_a_superuser(manager):
    page = manager.get(admin_url(person(SUPERUSER, "上级"))).content.decode()
    assert 'name="_save"' not in page
    assert "重设密码" not in page


@pytest.mark.parametrize("own", [MANAGER, SUPERUSER])
def test_nobody_changes_his_own_role_or_locks_himself_out(own):
    client, me = logged_in(own), User.objects.get()
    typed = {"username": me.username, "first_name": "某某", "role": role(VIEWER), "is_superuser": ""}
    assert client.post(admin_url(me), typed).status_code == 302
    now = User.objects.get()
    assert (now.first_name, now.is_active, now.is_superuser) == ("某某", True, own == SUPERUSER)
    assert [group.name for group in now.groups.all()] == ([MANAGER] if own == MANAGER else [])


def test_a_manager_sets_a_new_password_for_somebody_else(manager, colleague):
    path = admin_url(colleague, "password_change")
    short = manager.post(path, {"password1": "short", "password2": "short"})
    assert "密码太短，至少要 12 位。" in short.context["form"].errors["password2"]
    # Neither button of Django's own form is there, nor the way to an account without a password.
    without = manager.post(path, {"usable_password": "false", "unset-password": "1"})
    assert set(without.context["form"].errors) == {"password1", "password2"}
    assert manager.post(path, TWICE).status_code == 302
    colleague.refresh_from_db()
    assert colleague.check_password(PASSWORD)


def test_for_his_own_password_everybody_is_asked_the_old_one(manager):
    path = admin_url(User.objects.get(), "password_change")
    for answer in (manager.get(path), manager.post(path, TWICE)):
        assert answer["Location"] == "/admin/password_change/"


@pytest.mark.parametrize("staff", STAFF)
def test_the_first_page_shows_each_role_what_it_may_do(staff):
    page = logged_in(staff).get("/admin/").content.decode()
    assert ("addlink" in page) == (staff != VIEWER)
    assert (LIST in page) == ("/admin/facts/period/add/" in page) == (staff in (MANAGER, SUPERUSER))
    assert "/admin/facts/period/" in page


def test_every_role_sees_the_histories_and_none_changes_them():
    histories = {model._meta.model_name for model in apps.get_models() if hasattr(model, "history_object")}
    assert "historicaltraining" in histories
    for name in ROLES:
        rights = set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))
        assert {f"view_{one}" for one in histories} <= rights
        assert [one for one in rights if "historical" in one and not one.startswith("view_")] == []


def test_what_is_given_or_taken_by_hand_is_put_right_at_the_next_migrate():
    deletion = Permission.objects.get(codename="delete_training")
    Group.objects.get(name=VIEWER).permissions.add(deletion)
    Group.objects.get(name=EDITOR).permissions.remove(deletion)
    call_command("migrate", verbosity=0)
    assert set(deletion.group_set.values_list("name", flat=True)) == {EDITOR, MANAGER}
