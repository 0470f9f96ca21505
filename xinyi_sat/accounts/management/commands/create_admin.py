"""The first admin, or another one; nobody is an admin before this was run."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError

from xinyi_sat.accounts.terminal import ask_password, must_be_terminal


class Command(BaseCommand):
    """Ask for name and password, by the same rules as the admin's own pages."""

    help = "建立一个管理员：按提示填写用户名和密码。"

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", metavar="用户名", help="不写则会询问")

    def handle(self, *, username, **options):
        must_be_terminal()
        try:
            user = self.named(username)
            user.set_password(ask_password(user, self.stdout))
        except (KeyboardInterrupt, EOFError):
            raise CommandError("已取消，没有建立用户。", returncode=130) from None
        user.save()
        self.stdout.write(f"已建立管理员“{user.get_username()}”，现在可以登录后台。")

    def named(self, username: str | None) -> AbstractBaseUser:
        """A new user, not yet saved, of a name that will do."""
        while True:
            name = username or input("用户名：")
            user = get_user_model()(is_staff=True, is_superuser=True)
            user.username = user.normalize_username(name.strip())
            try:
                user.clean_fields(exclude=["password"])
                user.validate_unique()
            except ValidationError as error:
                if username:
                    raise CommandError("；".join(error.messages)) from error
                self.stdout.write("\n".join(error.messages))
            else:
                return user
