"""An admin sets up his phone, logs in with it, loses it; and all of it fits a phone and speaks Chinese."""

import re
from base64 import b32decode

import pytest
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect

from outreach.models import Training
from tests.accounts.conftest import code_of
from tests.browser.test_every_page import NOT_CHINESE, SCREENS, TEXTS

pytestmark = pytest.mark.browser

NAME, PASSWORD = "管理员", "a-word-for-this-test"


def give_password(page: Page) -> None:
    """Take the first step of the login."""
    page.get_by_label("用户名").fill(NAME)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def give_code(page: Page, code: str, button: str = "验证") -> None:
    """Type a code, and send it."""
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name=button).click()


def set_up(page: Page) -> list[str]:
    """Set up a phone by typing its secret into the app; the recovery codes."""
    page.get_by_role("link", name="两步验证").first.click()
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_role("button", name="启用两步验证").click()
    expect(page.get_by_role("img", name="二维码")).to_have_js_property("complete", True)  # noqa: FBT003
    typed = page.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$")).inner_text().replace(" ", "")
    give_code(page, code_of(TOTPDevice(key=b32decode(typed).hex())), "确认")
    codes = page.get_by_role("main").get_by_role("listitem")
    expect(codes).to_have_count(10)
    return codes.all_inner_texts()


def look_wrong(page: Page) -> set:
    """What no page may have: words that are not Chinese, and a width that makes a phone scroll."""
    words = set(re.findall(r"[A-Za-z][A-Za-z.-]+", page.evaluate(TEXTS)))
    too_wide = set()
    for width in SCREENS.values():
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.add(width)
    return words | too_wide


def test_an_admin_sets_up_a_phone_and_logs_in_with_it(page: Page, log_in, complaints):
    log_in()
    set_up(page)
    page.get_by_role("link", name="已经抄好，继续").click()
    expect(page.get_by_text("恢复码还剩 10 个")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()

    page.goto("/admin/outreach/training/")
    give_password(page)
    expect(page.get_by_text("请输入手机应用显示的 6 位验证码")).to_be_visible()
    give_code(page, code_of(TOTPDevice.objects.get(), later=30))
    expect(page).to_have_url(re.compile("/admin/outreach/training/$"))
    assert complaints == []


def test_an_admin_without_the_phone_gets_in_with_a_recovery_code(page: Page, log_in):
    log_in()
    code = set_up(page)[0]
    page.context.clear_cookies()
    page.goto("/admin/")
    give_password(page)
    give_code(page, code)
    expect(page.get_by_text("用掉了一个恢复码，还剩 9 个")).to_be_visible()


def test_a_correction_that_was_saved_too_late_is_saved_after_the_login(page: Page, log_in):
    log_in()
    training = Training.objects.first()
    page.goto(f"/admin/outreach/training/{training.pk}/change/")
    page.get_by_role("textbox", name="说明:", exact=True).fill("写了半小时")
    page.get_by_role("radio", name="修订").check()
    page.get_by_role("textbox", name="理由:", exact=True).fill("补上说明")
    Session.objects.all().delete()
    page.get_by_role("button", name="保存", exact=True).first.click()
    expect(page.get_by_text("刚才提交的内容还没有保存")).to_be_visible()
    give_password(page)
    page.get_by_role("button", name="接着提交").click()
    expect(page.get_by_text("已修改")).to_be_visible()
    assert Training.objects.get(pk=training.pk).note == "写了半小时"


def test_every_page_of_the_login_fits_its_screen_and_is_chinese(page: Page, log_in):
    page.goto("/admin/")
    wrong = {"login": look_wrong(page)}
    log_in()
    for path in ("", "second-step/", "accounts/loginlock/", "password_change/"):
        page.goto(f"/admin/{path}")
        wrong[path] = look_wrong(page) - {"Search"}  # Django's name of its magnifying glass
    page.context.clear_cookies()
    page.goto("/admin/")
    for _ in range(5):
        page.get_by_label("用户名").fill("没有的人")
        page.get_by_label("密码").fill("wrong")
        with page.expect_navigation():
            page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="登录已锁定")).to_be_visible()
    wrong["locked"] = look_wrong(page) - NOT_CHINESE
    assert {name: found for name, found in wrong.items() if found} == {}
