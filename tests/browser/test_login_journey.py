"""An admin sets up his phone and logs in with it; what he typed survives the end of a login."""

import re
from base64 import b32decode

import pytest
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from tests.accounts.conftest import code_of
from tests.browser.conftest import PASSWORD, give_password
from tests.browser.looking import faults
from tests.office.forms import admin_url
from tests.support import fact
from xinyi_sat.accounts.models import LoginLock

pytestmark = pytest.mark.browser


def give_code(page: Page, phone: TOTPDevice, button: str) -> None:
    """Type what the phone shows, and send it."""
    page.get_by_label("验证码").fill(code_of(phone))
    page.get_by_role("button", name=button).click()


def test_an_admin_sets_up_a_phone_and_logs_in_with_it(page: Page, log_in, complaints):
    log_in()
    page.get_by_role("link", name="两步验证").first.click()
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="启用两步验证").click()
    expect(page.get_by_role("img", name="二维码")).to_have_js_property("complete", True)  # noqa: FBT003
    typed = page.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$")).inner_text().replace(" ", "")
    give_code(page, TOTPDevice(key=b32decode(typed).hex()), "确认")
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(10)
    page.get_by_role("link", name="已经抄好，继续").click()
    expect(page.get_by_text("恢复码还剩 10 个")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()

    TOTPDevice.objects.update(last_t=-1)  # half a minute later
    page.goto("/admin/outreach/training/")
    give_password(page)
    assert faults(page) == []
    give_code(page, TOTPDevice.objects.get(), "验证")
    expect(page).to_have_url(re.compile("/admin/outreach/training/$"))
    assert complaints == []


def test_a_correction_that_was_saved_too_late_is_saved_after_the_login(page: Page, log_in):
    log_in()
    lectures = fact("officials-science-lectures")
    page.goto(admin_url(lectures))
    page.get_by_role("textbox", name="说明:", exact=True).fill("写了半小时")
    page.get_by_role("radio", name="修订").check()
    page.get_by_role("textbox", name="理由:", exact=True).fill("补上说明")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("刚才提交的内容还没有保存")).to_be_visible()
    give_password(page)
    page.get_by_role("button", name="接着提交").click()
    expect(page.get_by_text("已修改")).to_be_visible()
    lectures.refresh_from_db()
    assert lectures.note == "写了半小时"


def test_who_is_locked_out_is_told_so(page: Page):
    LoginLock.objects.create(username="没有的人", ip_address="127.0.0.1", failures_since_start=5)
    page.goto("/admin/")
    give_password(page, "没有的人")
    expect(page.get_by_role("heading", name="登录已锁定")).to_be_visible()
    assert faults(page) == []
