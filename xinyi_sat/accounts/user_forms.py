"""A user as an admin enters him: a name, a role, and whether he may still log in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm, UsernameField
from django.contrib.auth.models import Group, User

ROLE_HELP = (
    "查阅：看全部记录和更改记录，不能改动。编辑：还可录入、更正、确认和撤回。管理员：还可管理时期、报告的版次和用户。"
)


class RoleForm(forms.ModelForm):
    """A user has one role; only a superuser needs none."""

    role = forms.ModelChoiceField(
        label="角色",
        required=False,
        queryset=Group.objects.order_by("pk"),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=ROLE_HELP,
    )

    class Meta:
        model = User
        fields = ("username", "first_name")
        field_classes = {"username": UsernameField}
        labels = {"first_name": "姓名"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = self.instance.groups.order_by("pk").last()

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        is_superuser = cleaned.get("is_superuser", self.instance.is_superuser)
        if "role" in self.fields and not (cleaned.get("role") or is_superuser or "role" in self.errors):
            self.add_error("role", "请选择角色：没有角色的用户什么也看不到。")
        return cleaned

    def _save_m2m(self) -> None:
        super()._save_m2m()
        if "role" in self.fields:
            self.instance.groups.set([role] if (role := self.cleaned_data["role"]) else [])


class UserForm(RoleForm):
    """A user who is there already."""

    class Meta(RoleForm.Meta):
        fields = ("username", "first_name", "is_active", "is_superuser")
        labels = {"first_name": "姓名", "is_active": "可以登录", "is_superuser": "超级用户"}
        help_texts = {
            "is_active": "不再使用的账号取消勾选即可：账号不删除，以便查明每次更改是谁做的。",
            "is_superuser": "不受角色限制，并可设立其他超级用户；日常工作用角色就够了。",
        }


class NewUserForm(RoleForm, UserCreationForm):
    """A new user, with his role and his first password."""


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody else; here everybody logs in by one, so it can't be done without."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
