"""From the password, over the second step where it is due, into the admin, and back to what was being done.

Between the two steps nobody is logged in: the session only holds who gave his password, for ten minutes.
"""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.crypto import constant_time_compare
from django.views.generic import FormView
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from xinyi_sat.accounts import carried, second_step, sessions
from xinyi_sat.accounts.forms import CodeForm, NameAndPasswordForm
from xinyi_sat.accounts.views import PhoneView, page

WAITING = "waiting_at_the_door"
PATIENCE = 10 * 60  # seconds between the first step and the second
TEMPLATE = "accounts/login.html"
TYPED_IS_KEPT = "刚才提交的内容还没有保存，登录后可以接着提交。"
TYPED_IS_LOST = "刚才提交的内容没有保存，登录后请重新填写。"


def log_in_again(request: HttpRequest, reason: str) -> HttpResponse:
    """The answer to a request whose session is over: why, and a login that leads back, with what was typed."""
    draft = carried.seal(request) if request.method == "POST" else ""
    if draft:
        messages.warning(request, f"{reason}{TYPED_IS_KEPT}")
        context = {"form": NameAndPasswordForm(request), "next": request.get_full_path(), "draft": draft}
        return render(request, TEMPLATE, page(request, "登录", button="登录", **context), status=403)
    messages.warning(request, f"{reason}{TYPED_IS_LOST}" if request.method == "POST" else reason)
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))


def hold(request: HttpRequest, user: AbstractBaseUser, way: dict) -> None:
    """Keep who has given his password, and where he was going, until the second step."""
    request.session.flush()
    request.session[WAITING] = way | {
        "user": user.pk,
        "backend": user.backend,
        "hash": user.get_session_auth_hash(),
        "since": int(time.time()),
    }


def held(request: HttpRequest) -> tuple[AbstractBaseUser | None, dict]:
    """Who may take the second step now, and his way; None for nobody, or no longer."""
    way = request.session.get(WAITING, {"since": 0})
    if time.time() - way["since"] > PATIENCE:
        return None, {}
    user = get_user_model().objects.filter(pk=way["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(way["hash"], user.get_session_auth_hash()):
        return None, {}
    user.backend = way["backend"]
    return user, way


def enter(request: HttpRequest, user: AbstractBaseUser, way: dict) -> HttpResponse:
    """Log in, and lead to where the user was going: first of all to what he had typed."""
    request.session.pop(WAITING, None)
    login(request, user)
    sessions.begin(request.session)
    if way["draft"] and carried.unseal(way["draft"]):
        request.session[carried.KEPT] = way["draft"]
        return redirect("admin:resume")
    return redirect(way["next"])


class PasswordView(LoginView):
    """The first step."""

    authentication_form = NameAndPasswordForm
    template_name = TEMPLATE
    next_page = reverse_lazy("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict:
        draft = self.request.POST.get("draft", "")
        return super().get_context_data(**page(self.request, "登录", button="登录", draft=draft), **kwargs)

    def form_valid(self, form: NameAndPasswordForm) -> HttpResponse:
        user = form.get_user()
        way = {"next": self.get_success_url(), "draft": self.request.POST.get("draft", "")}
        if not second_step.is_due(user):
            return enter(self.request, user, way)
        hold(self.request, user, way)
        return redirect("admin:login_code" if second_step.phone_of(user) else "admin:login_phone")


class AfterPassword:
    """What a page of the second step needs: somebody who has taken the first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.person, self.way = held(request)
        if self.person is None or bool(second_step.phone_of(self.person)) != self.is_for_phone_owners:
            messages.warning(request, "请重新输入用户名和密码。")
            return redirect("admin:login")
        return super().dispatch(request, *args, **kwargs)


class CodeView(AfterPassword, FormView):
    """The second step, with the phone or a recovery code."""

    form_class = CodeForm
    template_name = TEMPLATE
    is_for_phone_owners = True

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"user": self.person}

    def get_context_data(self, **kwargs: Any) -> dict:
        intro = "请输入手机应用显示的 6 位验证码。手机不在身边，可以输入一个恢复码。"
        return super().get_context_data(**page(self.request, "两步验证", button="验证", intro=intro), **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        response = enter(self.request, self.person, self.way)
        if isinstance(self.person.otp_device, StaticDevice):
            left = second_step.recovery_codes_left(self.person)
            messages.warning(self.request, f"用掉了一个恢复码，还剩 {left} 个。手机丢了，请尽快换一部手机验证。")
        return response


class FirstPhoneView(AfterPassword, PhoneView):
    """The second step of who has no phone yet, where one is obligatory."""

    is_for_phone_owners = False

    def finish(self, phone: TOTPDevice) -> str:
        self.person.otp_device = phone
        return enter(self.request, self.person, self.way).url
