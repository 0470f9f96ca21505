"""Users have roles; nobody gives himself more than he has, and nobody is deleted."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.roles import STAFF, SUPERUSER, logged_in, person
from xinyi_sat.accounts.roles import EDITOR, MANAGER, RECORDS, ROLES, VIEWER, grant

pytestmark = pytest.mark.django_db

ADD, LIST = "/admin/auth/user/add/", "/admin/auth/user/"
PASSWORD = "a-word-for-this-test"


@pytest.fixture
def manager() -> Client:
    return logged_in(MANAGER)


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def change_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def entered(client: Client, **typed: object):
    """Send the form of a new user."""
    words = {"username": "新来的", "first_name": "某某", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(ADD, words | typed)


def changed(client: Client, user: User, **typed: object):
    """Send the form of a user who is there."""
    return client.post(change_of(user), {"username": user.username, "is_active": "on"} | typed)


def rights_of(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_a_manager_enters_a_user_who_can_work_in_his_role(manager):
    assert entered(manager, role=role(EDITOR)).status_code == 302
    user, client = User.objects.get(username="新来的"), Client()
    assert user.check_password(PASSWORD)
    client.force_login(user)
    assert client.get("/admin/outreach/training/add/").status_code == 200
    assert client.get("/admin/facts/period/add/").status_code == 403


def test_a_user_without_a_role_is_found_and_shown_as_one(manager):
    person("", "无名")
    page = manager.get("/admin/auth/user/").content.decode()
    assert '<a href="?groups__isnull=True">没有角色</a>' in page
    assert '<td class="field-role">没有角色</td>' in page


def test_ones_own_account_is_told_in_words(manager):
    page = manager.get(change_of(User.objects.get(username=f"一位{MANAGER}"))).content.decode()
    assert 'alt="True"' not in page
    assert '<div class="readonly">是</div>' in page


def test_a_user_without_a_role_is_refused_in_words(manager):
    assert "请选择角色" in entered(manager).content.decode()
    colleague = person(VIEWER, "同事")
    assert "请选择角色" in changed(manager, colleague).content.decode()
    assert not User.objects.filter(username="新来的").exists()


def test_another_role_takes_the_place_of_the_one_before(manager):
    colleague = person(VIEWER, "同事")
    assert changed(manager, colleague, role=role(EDITOR)).status_code == 302
    assert [group.name for group in colleague.groups.all()] == [EDITOR]


def test_who_may_not_log_in_any_more_is_out_at_once(manager):
    client = logged_in(EDITOR)
    assert client.get("/admin/").status_code == 200
    colleague = User.objects.get(groups__name=EDITOR)
    manager.post(change_of(colleague), {"username": colleague.username, "role": role(EDITOR)})
    assert client.get("/admin/").status_code == 302


def test_no_form_of_a_manager_makes_a_superuser_or_gives_single_rights(manager):
    anything = Permission.objects.get(codename="delete_user")
    more = {"is_superuser": "on", "user_permissions": [anything.pk], "is_staff": "on"}
    entered(manager, role=role(VIEWER), **more)
    changed(manager, person(VIEWER, "同事"), role=role(VIEWER), **more)
    for user in User.objects.filter(username__in=["新来的", "同事"]):
        assert (user.is_superuser, user.user_permissions.count()) == (False, 0)
    assert User.objects.filter(is_superuser=True).count() == 0


def test_a_manager_neither_changes_a_superuser_nor_his_password(manager):
    above = person(SUPERUSER, "上级", password="unchanged")
    assert changed(manager, above, username="改名").status_code == 403
    path = reverse("admin:auth_user_password_change", args=[above.pk])
    assert manager.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 403
    above.refresh_from_db()
    assert (above.username, above.password) == ("上级", "unchanged")
    page = manager.get(change_of(above)).content.decode()
    assert 'name="_save"' not in page
    assert "重设密码" not in page


@pytest.mark.parametrize("own", [MANAGER, SUPERUSER])
def test_nobody_changes_his_own_role_or_locks_himself_out(own):
    client = logged_in(own)
    me = User.objects.get()
    typed = {"username": me.username, "first_name": "某某", "role": role(VIEWER), "is_superuser": ""}
    assert client.post(change_of(me), typed).status_code == 302
    now = User.objects.get()
    assert (now.first_name, now.is_active, now.is_superuser) == ("某某", True, own == SUPERUSER)
    assert [group.name for group in now.groups.all()] == ([MANAGER] if own == MANAGER else [])


def test_a_superuser_makes_another_who_needs_no_role():
    client, colleague = logged_in(SUPERUSER), person(VIEWER, "同事")
    assert changed(client, colleague, is_superuser="on").status_code == 302
    colleague.refresh_from_db()
    assert (colleague.is_superuser, colleague.groups.count()) == (True, 0)


def test_a_manager_sets_a_new_password_for_somebody_else(manager):
    colleague = person(EDITOR, "同事")
    path = reverse("admin:auth_user_password_change", args=[colleague.pk])
    short = manager.post(path, {"password1": "short", "password2": "short"})
    assert "密码太短，至少要 12 位。" in short.context["form"].errors["password2"]
    # Neither button of Django's own form is there, nor the way to an account without a password.
    without = manager.post(path, {"usable_password": "false", "unset-password": "1"})
    assert set(without.context["form"].errors) == {"password1", "password2"}
    assert manager.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.check_password(PASSWORD)


def test_for_his_own_password_everybody_is_asked_the_old_one(manager):
    me = User.objects.get()
    path = reverse("admin:auth_user_password_change", args=[me.pk])
    for answer in (manager.get(path), manager.post(path, {"password1": PASSWORD, "password2": PASSWORD})):
        assert answer["Location"] == "/admin/password_change/"


def test_groups_and_single_rights_are_not_changed_in_the_admin(manager):
    pages = [manager.get(path).content.decode() for path in (LIST, ADD, change_of(person(VIEWER, "同事")))]
    assert not admin.site.is_registered(Group)
    assert all("Can " not in page and "user_permissions" not in page for page in pages)
    assert "角色" in pages[0]


@pytest.mark.parametrize("staff", STAFF)
def test_the_first_page_shows_each_role_what_it_may_do(staff):
    page = logged_in(staff).get("/admin/").content.decode()
    assert ("addlink" in page) == (staff != VIEWER)
    assert ("/admin/auth/user/" in page) == (staff in (MANAGER, SUPERUSER))
    assert ("/admin/facts/period/add/" in page) == (staff in (MANAGER, SUPERUSER))
    assert "/admin/facts/period/" in page


def test_every_role_sees_the_histories_and_none_changes_them():
    histories = {model._meta.model_name for model in apps.get_models() if hasattr(model, "history_object")}
    assert "historicaltraining" in histories
    for name in ROLES:
        rights = rights_of(name)
        assert {f"view_{one}" for one in histories} <= rights
        assert {one for one in rights if "historical" in one and not one.startswith("view_")} == set()


def test_a_later_migration_gives_and_takes():
    grant(apps, "facts.organisation", {VIEWER: ("view",), EDITOR: ("view", "add")})
    assert {one for one in rights_of(EDITOR) if one.endswith("_organisation")} == {
        "view_organisation",
        "add_organisation",
    }
    assert "view_organisation" not in rights_of(MANAGER)
    assert "change_document" in rights_of(EDITOR)
    grant(apps, "facts.organisation", RECORDS)
    assert "delete_organisation" in rights_of(MANAGER)
