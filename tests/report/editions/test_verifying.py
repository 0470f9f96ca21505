"""Verifying an edition: its files are those that were stored, and the records of then still give them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.changes import break_rule, corrected
from tests.report.editions.issued import issued
from xinyi_sat.facts.progress import Bars
from xinyi_sat.report.editions.verifying import rebuild
from xinyi_sat.report.models import EditionFile

pytestmark = pytest.mark.django_db


def test_verifying_makes_an_edition_again_from_the_records_of_then(lectures_of_year, monkeypatch):
    issued(period="2030")
    corrected(lectures_of_year, participants="1024人")
    told = []
    monkeypatch.setattr(Bars, "__call__", lambda self, *said: told.append(said))
    out = StringIO()
    call_command("verify_edition", stdout=out)
    report = out.getvalue()
    assert report.count("按当时的记录重编，逐字节相同") == 3
    assert report.count("与发布时的校验值相符") == 3
    assert "1 版全部相符" in report
    assert told[0] == ("2030年第1版 当时的记录", "步", 0, 3)
    *last, done, total = told[-1]
    assert last == ["2030年第1版 数据包（第 3 个文件，共 3 个）", "张表"]
    assert done == total > 5


@pytest.mark.usefixtures("quick")
def test_verifying_finds_a_file_that_was_tampered_with(monkeypatch):
    edition = issued()
    monkeypatch.setattr("xinyi_sat.report.editions.verifying.rebuilt", lambda *args: contents)
    contents = {file.ending: bytes(file.content) for file in edition.files.all()}
    contents["pdf"] += b"x"
    with pytest.raises(CommandError, match="有 1 处不符"):
        call_command("verify_edition", period="2017-2021", number=1, stdout=StringIO())
    monkeypatch.setattr(EditionFile, "is_intact", False)
    with pytest.raises(CommandError, match="有 4 处不符"):
        call_command("verify_edition", stdout=StringIO())


@pytest.mark.usefixtures("quick")
def test_verifying_misses_a_file_that_is_gone(monkeypatch):
    edition = issued()
    contents = {file.ending: bytes(file.content) for file in edition.files.all()}
    monkeypatch.setattr("xinyi_sat.report.editions.verifying.rebuilt", lambda *args: contents)
    break_rule("report_editionfile", "stays")
    edition.files.filter(ending="zip").delete()
    out = StringIO()
    with pytest.raises(CommandError, match="有 1 处不符"):
        call_command("verify_edition", stdout=out)
    assert "  不符　数据包：发布时存的文件不见了" in out.getvalue()


@pytest.mark.usefixtures("quick")
def test_an_edition_that_cannot_be_made_again_is_not_called_right(monkeypatch, tmp_path):
    issued()
    nowhere = tmp_path / "nowhere"
    nowhere.write_text("a file in place of a folder")
    monkeypatch.setattr(
        "xinyi_sat.report.editions.verifying.rebuilt", lambda edition, folder, told: rebuild(nowhere, told)
    )
    out = StringIO()
    with pytest.raises(CommandError, match="有 1 处不符"):
        call_command("verify_edition", stdout=out)
    assert f"  不符　按当时的记录重编没有成功：数据文件夹 {nowhere} 不能用" in out.getvalue()
