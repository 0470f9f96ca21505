"""A setting that can't be understood is refused at once, by its name and with what was expected."""

import re
import sys
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.exceptions import ImproperlyConfigured

NUMBERS = {
    "SESSION_IDLE_MINUTES": 30,
    "SESSION_HOURS": 10,
    "UPLOAD_MEGABYTES": 5,
    "UPLOAD_ROWS": 1000,
    "RENDER_SECONDS": 300,
    "RENDER_MEGABYTES": 1200,
}
SWITCHES = ["HTTPS", "TOTP_REQUIRED", "DEBUG"]


READ = re.compile(r'(?:env\.\w+|count|switch)\(\s*"([A-Z_]+)"')


def read_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """The settings of a site that is started in this environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return run_path(str(Path(project.BASE_DIR, "xinyi_sat", "settings.py")))


@pytest.mark.parametrize(("name", "example"), NUMBERS.items())
def test_a_number_that_is_none_is_refused_in_chinese(monkeypatch, name, example):
    for typed in ("half", "0", "-1", "1.5", ""):
        with pytest.raises(ImproperlyConfigured) as refused:
            read_with(monkeypatch, **{name: typed})
        assert str(refused.value) == f"看不懂 {name}={typed}：应为 1 以上的整数，例如 {example}。"


def test_there_may_be_no_proxy_and_not_fewer(monkeypatch):
    assert read_with(monkeypatch, PROXIES="0")["PROXIES"] == 0
    with pytest.raises(ImproperlyConfigured, match="看不懂 PROXIES=-1：应为 0 以上的整数"):
        read_with(monkeypatch, PROXIES="-1")


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("typed", ["yess", ""])
def test_a_switch_that_is_neither_on_nor_off_is_refused_in_chinese(monkeypatch, name, typed):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_with(monkeypatch, **{name: typed})
    assert str(refused.value) == f"看不懂 {name}={typed}：应为 on（开）或 off（关）。"


def test_settings_are_what_the_environment_says(monkeypatch):
    on = read_with(monkeypatch, HTTPS="on", TOTP_REQUIRED="True", DEBUG="1", RENDER_SECONDS="3", UPLOAD_ROWS="500")
    assert [on[name] for name in SWITCHES] == [True, True, True]
    assert (on["RENDER_SECONDS"], on["UPLOAD_ROWS"], on["SECURE_SSL_REDIRECT"]) == (3, 500, True)
    off = read_with(monkeypatch, HTTPS="off", TOTP_REQUIRED="False", DEBUG="0")
    assert [off[name] for name in SWITCHES] == [False, False, False]
    for name in SWITCHES:
        monkeypatch.delenv(name)
    assert [read_with(monkeypatch)[name] for name in SWITCHES] == [False, False, False]


def test_postgresql_without_its_driver_is_explained_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    with pytest.raises(ImproperlyConfigured, match=r"还没有安装它的驱动。.*constraints\.txt 'psycopg\[binary\]'"):
        read_with(monkeypatch, DATABASE_URL="postgres://a:b@127.0.0.1/c")


def test_each_variable_that_is_read_and_no_other_is_in_the_table_that_help_prints(capsys):
    from xinyi_sat.operations.management.commands.serve import Command

    Command().create_parser("manage.py", "serve").print_help()
    _, table = capsys.readouterr().out.split("环境变量：")
    read = set(READ.findall(Path(project.BASE_DIR, "xinyi_sat", "settings.py").read_text()))
    assert {line.split()[0] for line in table.strip().splitlines()} == read >= {"DATA_DIR", "HTTPS", *NUMBERS}
