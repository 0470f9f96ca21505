"""What a user does with his own login: his phone, his recovery codes, and what he typed before a time-out."""

import time
from typing import Any

import django_otp
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import FormView
from django_otp.plugins.otp_totp.models import TOTPDevice

from xinyi_sat.accounts import carried, second_step
from xinyi_sat.accounts.forms import FirstCodeForm, PasswordForm
from xinyi_sat.accounts.models import SecondStep

PROVED = "proved_at"
PROOF_LASTS = 10 * 60  # seconds after the password in which a phone may be set up


def page(request: HttpRequest, title: str, **context: Any) -> dict:
    """What a page of the admin shows beside its own."""
    return admin.site.each_context(request) | {"title": title, "subtitle": None} | context


def record(user: AbstractBaseUser, phone: TOTPDevice, action: int, what: str) -> None:
    """Write into the log of the admin what a user did to his own second step."""
    LogEntry.objects.log_actions(user.pk, [SecondStep(pk=phone.pk, user=user)], action, what, single_object=True)


def show_codes(request: HttpRequest, codes: list[str], onward: str) -> HttpResponse:
    """Recovery codes, this once."""
    return render(request, "accounts/codes.html", page(request, "恢复码", codes=codes, onward=onward))


class SecondStepView(FormView):
    """Whether a user's login has a second step; what changes that asks for his password."""

    form_class = PasswordForm
    template_name = "accounts/second_step.html"

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict:
        user = self.request.user
        shown = {"phone": second_step.phone_of(user), "left": second_step.recovery_codes_left(user)}
        return super().get_context_data(
            **page(self.request, "两步验证", is_required=settings.TOTP_REQUIRED, **shown), **kwargs
        )

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        wanted = {"codes": self.renew_codes, "off": self.turn_off}.get(self.request.POST.get("wanted"), self.set_up)
        return wanted(second_step.phone_of(self.request.user))

    def set_up(self, phone: TOTPDevice | None) -> HttpResponse:
        self.request.session[PROVED] = int(time.time())
        return redirect("admin:phone")

    def renew_codes(self, phone: TOTPDevice | None) -> HttpResponse:
        if phone is None:
            return redirect("admin:second_step")
        record(self.request.user, phone, ADDITION, "重新生成恢复码")
        return show_codes(self.request, second_step.new_recovery_codes(self.request.user), reverse("admin:second_step"))

    def turn_off(self, phone: TOTPDevice | None) -> HttpResponse:
        if phone is not None and not settings.TOTP_REQUIRED:
            record(self.request.user, phone, DELETION, "停用两步验证")
            second_step.remove(self.request.user)
            messages.success(self.request, "已停用两步验证，今后登录只要密码。")
        return redirect("admin:second_step")


class PhoneView(FormView):
    """Set up a phone: the secret to scan or to type, and the first code of it."""

    form_class = FirstCodeForm
    template_name = "accounts/phone.html"
    person: AbstractBaseUser

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"phone": second_step.phone_to_confirm(self.person)}

    def get_context_data(self, **kwargs: Any) -> dict:
        phone = second_step.phone_to_confirm(self.person)
        shown = {"words": second_step.secret_words(phone), "picture": second_step.secret_picture(phone)}
        return super().get_context_data(**page(self.request, "设置手机验证", phone=phone, **shown), **kwargs)

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        codes = second_step.confirm(form.phone)
        record(self.person, form.phone, ADDITION, "启用两步验证")
        return show_codes(self.request, codes, self.finish(form.phone))


class OwnPhoneView(PhoneView):
    """Set up a first phone, or another one in its place, by a user who is logged in and has just given his password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if time.time() - request.session.get(PROVED, 0) > PROOF_LASTS:
            return redirect("admin:second_step")
        self.person = request.user
        return super().dispatch(request, *args, **kwargs)

    def finish(self, phone: TOTPDevice) -> str:
        """This session has shown the phone; the user's other ones have to log in again."""
        del self.request.session[PROVED]
        self.request.session.cycle_key()
        django_otp.login(self.request, phone)
        return reverse("admin:second_step")


def resume(request: HttpRequest) -> HttpResponse:
    """What was typed before the time-out, to be sent as if nothing had happened."""
    draft = carried.unseal(request.session.get(carried.KEPT, ""))
    if draft is None:
        return redirect("admin:index")
    return render(request, "accounts/resume.html", page(request, "接着提交", draft=draft))
