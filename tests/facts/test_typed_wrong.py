"""What is typed wrong after the name of a command is refused in Chinese, whichever command it is."""

import gettext
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, CommandParser, call_command, load_command_class

from xinyi_sat.facts.management import speak_chinese


@pytest.fixture
def chinese(monkeypatch) -> Iterator[None]:
    """The language of a terminal, as manage.py sets it."""
    monkeypatch.setenv("LANGUAGE", "")
    before = gettext.textdomain()
    speak_chinese()
    yield
    gettext.textdomain(before)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("app", "command", "typed", "said"),
    [
        ("xinyi_sat.report", "verify_edition", ["--number", "一"], "--number：应为整数，不能是 '一'"),
        ("xinyi_sat.report", "verify_edition", ["--number", "abc"], "--number：应为整数"),
        ("xinyi_sat.report", "export_report", [], "缺少 --output"),
        ("xinyi_sat.report", "export_report", ["--output"], "--output：后面要写一个值"),
        ("xinyi_sat.report", "verify_edition", ["--page", "1"], "没有这样的选项或参数：--page 1"),
        ("xinyi_sat.operations", "serve", ["--workers", "0"], "--workers：应为 1 以上的整数"),
        ("xinyi_sat.facts", "read_source", ["a.txt", "--format", "xml"], "--format：不能是 'xml'，可用的是"),
    ],
)
def test_what_is_typed_wrong_is_refused_in_chinese(app, command, typed, said):
    parser = CommandParser(called_from_command_line=False)
    load_command_class(app, command).add_arguments(parser)
    with pytest.raises(CommandError, match=f"^Error: {said}") as refused:
        parser.parse_args(typed)
    assert "argument" not in str(refused.value)


@pytest.mark.django_db
def test_a_period_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(CommandError, match=r"^没有时期“1999”。已有的是：2017-2021。$"):
        call_command("verify_edition", period="1999")
