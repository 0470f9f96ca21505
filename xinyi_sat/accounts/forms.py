"""What is asked of a person at the door."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from xinyi_sat.accounts import second_step

CODE = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}


class OneTimeInput(forms.TextInput):
    """A field that comes back empty: what was wrong is typed anew, not mended."""

    def format_value(self, value: Any) -> None:
        return None


class NameAndPasswordForm(AdminAuthenticationForm):
    """The first step of a login; what is wrong is not told to a guesser."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "用户名或密码不对，或这个用户不能进入后台。请重新输入，注意大小写。"
    }


class CodeForm(forms.Form):
    """The second step of a login."""

    code = forms.CharField(label="验证码", max_length=40, widget=OneTimeInput(attrs=CODE))

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """`user.otp_device` is what let the user in."""
        self.user.otp_device = second_step.check_code(self.user, self.cleaned_data["code"])
        return self.cleaned_data["code"]


class FirstCodeForm(forms.Form):
    """The first code of a new phone, which shows that it was set up well."""

    code = forms.CharField(label="应用显示的 6 位验证码", max_length=40, widget=OneTimeInput(attrs=CODE))

    def __init__(self, *args: Any, phone: TOTPDevice, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.phone = phone

    def clean_code(self) -> str:
        """Taken by the phone, so that it is good for nothing else."""
        self.phone = second_step.check(self.phone, second_step.plain(self.cleaned_data["code"]))
        return self.cleaned_data["code"]


class PasswordForm(forms.Form):
    """The password once more: whoever sits down at an open browser must not change how its owner gets in."""

    password = forms.CharField(
        label="当前密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Asked as at a login, so that guesses are counted and locked as there."""
        user, password = self.request.user, self.cleaned_data["password"]
        if authenticate(self.request, username=user.get_username(), password=password) != user:
            raise ValidationError("密码不对。")
        return password
