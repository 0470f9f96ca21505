"""The second step of a login: a code from an app on the user's phone (TOTP), or one of the recovery codes on paper.

django-otp keeps and checks them, and makes each wrong guess wait twice as long as the one before. A user has one phone at
most. Recovery codes are kept as fingerprints made with the site's secret key, so no backup can give them away.
"""

import base64
import unicodedata
from datetime import timedelta
from math import ceil

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
DIGITS = 6
UNFINISHED = timedelta(hours=1)  # a secret that was shown and never confirmed is not shown again later
WRONG_CODE = "验证码不对，或已经用过。请等应用显示下一个再输；总是不对，请核对手机的时间。"
WRONG_RECOVERY_CODE = "恢复码不对，或已经用过。请核对后再输。"
MISREAD = str.maketrans("01", "ol")  # recovery codes have neither digit


def phone_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """The phone whose codes a user has confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def is_due(user: AbstractBaseUser) -> bool:
    """Whether a password alone does not let this user in."""
    return settings.TOTP_REQUIRED or phone_of(user) is not None


def is_missing(request: HttpRequest) -> bool:
    """Whether somebody is logged in without the second step that is due."""
    return not request.user.is_verified() and is_due(request.user)


def phone_to_confirm(user: AbstractBaseUser) -> TOTPDevice:
    """The phone that a user is setting up, with a secret of its own."""
    unconfirmed = TOTPDevice.objects.filter(user=user, confirmed=False)
    unconfirmed.filter(created_at__lt=timezone.now() - UNFINISHED).delete()
    return unconfirmed.first() or TOTPDevice.objects.create(user=user, name="手机", confirmed=False)


def secret_words(phone: TOTPDevice) -> str:
    """The secret as it is typed into an app: letters and digits in fours."""
    secret = base64.b32encode(phone.bin_key).decode()
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def secret_picture(phone: TOTPDevice) -> str:
    """The secret as a QR code: a PNG inside a data: address, so that no other host ever sees it."""
    return segno.make(phone.config_url, error="m", micro=False).png_data_uri(scale=4)


@transaction.atomic
def confirm(phone: TOTPDevice) -> list[str]:
    """Make a phone the user's only one; returns new recovery codes."""
    TOTPDevice.objects.filter(user=phone.user).exclude(pk=phone.pk).delete()
    phone.confirmed = True
    phone.save()
    return new_recovery_codes(phone.user)


@transaction.atomic
def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Codes that let a user in once each without the phone; those he had before are worth nothing any more."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="恢复码")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=fingerprint(user, code)) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: AbstractBaseUser) -> int:
    """How many recovery codes a user has not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def remove(user: AbstractBaseUser) -> bool:
    """Take the second step from a user, whose password alone lets him in then; False when there was none."""
    found = phone_of(user) is not None
    StaticDevice.objects.filter(user=user).delete()
    TOTPDevice.objects.filter(user=user).delete()
    return found


def check_code(user: AbstractBaseUser, typed: str) -> Device:
    """The phone or the recovery codes that a code belongs to; each code is good once. ValidationError if it is wrong."""
    code = plain(typed)
    if len(code) == DIGITS and code.isdigit():
        return check(phone_of(user), code)
    return check(StaticDevice.objects.filter(user=user).first(), fingerprint(user, code.translate(MISREAD)))


def check(device: Device | None, token: str) -> Device:
    """The device, if it takes the token; ValidationError that says how long to wait, or what may be wrong."""
    if device is None:
        raise ValidationError(WRONG_RECOVERY_CODE)
    with transaction.atomic():  # it must not be left by an error: a wrong guess is to be remembered
        device = type(device).objects.select_for_update().get(pk=device.pk)
        is_allowed, reason = device.verify_is_allowed()
        is_right = is_allowed and device.verify_token(token)
    if not is_allowed:
        seconds = ceil((reason["locked_until"] - timezone.now()).total_seconds())
        raise ValidationError(f"已连续输错 {reason['failure_count']} 次，请过 {waiting(seconds)}再输。")
    if not is_right:
        raise ValidationError(WRONG_CODE if isinstance(device, TOTPDevice) else WRONG_RECOVERY_CODE)
    return device


def plain(typed: str) -> str:
    """A code as typed, without what people add to it: spaces, hyphens, full-width forms, capitals."""
    letters = unicodedata.normalize("NFKC", typed)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum()).lower()


def fingerprint(user: AbstractBaseUser, code: str) -> str:
    """What is kept of a recovery code: 16 characters (80 bits) that don't lead back to it without the secret key."""
    digest = salted_hmac("xinyi_sat.accounts.recovery", f"{user.pk}:{code}", algorithm="sha256").digest()
    return base64.b32encode(digest)[:16].decode()


def waiting(seconds: int) -> str:
    """A time to wait, in the unit that people count it in."""
    return f"{max(seconds, 1)} 秒" if seconds < 120 else f"{ceil(seconds / 60)} 分钟"
