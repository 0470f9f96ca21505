"""An admin helps a colleague who is locked out, or has lost his phone; in Chinese, and on record."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.test import Client

from tests.accounts.conftest import PASSWORD
from xinyi_sat.accounts import second_step
from xinyi_sat.accounts.models import LoginLock, SecondStep

pytestmark = pytest.mark.django_db

LOCKS, PHONES = "/admin/accounts/loginlock/", "/admin/accounts/secondstep/"


@pytest.fixture
def locked(keeper, clock) -> LoginLock:
    """The keeper, locked out of the office."""
    for _ in range(5):
        Client().post("/admin/login/", {"username": "keeper", "password": "wrong"}, REMOTE_ADDR="10.0.0.1")
    return LoginLock.objects.get()


def deletions() -> list[str]:
    return [entry.object_repr for entry in LogEntry.objects.filter(action_flag=DELETION)]


def test_a_lock_is_listed_until_it_is_over(locked, admin_client, clock):
    page = admin_client.get(LOCKS).content.decode()
    for words in ("keeper", "10.0.0.1", "2026年3月2日 09:15", "解除所选的锁定"):
        assert words in page
    clock.shift(15 * 60)
    assert "共 0 条" in admin_client.get(LOCKS).content.decode()


def test_an_admin_lifts_a_lock(locked, admin_client, log_in):
    answer = admin_client.post(LOCKS, {"action": "lift", "_selected_action": [locked.pk]}, follow=True)
    assert "已解除 1 条，可以重新登录了。" in answer.content.decode()
    assert deletions() == ["keeper（10.0.0.1）"]
    assert Client().post("/admin/login/", {"username": "keeper", "password": PASSWORD}).status_code == 302


def test_an_admin_removes_a_lost_phone_and_its_recovery_codes(phone, keeper, admin_client):
    second_step.new_recovery_codes(keeper)
    assert "keeper" in admin_client.get(PHONES).content.decode()
    assert admin_client.post(f"{PHONES}{phone.pk}/delete/", {"post": "yes"}).status_code == 302
    assert (second_step.phone_of(keeper), second_step.recovery_codes_left(keeper)) == (None, 0)
    assert deletions() == ["keeper 的两步验证"]


def test_an_admin_removes_several_phones_at_once(phone, keeper, admin_client):
    second_step.new_recovery_codes(keeper)
    chosen = {"action": "delete_selected", "_selected_action": [phone.pk], "post": "yes"}
    assert admin_client.post(PHONES, chosen).status_code == 302
    assert (second_step.phone_of(keeper), second_step.recovery_codes_left(keeper)) == (None, 0)


def test_no_page_shows_a_secret_or_lets_one_be_entered(phone, locked, admin_client):
    page = admin_client.get(f"{PHONES}{phone.pk}/change/").content.decode()
    assert phone.key not in page
    assert second_step.secret_words(phone) not in page
    for path in (f"{PHONES}add/", f"{LOCKS}add/"):
        assert admin_client.get(path).status_code == 403
    assert admin_client.post(f"{PHONES}{phone.pk}/change/", {"confirmed": ""}).status_code == 403


def test_only_who_may_is_shown_them(phone, locked, client):
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    for path in (LOCKS, PHONES, f"{PHONES}{phone.pk}/delete/"):
        assert client.get(path).status_code == 403


def test_the_admin_offers_these_two_and_no_table_of_the_packages_behind_them(admin_client):
    admin.autodiscover()
    packages = {"axes", "otp_totp", "otp_static"}
    assert [model for model in admin.site._registry if model._meta.app_label in packages] == []
    assert {LoginLock, SecondStep} <= set(admin.site._registry)


@pytest.mark.parametrize("path", ["/admin/", LOCKS, PHONES, "/admin/second-step/", "/admin/password_change/"])
def test_no_word_is_english(path, phone, locked, admin_client):
    page = admin_client.get(path).content.decode()
    body = re.sub(r"<(script|style).*?</\1>|<[^>]*>|&\w+;", " ", page.split("<body")[1], flags=re.DOTALL)
    words = set(re.findall(r"[A-Za-z]{2,}", body.split(">", 1)[1])) - {"admin", "keeper"}
    assert words == set()
