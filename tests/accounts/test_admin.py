"""An admin helps a colleague who is locked out, or has lost his phone; in Chinese, and on record."""

import re

import pytest
from django.contrib.admin.models import DELETION, LogEntry

from xinyi_sat.accounts import second_step
from xinyi_sat.accounts.models import LoginLock

pytestmark = pytest.mark.django_db

LOCKS, PHONES = "/admin/accounts/loginlock/", "/admin/accounts/secondstep/"


@pytest.fixture
def locked(keeper, guess) -> LoginLock:
    """The keeper, locked out of the office."""
    guess(5)
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
    assert log_in().status_code == 302


@pytest.mark.parametrize("several", [False, True])
def test_an_admin_removes_lost_phones_and_their_recovery_codes(phone, keeper, admin_client, several):
    second_step.new_recovery_codes(keeper)
    assert "keeper" in admin_client.get(PHONES).content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [phone.pk]} if several else {}
    path = PHONES if several else f"{PHONES}{phone.pk}/delete/"
    assert admin_client.post(path, chosen | {"post": "yes"}).status_code == 302
    assert (second_step.phone_of(keeper), second_step.recovery_codes_left(keeper)) == (None, 0)
    assert deletions() == ["keeper 的两步验证"]


def test_no_page_shows_a_secret(phone, admin_client):
    page = admin_client.get(f"{PHONES}{phone.pk}/change/").content.decode()
    assert "keeper" in page
    assert phone.key not in page
    assert second_step.secret_words(phone) not in page


@pytest.mark.parametrize("path", ["/admin/", LOCKS, PHONES, "/admin/second-step/", "/admin/password_change/"])
def test_no_word_is_english(path, phone, locked, admin_client):
    page = admin_client.get(path).content.decode()
    body = re.sub(r"<(script|style).*?</\1>|<[^>]*>|&\w+;", " ", page.split("<body")[1], flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{2,}", body.split(">", 1)[1])) <= {"admin", "keeper"}
