"""Lift locks of the login before their time."""

from django.core.management import BaseCommand

from xinyi_sat.accounts.models import LoginLock
from xinyi_sat.accounts.terminal import user_named


class Command(BaseCommand):
    """Forget failed logins: those of one user name, or all; CommandError for a name that neither a lock nor a user has."""

    help = "解除登录锁定：写明用户名的，或全部。"

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", metavar="用户名", help="不写则解除全部锁定")

    def handle(self, *, username, **options):
        failures = LoginLock.objects.filter(username=username) if username else LoginLock.objects.all()
        count, _ = failures.delete()
        if username and not count:
            user_named(username)
        self.stdout.write(f"已清除 {count} 条登录失败的记录，可以重新登录了。" if count else "没有被锁定的登录。")
