"""Guessing is slowed down; nobody is shut out by somebody else's guesses."""

import pytest
from axes.models import AccessLog
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.utils import timezone

from tests.accounts.conftest import PASSWORD, is_inside
from xinyi_sat.accounts import lockout
from xinyi_sat.accounts.models import LoginLock

pytestmark = pytest.mark.django_db

OFFICE, ELSEWHERE = "10.0.0.1", "203.0.113.7"


def failures(times: int, username: str, address: str) -> None:
    """So many failures, as the database would hold them."""
    attempt = LoginLock.objects.create(username=username, ip_address=address, failures_since_start=times)
    LoginLock.objects.filter(pk=attempt.pk).update(attempt_time=timezone.now())


@pytest.mark.parametrize("name", ["keeper", "nobody"])
def test_a_wrong_password_is_refused_in_chinese_without_saying_what_is_wrong(keeper, guess, name):
    answer = guess(1, name)
    assert answer.status_code == 200
    assert "用户名或密码不对，或这个用户不能进入后台。" in answer.content.decode()
    assert guess(4, name).status_code == 429, "a name that nobody has is locked like any other"


def test_after_five_failures_the_right_password_has_to_wait_a_quarter_of_an_hour(keeper, guess, log_in, client, clock):
    assert guess(4).status_code == 200
    answer = guess(1)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "请在 9:15 以后（约 15 分钟）再试" in answer.content.decode()

    clock.shift(14 * 60)
    assert guess(3).status_code == 429, "knocking at a lock does not make it longer"
    assert "约 1 分钟" in log_in().content.decode()
    assert not is_inside(client)

    clock.shift(61)
    assert log_in().status_code == 302
    assert is_inside(client)


def test_a_login_forgets_the_failures_before_it(keeper, guess, log_in):
    guess(4)
    log_in()
    assert guess(4).status_code == 200


def test_guesses_lock_neither_a_colleague_at_the_same_address_nor_the_user_at_his_own(keeper, guess, log_in):
    User.objects.create_superuser("colleague", password=PASSWORD)
    guess(5, address=ELSEWHERE)
    assert log_in("colleague", address=ELSEWHERE).status_code == 302
    assert log_in(address=OFFICE).status_code == 302


def test_guessing_from_many_addresses_meets_a_limit_that_a_known_address_does_not(keeper, log_in, client, clock):
    log_in(address=OFFICE)
    client.post("/admin/logout/")
    for host in range(5):
        failures(4, "keeper", f"203.0.113.{host}")
    assert log_in(address="198.51.100.1").status_code == 429
    assert log_in(address=OFFICE).status_code == 302


def test_guessing_many_names_from_one_address_meets_a_limit_that_those_at_home_there_do_not(keeper, log_in, clock):
    User.objects.create_superuser("newcomer", password=PASSWORD)
    log_in(address=OFFICE)
    for number in range(25):
        failures(2, f"name{number}", OFFICE)
    assert log_in("newcomer", address=OFFICE).status_code == 429
    assert log_in("keeper", address=OFFICE).status_code == 302


def test_an_address_is_forgotten_a_year_after_the_last_login_from_it(keeper, log_in, clock):
    log_in(address=OFFICE)
    clock.shift(366 * 24 * 60 * 60)
    log_in(address=ELSEWHERE)
    assert [log.ip_address for log in AccessLog.objects.all()] == [ELSEWHERE]


def test_no_password_is_kept_of_a_failure_and_none_that_was_typed_as_a_name_is_shown(log_in, admin_client):
    log_in("the password itself", "not the password", draft="what was typed")
    failure = LoginLock.objects.get()
    for words in ("not the password", "the password itself", "what was typed"):
        assert words not in failure.post_data
    page = admin_client.get("/admin/accounts/loginlock/").content.decode()
    assert "没有这个用户" in page
    assert "the password itself" not in page


def test_a_lock_is_told_once_on_the_terminal_in_chinese(keeper, guess, caplog):
    guess(7)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("xinyi_sat")]
    assert told == ["登录已锁定 15 分钟：用户名 'keeper'，来自 10.0.0.1"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (1, "fe80::1%eth0", "fe80::1"),
    ],
)
def test_behind_proxies_the_address_is_what_the_outermost_of_ours_saw(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert lockout.client_address(request) == address
    assert lockout.client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None
