"""The data folder of a start: what is made in it, and when it is left alone."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.operations.site import free_address, said_by
from xinyi_sat.facts.models import Organisation
from xinyi_sat.operations import data_folder


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """A data folder that was made beforehand."""
    settings.DATA_DIR = tmp_path / "data"
    settings.SECRET_KEY_FILE = settings.DATA_DIR / "secret-key"
    settings.DATA_DIR.mkdir(mode=0o755)
    return settings.DATA_DIR


def serve(folder: Path, **environment: str) -> str:
    """What a start says that is refused, and that leaves the folder as it was."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, said = said_by(folder, "serve", "--bind", free_address(), **environment)
    assert code == 1, said
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    return said


@pytest.mark.parametrize("database", [None, b""])
def test_a_folder_in_use_whose_database_is_gone_or_empty_is_not_filled_silently(folder, database):
    (folder / "secret-key").write_text("k" * 50)
    (folder / "files").mkdir()
    if database is not None:
        (folder / "xinyi_sat.sqlite3").write_bytes(database)
    said = serve(folder)
    assert f"数据文件夹 {folder} 里已有 files、secret-key，数据库 {folder / 'xinyi_sat.sqlite3'} 却不在或是空的" in said
    assert f"要恢复：把备份的数据库放回 {folder / 'xinyi_sat.sqlite3'}，再启动。" in said
    assert f"要重新开始：先把 {folder} 里的 files、secret-key 移到别处" in said


def test_a_database_without_records_beside_a_key_is_a_lost_one(folder):
    (folder / "secret-key").write_text("k" * 50)
    with closing(sqlite3.connect(folder / "xinyi_sat.sqlite3")) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE facts_document (id)")
    assert "却不在或是空的" in serve(folder)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\x10\0\1\1\0" * 1000])
def test_a_damaged_database_is_named_with_its_file_and_what_to_do(folder, content):
    (folder / "xinyi_sat.sqlite3").write_bytes(content)
    said = serve(folder)
    assert f"数据库 {folder / 'xinyi_sat.sqlite3'} 用不了：数据库文件已损坏。" in said
    assert "再把备份的数据库放回原处" in said
    assert "Traceback" not in said


def test_a_file_in_place_of_the_data_folder_is_named_and_what_was_expected_there(tmp_path):
    (tmp_path / "file").write_text("a file in its place")
    code, said = said_by(tmp_path / "file" / "below", "check")
    assert code == 1
    assert f"{tmp_path / 'file'} 应是文件夹，却是一个文件。" in said


def test_a_key_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    (tmp_path / "secret-key").mkdir()
    assert said_by(tmp_path, "check") == (
        1,
        f"没有做完，{tmp_path / 'secret-key'}：那里是一个文件夹，请写明一个文件名。\n",
    )


def test_the_key_is_made_once_for_its_owner_alone_and_on_a_disk_without_hard_links(tmp_path, monkeypatch):
    def refuse(*paths):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "secret-key"
    data_folder.make_secret_key(file)
    key = file.read_text()
    data_folder.make_secret_key(file)
    assert file.read_text() == key
    assert len(key) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_made_beforehand_is_made_private_or_it_is_said_that_it_cannot_be(folder, monkeypatch):
    said: list[str] = []
    data_folder.make_private(said.append)
    assert (folder.stat().st_mode & 0o777, said) == (0o700, [])

    def refuse(*args):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    data_folder.make_private(said.append)
    assert said == [f"注意：不能把 {folder} 设为只有本用户可读，请检查它的权限。"]


@pytest.mark.django_db
def test_a_first_load_that_fails_leaves_nothing_and_no_key(folder, monkeypatch):
    def load_half(name, **options):
        if name == "load_facts":
            Organisation.objects.create(slug="half-loaded", name="半途", kind="firm")
            raise CommandError("第 7 条缺少时期")

    monkeypatch.setattr(data_folder, "call_command", load_half)
    monkeypatch.setattr(data_folder.Document.objects, "exists", lambda: False)
    with pytest.raises(CommandError, match="第 7 条缺少时期"):
        data_folder.prepare(lambda words: None)
    assert not Organisation.objects.filter(slug="half-loaded").exists()
    assert list(folder.iterdir()) == []
