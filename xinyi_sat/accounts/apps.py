from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class AccountsConfig(AppConfig):
    """Who may enter the admin, and how: knows nothing of facts."""

    name = "xinyi_sat.accounts"
    label = "accounts"
    verbose_name = "登录"


class GuardedAdminConfig(SimpleAdminConfig):
    """Django's admin, with our site at its door; xinyi_sat/urls.py finds its pages, so that a command loads none."""

    default_site = "xinyi_sat.accounts.site.GuardedSite"
