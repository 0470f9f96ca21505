"""Where a site is to listen: what can be typed, and what is said of an address that can't be used."""

import socket

import pytest
from django.core.management import CommandError, call_command

from tests.operations.site import said_by
from xinyi_sat.operations.address import Address
from xinyi_sat.operations.management.commands.serve import Command


@pytest.mark.parametrize("words", ["8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:http"])
def test_an_address_needs_a_host_and_a_port(words):
    with pytest.raises(CommandError, match="应写成 主机:端口"):
        call_command(Command(), f"--bind={words}")


@pytest.mark.parametrize("words", ["::1:8000", "::1", "fe80::1:8000"])
def test_an_address_of_ipv6_needs_its_brackets(words):
    with pytest.raises(CommandError, match=r"IPv6 地址要写在方括号里，例如 \[::1\]:8000"):
        call_command(Command(), f"--bind={words}")


def test_an_address_in_use_is_refused_before_anything_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bind = f"127.0.0.1:{listener.getsockname()[1]}"
        code, said = said_by(tmp_path / "data", "serve", "--bind", bind)
    assert (code, said) == (1, f"未完成: {bind} 已被占用，可能网站已经在运行。请先停止它，或用 --bind 换一个端口。\n")
    assert not (tmp_path / "data").exists()


def test_a_host_that_nobody_knows_is_named():
    with pytest.raises(CommandError, match=r"不知道主机 nowhere\.invalid 是哪个地址"):
        Address.read("nowhere.invalid:8000").refuse_taken()


@pytest.mark.parametrize(
    ("host", "allowed", "answered"),
    [
        ("127.0.0.1", ["127.0.0.1"], True),
        ("192.168.1.10", ["127.0.0.1"], False),
        ("192.168.1.10", ["192.168.1.10"], True),
        ("0.0.0.0", ["127.0.0.1", "localhost", "[::1]"], False),
        ("0.0.0.0", ["127.0.0.1", "192.168.1.10"], True),
    ],
)
def test_an_address_that_readers_cannot_use_is_noticed(settings, host, allowed, answered):
    settings.ALLOWED_HOSTS = allowed
    assert Address(host, 8000).is_allowed() is answered
