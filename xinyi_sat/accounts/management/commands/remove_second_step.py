"""Help for a user whose phone and recovery codes are lost, when no other admin can."""

from django.core.management import BaseCommand

from xinyi_sat.accounts import second_step
from xinyi_sat.accounts.terminal import user_named


class Command(BaseCommand):
    """Take the phone and the recovery codes from a user."""

    help = "移除一个用户的两步验证（手机和恢复码都丢了时用）。"

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="用户名")

    def handle(self, *, username, **options):
        removed = second_step.remove(user_named(username))
        self.stdout.write(f"已移除“{username}”的两步验证。" if removed else f"“{username}”没有启用两步验证。")
