"""The second step: a code from the phone, or from paper; optional, or obligatory."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.conftest import PASSWORD, code_of, is_inside
from tests.office.forms import hidden
from xinyi_sat.accounts import second_step

pytestmark = pytest.mark.django_db

CODE, FIRST_PHONE = "/admin/login/code/", "/admin/login/phone/"
OWN, OWN_PHONE = "/admin/second-step/", "/admin/second-step/phone/"


@pytest.fixture
def at_second_step(phone, log_in, client, clock) -> Client:
    """The keeper's browser after the password."""
    log_in(next="/admin/outreach/training/")
    return client


@pytest.fixture
def inside(at_second_step, phone, clock) -> Client:
    """The keeper's browser after both steps."""
    typed(at_second_step, code_of(phone))
    clock.shift(30)
    return at_second_step


def typed(client: Client, code: str) -> str:
    """The page after a code, or after what it lets in to."""
    return client.post(CODE, {"code": code}, follow=True).content.decode()


def recovery_codes(answer) -> list[str]:
    """The codes that a page shows."""
    return re.findall(r"<li>(\w{4}-\w{4})</li>", answer.content.decode())


def set_up(client: Client, clock) -> tuple[TOTPDevice, list[str]]:
    """Give the password, scan the secret that is shown then, and confirm it."""
    client.post(OWN, {"password": PASSWORD, "wanted": "phone"})
    client.get(OWN_PHONE)
    phone = TOTPDevice.objects.get(confirmed=False)
    clock.shift(30)
    return phone, recovery_codes(client.post(OWN_PHONE, {"code": code_of(phone)}))


def test_with_a_phone_nobody_is_logged_in_before_the_code(at_second_step, phone):
    assert Client().get(CODE)["Location"] == Client().get(FIRST_PHONE)["Location"] == "/admin/login/"
    assert not is_inside(at_second_step)
    assert "_auth_user_id" not in at_second_step.session
    assert at_second_step.post(CODE, {"code": code_of(phone)})["Location"] == "/admin/outreach/training/"
    assert is_inside(at_second_step)


def test_a_code_may_be_typed_as_people_do(at_second_step, phone):
    code = code_of(phone).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    typed(at_second_step, f" {code[:3]} - {code[3:]} ")
    assert is_inside(at_second_step)


def test_a_code_is_good_once_and_for_its_user_alone(inside, phone, log_in, clock):
    clock.shift(-30)
    inside.post("/admin/logout/")
    other = TOTPDevice.objects.create(user=User.objects.create_superuser("other"), name="手机")
    log_in()
    assert "验证码不对，或已经用过。" in typed(inside, code_of(phone))
    clock.shift(1)
    assert "验证码不对" in typed(inside, code_of(other))


def test_every_wrong_code_makes_the_next_wait_twice_as_long(at_second_step, phone, clock):
    for failures, seconds in [(1, 1), (2, 2), (3, 4), (4, 8)]:
        assert "验证码不对" in typed(at_second_step, "000000")
        assert f"已连续输错 {failures} 次，请过 {seconds} 秒再输。" in typed(at_second_step, code_of(phone))
        clock.shift(seconds)
    typed(at_second_step, code_of(phone))
    assert is_inside(at_second_step)


def test_a_long_wait_is_told_in_minutes():
    told = {0: "1 秒", 119: "119 秒", 120: "2 分钟", 121: "3 分钟"}
    assert {seconds: second_step.waiting(seconds) for seconds in told} == told


def test_the_second_step_waits_ten_minutes_and_not_longer(at_second_step, phone, clock):
    clock.shift(10 * 60 + 1)
    assert "请重新输入用户名和密码。" in typed(at_second_step, code_of(phone))


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "another"}])
def test_who_may_not_enter_any_more_does_not_get_in_by_the_second_step(at_second_step, phone, keeper, change):
    User.objects.filter(pk=keeper.pk).update(**change)
    typed(at_second_step, code_of(phone))
    assert not is_inside(at_second_step)


def test_a_recovery_code_stands_in_for_the_phone_once(at_second_step, keeper, log_in):
    first = second_step.new_recovery_codes(keeper)[0]
    said = typed(at_second_step, first.upper().replace("o", "0").replace("l", "1"))
    assert "用掉了一个恢复码，还剩 9 个。" in said
    at_second_step.post("/admin/logout/")
    log_in()
    assert "恢复码不对，或已经用过。" in typed(at_second_step, first)


def test_a_user_sets_up_a_phone_without_anybodys_help(keeper, log_in, client, clock):
    log_in()
    assert client.get(OWN_PHONE)["Location"] == OWN, "the password is asked first"
    assert "密码不对。" in client.post(OWN, {"password": "wrong", "wanted": "phone"}).content.decode()
    assert client.post(OWN, {"password": PASSWORD, "wanted": "phone"})["Location"] == OWN_PHONE

    page = client.get(OWN_PHONE).content.decode()
    assert second_step.secret_words(TOTPDevice.objects.get(user=keeper)) in page
    assert '<img class="qr" src="data:image/png;base64,' in page
    assert "验证码不对" in client.post(OWN_PHONE, {"code": "000000"}).content.decode()
    assert second_step.phone_of(keeper) is None, "nothing changes before it is confirmed"

    phone, codes = set_up(client, clock)
    assert len(codes) == 10
    assert second_step.phone_of(keeper) == phone
    assert "已启用" in client.get(OWN).content.decode()
    assert [str(entry) for entry in LogEntry.objects.all()] == ["添加了“keeper 的两步验证”。"]


def test_other_browsers_of_the_user_have_to_take_the_second_step_then(keeper, log_in, client, clock):
    elsewhere = Client()
    elsewhere.force_login(keeper)
    assert is_inside(elsewhere)
    log_in()
    set_up(client, clock)
    assert is_inside(client)
    assert "您的账号要经过两步验证，请重新登录。" in elsewhere.get("/admin/", follow=True).content.decode()
    assert not is_inside(elsewhere)


def test_a_new_phone_takes_the_place_of_the_old_one(inside, phone, keeper, clock):
    new, _ = set_up(inside, clock)
    assert list(TOTPDevice.objects.filter(user=keeper)) == [new] != [phone]
    assert is_inside(inside)


def test_a_secret_that_was_never_confirmed_is_not_shown_again_an_hour_later(keeper, clock):
    shown = second_step.phone_to_confirm(keeper)
    assert second_step.phone_to_confirm(keeper) == shown
    clock.shift(60 * 60 + 1)
    assert second_step.phone_to_confirm(keeper).key != shown.key
    assert TOTPDevice.objects.count() == 1


def test_new_recovery_codes_make_the_old_ones_worthless_and_are_not_kept_as_they_are(inside, keeper):
    old = second_step.new_recovery_codes(keeper)
    new = recovery_codes(inside.post(OWN, {"password": PASSWORD, "wanted": "codes"}))
    assert (len({*new}), {*new} & {*old}, second_step.recovery_codes_left(keeper)) == (10, set(), 10)
    stored = "".join(StaticToken.objects.values_list("token", flat=True)).lower()
    assert not [code for code in new if second_step.plain(code) in stored]


def test_a_user_turns_the_second_step_off_with_his_password(inside, keeper):
    inside.post(OWN, {"password": "wrong", "wanted": "off"})
    assert second_step.phone_of(keeper)
    answer = inside.post(OWN, {"password": PASSWORD, "wanted": "off"}, follow=True)
    assert "已停用两步验证，今后登录只要密码。" in answer.content.decode()
    assert second_step.phone_of(keeper) is None
    assert is_inside(inside)


def test_guesses_at_an_open_browser_are_locked_like_those_at_the_door(inside):
    statuses = [inside.post(OWN, {"password": "wrong", "wanted": "off"}).status_code for _ in range(5)]
    assert statuses == [200] * 4 + [429]


def test_where_it_is_obligatory_nobody_gets_in_without_setting_it_up(settings, keeper, log_in, client, clock):
    log_in()
    settings.TOTP_REQUIRED = True
    assert not is_inside(client), "who is inside has to log in again"
    assert log_in(next="/admin/outreach/training/")["Location"] == FIRST_PHONE
    for path in ("/admin/", "/admin/outreach/training/", OWN, "/admin/password_change/", CODE):
        assert client.get(path)["Location"].startswith("/admin/login/"), path

    log_in(next="/admin/outreach/training/")
    client.get(FIRST_PHONE)
    answer = client.post(FIRST_PHONE, {"code": code_of(TOTPDevice.objects.get(user=keeper, confirmed=False))})
    assert len(recovery_codes(answer)) == 10
    assert 'href="/admin/outreach/training/"' in answer.content.decode()
    assert is_inside(client)


def test_where_it_is_obligatory_it_cannot_be_turned_off(settings, inside, keeper):
    settings.TOTP_REQUIRED = True
    assert "停用两步验证" not in inside.get(OWN).content.decode()
    inside.post(OWN, {"password": PASSWORD, "wanted": "off"})
    assert second_step.phone_of(keeper)


def test_what_was_typed_survives_the_second_step_too(inside, phone, log_in, clock):
    clock.shift(31 * 60)
    page = inside.post("/admin/facts/period/add/", {"title": "二〇二二年"}).content.decode()
    assert log_in(draft=hidden(page)["draft"])["Location"] == CODE
    assert "二〇二二年" in typed(inside, code_of(phone))
