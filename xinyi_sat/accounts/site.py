"""The admin with its door: in front of every page stands whether the login still holds and was taken in full."""

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import AdminSite, autodiscover
from django.contrib.auth import logout
from django.core.checks import CheckMessage
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from xinyi_sat.accounts import second_step, sessions
from xinyi_sat.accounts.login import CodeView, FirstPhoneView, PasswordView, log_in_again
from xinyi_sat.accounts.views import OwnPhoneView, SecondStepView, resume

NULL_ASKED = "网址中的值不能含有空字符（%00），请去掉后再试。"


class GuardedSite(AdminSite):
    """Django's admin site, entered by password and second step, and left by itself after a while."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path("login/code/", never_cache(CodeView.as_view()), name="login_code"),
            path("login/phone/", never_cache(FirstPhoneView.as_view()), name="login_phone"),
            path("resume/", self.admin_view(resume), name="resume"),
            path("second-step/", self.admin_view(SecondStepView.as_view()), name="second_step"),
            path("second-step/phone/", self.admin_view(OwnPhoneView.as_view()), name="phone"),
            *super().get_urls(),
        ]

    def check(self, app_configs: Iterable[AppConfig] | None) -> list[CheckMessage]:
        autodiscover()
        return super().check(app_configs)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        return never_cache(PasswordView.as_view(extra_context=extra_context))(request)

    def admin_view(self, view: Callable, *options: Any, **named: Any) -> Callable:
        """A view behind the login; Http404 where a number in the address is larger than any a database knows."""
        guarded = super().admin_view(view, *options, **named)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if reason := why_not(request):
                return led_out(request, reason)
            if asks_with_null(request):
                return render(request, "400.html", {"reason": NULL_ASKED}, status=400)
            try:
                return guarded(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                raise Http404 from error

        return update_wrapper(inner, guarded)


def led_out(request: HttpRequest, reason: str) -> HttpResponse:
    """The answer to whose login is over."""
    if request.user.is_authenticated:
        logout(request)
    response = log_in_again(request, reason)
    add_never_cache_headers(response)
    return response


def asks_with_null(request: HttpRequest) -> bool:
    """Whether an address has the character of number 0 in a value, which PostgreSQL takes in no text."""
    return any("\0" in value for _, values in request.GET.lists() for value in values)


def why_not(request: HttpRequest) -> str:
    """Why a login is not good any more, in words for its owner; empty where it is, and where there never was one."""
    if request.path == reverse("admin:logout"):
        return ""
    if not request.user.is_authenticated:
        return lost(request)
    if sessions.is_over(request.session):
        return f"这次登录已满 {settings.SESSION_LONGEST // 3600} 小时，请重新登录。"
    if second_step.is_missing(request):
        return "您的账号要经过两步验证，请重新登录。"
    sessions.keep_up(request.session)
    return ""


def lost(request: HttpRequest) -> str:
    """What to say to a browser whose session is gone; nothing to one that comes without any and has nothing to lose."""
    is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty()
    if not is_known and request.method != "POST":
        return ""
    minutes = settings.SESSION_COOKIE_AGE // 60
    return f"登录已失效：超过 {minutes} 分钟没有操作，关闭过浏览器，或账号有改动。请重新登录。"
