"""The admin of users: people, each with a role.

What a role may do is laid down by migrations and not changed here; so neither groups nor single permissions are shown.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.accounts.user_forms import NewUserForm, PasswordForm, UserForm

admin.site.unregister([User, Group])


NO_ROLE = "没有角色"


class RoleFilter(admin.RelatedFieldListFilter):
    """Users by role."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.title, self.empty_value_display = "角色", NO_ROLE


@admin.register(User)
class UserAdmin(KnownAddresses, auth_admin.UserAdmin):
    """Users, entered and changed by managers; superusers by superusers only; deleted by nobody."""

    form, add_form, change_password_form = UserForm, NewUserForm, PasswordForm
    add_form_template = None
    change_user_password_template = "accounts/password.html"
    list_display = ("username", "name", "role", "may_log_in", "last_login")
    list_filter = (("groups", RoleFilter), "is_active")
    search_fields = ("username", "first_name")
    filter_horizontal = ()
    readonly_fields = ("password_link", "last_login", "date_joined")
    add_fieldsets = ((None, {"fields": ("username", "first_name", "role", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> tuple:
        """What the one who asks may change: only superusers make superusers."""
        if obj is None:
            return self.add_fieldsets
        may_change = self.has_change_permission(request, obj) and obj != request.user
        rank = ["is_superuser"] if request.user.is_superuser and may_change else []
        door = ["password_link"] if may_change else []
        return (
            (None, {"fields": ["username", "first_name", "role", *rank, "is_active" if may_change else "may_log_in"]}),
            ("登录", {"fields": [*door, "last_login", "date_joined"]}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple:
        """Nobody changes his own role, or locks himself out."""
        own = ("role", "may_log_in") if obj == request.user else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser, and his password, are changed by superusers only."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody: who made a change must stay known."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:  # noqa: FBT001
        """Whoever has an account works in the admin: there is nothing else to log in to."""
        obj.is_staff = True
        super().save_model(request, obj, form, change)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """A new password for somebody else; for his own everybody is asked the old one."""
        if id == str(request.user.pk):
            return redirect("admin:password_change")
        return super().user_change_password(request, id, form_url)

    @admin.display(description="姓名", ordering="first_name")
    def name(self, user: User) -> str:
        return user.first_name or "—"

    @admin.display(description="可以登录", ordering="is_active")
    def may_log_in(self, user: User) -> str:
        return "是" if user.is_active else "否"

    @admin.display(description="角色")
    def role(self, user: User) -> str:
        return "超级用户" if user.is_superuser else "、".join(group.name for group in user.groups.all()) or NO_ROLE

    @admin.display(description="密码")
    def password_link(self, user: User) -> SafeString:
        return format_html('<a href="{}">重设密码</a>', "../password/")
