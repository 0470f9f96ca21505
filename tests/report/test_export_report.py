"""The files of the report from the command: every format, addresses of the site, refusals in words."""

import os
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from xinyi_sat.facts.models import Association, Period
from xinyi_sat.report import typefaces

pytestmark = pytest.mark.django_db

BEGINS = {"pdf": b"%PDF", "xlsx": b"PK", "docx": b"PK", "zip": b"PK"}


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.xlsx", "xlsx"), ("a.DOCX", "docx"), ("a.zip", "zip"), pytest.param("a", "pdf", marks=pytest.mark.slow)],
)
def test_the_ending_of_the_file_names_the_format(tmp_path, name, ending):
    call_command("export_report", output=tmp_path / name, kind="proposal", verbosity=0)
    written = (tmp_path / name).read_bytes()
    assert written.startswith(BEGINS[ending])
    assert (b"word/document.xml" in written, b"xl/workbook.xml" in written, b"datapackage.json" in written) == (
        ending == "docx",
        ending == "xlsx",
        ending == "zip",
    )


@pytest.mark.parametrize(
    ("configured", "option", "printed"),
    [
        ("", {}, ""),
        ("https://kexie.example", {}, "https://kexie.example"),
        ("https://kexie.example", {"site": "http://192.168.1.10:8000/"}, "http://192.168.1.10:8000"),
        ("https://kexie.example", {"site": ""}, ""),
    ],
)
def test_addresses_begin_with_the_site_that_is_configured_or_asked_for_and_are_paths_without(
    tmp_path, configured, option, printed
):
    Association.objects.update(site_url=configured)
    call_command("export_report", output=tmp_path / "a.zip", verbosity=0, **option)
    with zipfile.ZipFile(tmp_path / "a.zip") as package:
        first = package.read("facts.csv").decode().splitlines()[1]
    assert f",{printed}/achievements/awards/2017-2021/" in first


def test_the_command_says_what_it_begins_and_what_it_has_written(tmp_path):
    out = StringIO()
    call_command("export_report", output=tmp_path / "a.zip", service="innovation", stdout=out)
    first, last = out.getvalue().splitlines()
    assert first == "正在写2017—2021年　为创新驱动发展服务的数据包……"
    assert last == f"已写好报告：{tmp_path / 'a.zip'}"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "doc"}, "没有格式“doc”，可用的是 pdf、xlsx、docx、zip。"),
        ({"output": Path("report.txt")}, "没有格式“txt”，可用的是 pdf、xlsx、docx、zip。"),
        ({"format": "pdf"}, "文件名 report.xlsx 的结尾表示 xlsx，--format 却写了 pdf：请改成一致。"),
        ({"period": "1999"}, "没有公布的时期“1999”。已有的是：2017-2021。"),
        ({"site": "not a url"}, "--site “not a url”不是网站的网址，请写成 http://192.168.1.10:8000 这样。"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_leaves_nothing(tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_report", **{"output": tmp_path / "report.xlsx"} | options)
    assert list(tmp_path.iterdir()) == []


def test_a_program_that_is_not_installed_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "defpath", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    typefaces.installed.cache_clear()
    with pytest.raises(ImproperlyConfigured, match=r"^没有找到程序 fc-list，请先安装 fontconfig。$"):
        call_command("export_report", output=tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_site_without_any_period_is_told_to_load_facts(monkeypatch, tmp_path):
    monkeypatch.setattr(type(Period.objects.all()), "current", lambda self: None)
    with pytest.raises(CommandError, match="请先运行 load_facts"):
        call_command("export_report", output=tmp_path / "report.zip")
