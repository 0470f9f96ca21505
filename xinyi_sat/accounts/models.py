"""Two views of what django-axes and django-otp keep, by names that admins understand; no tables of our own."""

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_totp.models import TOTPDevice


class LoginLock(AccessAttempt):
    """Failed logins with one user name from one address, which lock it when there are too many."""

    class Meta:
        proxy = True
        default_permissions = ("view", "delete")
        ordering = ["-attempt_time"]
        verbose_name = verbose_name_plural = "登录锁定"

    def __str__(self):
        return f"{self.shown_name()}（{self.ip_address or '地址不明'}）"

    def shown_name(self) -> str:
        """The user name, if it is one: what was typed into the wrong field may be a password."""
        is_known = get_user_model().objects.filter(username=self.username).exists()
        return self.username if is_known else "没有这个用户"


class SecondStep(TOTPDevice):
    """The phone of a user, whose codes are asked for at login."""

    class Meta:
        proxy = True
        default_permissions = ("view", "delete")
        ordering = ["user__username"]
        verbose_name = verbose_name_plural = "两步验证"

    def __str__(self):
        return f"{self.user} 的两步验证"
