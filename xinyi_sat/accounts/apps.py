from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may enter the admin, and how: knows nothing of facts."""

    name = "xinyi_sat.accounts"
    label = "accounts"
    verbose_name = "登录"
