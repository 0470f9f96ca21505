"""Users, and the locks and second steps of all of them, for an admin who helps one."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.timezone import localtime
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from xinyi_sat.accounts import lockout, second_step
from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.accounts.models import LoginLock, SecondStep
from xinyi_sat.accounts.user_admin import UserAdmin

__all__ = ["LoginLockAdmin", "SecondStepAdmin", "UserAdmin"]

# Theirs are in English, and show secrets.
admin.site.unregister([TOTPDevice, StaticDevice])


def moment(at: datetime | None) -> str:
    """A moment in words, the same in a list and on a page of its own; empty for none."""
    return localize(localtime(at)) if at else ""


class Removable(KnownAddresses):
    """What is made at the door: here it can be seen and taken away, not entered or changed; no secret is shown."""

    class Media:
        css = {"all": ["accounts/accounts.css"]}

    def get_fields(self, request: HttpRequest, obj: object = None) -> tuple:
        return self.list_display

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple:
        return self.list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(LoginLock)
class LoginLockAdmin(Removable):
    """Failed logins that still count; who takes them away lifts the lock."""

    list_display = ("name", "address", "until")
    list_display_links = None
    list_per_page = 20  # each asks for the failures that count with it
    search_fields = ("username", "ip_address")
    actions = ("lift",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(pk__in=lockout.recent_failures().values("pk"))

    def get_actions(self, request: HttpRequest) -> dict:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description="解除所选的锁定", permissions=["delete"])
    def lift(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Forget the failures, and write down who did."""
        self.log_deletions(request, queryset)
        count, _ = queryset.delete()
        messages.success(request, f"已解除 {count} 条，可以重新登录了。")

    @admin.display(description="用户名", ordering="username")
    def name(self, lock: LoginLock) -> str:
        return lock.shown_name()

    @admin.display(description="来自地址", ordering="ip_address")
    def address(self, lock: LoginLock) -> str:
        return lock.ip_address or "—"

    @admin.display(description="锁定到", empty_value="没有锁定")
    def until(self, lock: LoginLock) -> str:
        return moment(lockout.locked_until(lock.username, lock.ip_address))


@admin.register(SecondStep)
class SecondStepAdmin(Removable):
    """The phones of all users; who lost his asks for it to be removed, and sets up another."""

    list_display = ("owner", "since")
    list_select_related = ("user",)
    search_fields = ("user__username",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(confirmed=True)

    def has_delete_permission(self, request: HttpRequest, obj: SecondStep | None = None) -> bool:
        """The phone of a superuser is removed by superusers only."""
        above = obj is not None and obj.user.is_superuser and not request.user.is_superuser
        return super().has_delete_permission(request, obj) and not above

    def delete_model(self, request: HttpRequest, obj: SecondStep) -> None:
        second_step.remove(obj.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for phone in queryset:
            second_step.remove(phone.user)

    @admin.display(description="用户名", ordering="user__username")
    def owner(self, phone: SecondStep) -> str:
        return phone.user.get_username()

    @admin.display(description="启用于", ordering="created_at")
    def since(self, phone: SecondStep) -> str:
        return moment(phone.created_at)
