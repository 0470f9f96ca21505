"""The first admin, and help on the server's own terminal."""

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.accounts.conftest import PASSWORD, is_inside
from xinyi_sat.accounts import terminal

pytestmark = pytest.mark.django_db

NEW = "another ginkgo elsewhere"


@pytest.fixture
def answers(monkeypatch) -> Callable:
    """What a person types, in his order; what he is asked is returned."""

    def answers(names: list[str], passwords: list[str]) -> list[str]:
        asked = []
        monkeypatch.setattr(terminal.sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or names.pop(0))
        monkeypatch.setattr(terminal.getpass, "getpass", lambda prompt: asked.append(prompt) or passwords.pop(0))
        return asked

    return answers


def run(name: str, *arguments: str) -> str:
    output = io.StringIO()
    call_command(name, *arguments, stdout=output)
    return output.getvalue()


def test_the_first_admin_is_made_by_a_command_that_speaks_chinese(answers, log_in, client):
    assert User.objects.count() == 0, "no account comes with the site"
    asked = answers(["王芳"], [PASSWORD, PASSWORD])
    assert run("create_admin") == "已建立管理员“王芳”，现在可以登录后台。\n"
    assert asked == ["用户名：", "密码（输入时不显示，至少 12 位）：", "再输入一次："]
    log_in("王芳")
    assert is_inside(client)
    assert User.objects.get().is_superuser


def test_the_rules_hold_on_the_terminal_too_and_it_asks_again(answers):
    answers(["", "王 芳", "王芳"], ["short", "xinyikexie2026", PASSWORD, "not the same", PASSWORD, PASSWORD])
    said = run("create_admin")
    told = ("此字段不能为空", "请输入合法的用户名", "密码太短，至少要 12 位。", "太容易猜", "两次输入的密码不一样")
    assert [words for words in told if words not in said] == []
    assert User.objects.get().check_password(PASSWORD)


def test_a_name_that_is_taken_is_refused(keeper, answers):
    answers([], [])
    with pytest.raises(CommandError, match="已存在一位使用该名字的用户"):
        run("create_admin", "keeper")


@pytest.mark.parametrize("command", ["create_admin", "set_password"])
def test_a_password_is_read_from_a_person_alone(command):
    with pytest.raises(CommandError, match="要在终端里运行"):
        run(command, "keeper")


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, EOFError])
def test_who_stops_halfway_leaves_nothing(answers, monkeypatch, stopped):
    def stop(prompt):
        raise stopped

    answers(["王芳"], [])
    monkeypatch.setattr(terminal.getpass, "getpass", stop)
    with pytest.raises(CommandError, match="已取消，没有建立用户"):
        run("create_admin")
    assert User.objects.count() == 0


def test_a_forgotten_password_is_replaced_and_logins_with_the_old_one_end(keeper, answers, log_in, client):
    log_in()
    answers([], [NEW, NEW])
    assert run("set_password", "keeper") == "“keeper”的密码已改，他在各处的登录都已失效。\n"
    assert not is_inside(client)
    log_in(password=NEW)
    assert is_inside(client)


def test_a_lock_is_lifted(keeper, guess, log_in):
    guess(5)
    assert log_in().status_code == 429
    assert run("unlock_login", "keeper") == "已清除 1 条登录失败的记录，可以重新登录了。\n"
    assert run("unlock_login", "keeper") == "没有被锁定的登录。\n"
    assert log_in().status_code == 302


def test_a_second_step_is_removed(phone, log_in):
    assert log_in()["Location"] == "/admin/login/code/"
    assert run("remove_second_step", "keeper") == "已移除“keeper”的两步验证。\n"
    assert log_in()["Location"] == "/admin/"
    assert run("remove_second_step", "keeper") == "“keeper”没有启用两步验证。\n"


@pytest.mark.parametrize("command", ["unlock_login", "remove_second_step"])
def test_a_user_that_is_not_there_is_named(command):
    with pytest.raises(CommandError, match="没有用户“nobody”"):
        run(command, "nobody")
