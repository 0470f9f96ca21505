"""A new password for a user who has forgotten his, when no other admin can help."""

from django.core.management import BaseCommand, CommandError

from xinyi_sat.accounts.terminal import ask_password, must_be_terminal, user_named


class Command(BaseCommand):
    """Ask for a new password, by the same rules as the admin's own pages."""

    help = "给忘记密码的用户设一个新密码。"

    def add_arguments(self, parser):
        parser.add_argument("username", metavar="用户名")

    def handle(self, *, username, **options):
        must_be_terminal()
        user = user_named(username)
        try:
            user.set_password(ask_password(user, self.stdout))
        except (KeyboardInterrupt, EOFError):
            raise CommandError("已取消，密码没有改动。", returncode=130) from None
        user.save()
        self.stdout.write(f"“{username}”的密码已改，他在各处的登录都已失效。")
