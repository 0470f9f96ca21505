"""Questions asked on the terminal of the server."""

import getpass
import sys

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.core.management.base import OutputWrapper


def must_be_terminal() -> None:
    """CommandError where nobody could answer, or the password would be read from a file."""
    if not sys.stdin.isatty():
        raise CommandError("要在终端里运行：密码只能由人输入，不从文件或管道中读取。")


def ask_password(user: AbstractBaseUser, output: OutputWrapper) -> str:
    """A password that the rules allow, typed twice without being shown."""
    while True:
        password = getpass.getpass("密码（输入时不显示，至少 12 位）：")
        try:
            validate_password(password, user)
        except ValidationError as error:
            output.write("\n".join(error.messages))
            continue
        if getpass.getpass("再输入一次：") == password:
            return password
        output.write("两次输入的密码不一样，请重新输入。")


def user_named(name: str) -> AbstractBaseUser:
    """The user of a name; CommandError if there is none."""
    try:
        return get_user_model().objects.get_by_natural_key(name)
    except get_user_model().DoesNotExist as error:
        raise CommandError(f"没有用户“{name}”。用户名要分大小写。") from error
