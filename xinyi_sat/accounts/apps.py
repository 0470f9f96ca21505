from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    """Who may enter the admin, and how: knows nothing of facts."""

    name = "xinyi_sat.accounts"
    label = "accounts"
    verbose_name = "登录"


class GuardedAdminConfig(AdminConfig):
    """Django's admin, with our site at its door."""

    default_site = "xinyi_sat.accounts.site.GuardedSite"
