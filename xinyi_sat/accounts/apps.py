from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Who may enter the admin, and how: knows nothing of facts."""

    name = "xinyi_sat.accounts"
    label = "accounts"
    verbose_name = "登录"

    def ready(self) -> None:
        """After each `migrate` the roles have the rights they should have: Django's own moment for it."""
        from xinyi_sat.accounts.roles import grant_rights

        post_migrate.connect(grant_rights)
