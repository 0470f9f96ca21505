"""Everything of accounts that stands in the admin."""

from xinyi_sat.accounts.user_admin import UserAdmin

__all__ = ["UserAdmin"]
