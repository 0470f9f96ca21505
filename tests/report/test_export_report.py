"""The files of the report: from an address or the command, the same in every format, refusals in words."""

import os
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.tasks import publish_all
from xinyi_sat.facts.models import Period
from xinyi_sat.report import typefaces
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.management import asked_site
from xinyi_sat.report.models import PublishedFile

pytestmark = pytest.mark.django_db

ADDRESSES = {"pdf": "/report.pdf", "xlsx": "/report.xlsx", "docx": "/report.docx", "zip": "/data.zip"}
BEGINS = {"pdf": b"%PDF", "xlsx": b"PK", "docx": b"PK", "zip": b"PK"}


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker) -> list[PublishedFile]:
    """The files of the review as a site has them, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        publish_all()
        made = list(PublishedFile.objects.all())
        transaction.set_rollback(True)
    return made


@pytest.fixture
def files(db, published) -> None:
    """The files of the review as a site has them."""
    PublishedFile.objects.bulk_create(published)


@pytest.mark.parametrize("ending", FORMATS)
def test_an_address_gives_the_file_of_any_period_and_writes_nothing(client, files, only_selects, ending):
    answer = client.get(ADDRESSES[ending], {"period": "2017-2021"})
    assert answer.content.startswith(BEGINS[ending])
    assert answer["Content-Type"] == FORMATS[ending].content_type
    kept = "inline" if ending == "pdf" else "attachment"
    assert answer["Content-Disposition"] == f'{kept}; filename="2017-2021.{ending}"'


@pytest.mark.parametrize("path", ADDRESSES.values())
def test_a_period_that_is_not_there_is_answered_in_chinese(client, path):
    answer = client.get(path, {"period": "1999"})
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_every_file_is_offered_on_the_pages(client, path):
    page = client.get(path).content.decode()
    for address in ADDRESSES.values():
        assert f'href="{address}"' in page


@pytest.mark.parametrize("ending", FORMATS)
def test_the_command_writes_what_the_address_gives(client, files, tmp_path, ending):
    call_command("export_report", output=tmp_path / "report.out", format=ending, verbosity=0)
    assert (tmp_path / "report.out").read_bytes() == client.get(ADDRESSES[ending]).content
    assert [path.name for path in tmp_path.iterdir()] == ["report.out"]


@pytest.mark.parametrize(
    ("name", "ending"), [("a.xlsx", "xlsx"), ("a.DOCX", "docx"), ("a.zip", "zip"), ("a.pdf", "pdf"), ("a", "pdf")]
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
    tmp_path, settings, configured, option, printed
):
    settings.SITE_ADDRESS = configured
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


def test_the_files_of_all_periods_are_made_at_the_terminal_too(client, monkeypatch):
    out = StringIO()
    for ending, made in FORMATS.items():
        monkeypatch.setitem(FORMATS, ending, replace(made, write=lambda scope, site: b"file"))
    call_command("publish_files", stdout=out)
    assert out.getvalue().splitlines()[-1] == "已生成 1 个时期的文件。"
    assert client.get("/report.pdf").content == b"file"
    with pytest.raises(CommandError, match="没有公布的时期“1999”"):
        call_command("publish_files", period="1999")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "doc"}, "没有格式“doc”，可用的是 pdf、xlsx、docx、zip。"),
        ({"output": Path("report.txt")}, "没有格式“txt”，可用的是 pdf、xlsx、docx、zip。"),
        ({"format": "pdf"}, "文件名 report.xlsx 的结尾表示 xlsx，--format 却写了 pdf：请改成一致。"),
        ({"period": "1999"}, "没有公布的时期“1999”。已有的是：2017-2021。"),
        ({"site": "not a url"}, "--site “not a url”不是网站的网址，请写成 http://192.168.1.10:8000 这样。"),
        ({"site": "192.168.1.10:8000"}, "--site “192.168.1.10:8000”不是网站的网址"),
        ({"site": "http://kexie/?page=1"}, "不是网站的网址"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_leaves_nothing(tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_report", **{"output": tmp_path / "report.xlsx"} | options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["", "http://kexie", "https://kexie.example/", "HTTP://[::1]:8000", "http://192.168.1.10:8000/report"]
)
def test_the_address_of_a_site_may_be_a_name_or_a_number_with_a_port_and_a_path(address):
    assert asked_site(address).root == address.rstrip("/")


def test_a_program_that_is_not_installed_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "defpath", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    typefaces.installed.cache_clear()
    with pytest.raises(ImproperlyConfigured, match=r"^没有找到程序 fc-list，请先安装 fontconfig。$"):
        call_command("export_report", output=tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_site_without_any_period_is_told_to_load_facts(monkeypatch, tmp_path):
    monkeypatch.setattr(type(Period.objects.all()), "current", lambda self: None)
    with pytest.raises(CommandError, match="请先运行 load_facts"):
        call_command("export_report", output=tmp_path / "report.zip")
