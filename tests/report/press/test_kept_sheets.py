"""Chapters that were printed before: taken as they are where nothing has changed, printed anew where anything has."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from outreach.models import Training
from tests.changes import corrected
from tests.report.office import SITE
from tests.report.press.bound import FRONT, bound
from tests.report.scopes import small_year
from xinyi_sat.facts.files import UnwritableFile
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import report_of, stylesheet
from xinyi_sat.report.press.client import Press
from xinyi_sat.report.scope import Scope

if TYPE_CHECKING:
    from xinyi_sat.report.press.kept import KeptSheets


def kept_sheets(folder: Path) -> "KeptSheets":
    """A folder of sheets; imported here, for WeasyPrint comes with it, which other tests leave to the press."""
    from xinyi_sat.report.press.kept import KeptSheets

    return KeptSheets(folder, "")


def kept_in(folder: Path) -> set[str]:
    """The names of the chapters that are kept."""
    return {path.name for path in folder.iterdir()}


def test_a_chapter_is_printed_once_and_the_file_is_the_same_with_it_as_without(tmp_path):
    chapters = (
        '<h1 id="one">一</h1><p>见<a href="#two">下一章</a>。</p>',
        '<h1 id="two">二</h1><table><tr><th>甲<td>1</table>',
    )
    first = bound(tmp_path / "kept", *chapters)
    before = {path: path.stat().st_ino for path in (tmp_path / "kept").iterdir()}
    assert bound(tmp_path / "kept", *chapters) == first
    assert {path: path.stat().st_ino for path in (tmp_path / "kept").iterdir()} == before
    assert len(before) == 2
    turned = bound(tmp_path / "kept", *reversed(chapters))
    assert turned == bound(tmp_path / "empty", *reversed(chapters)) != first


@pytest.mark.django_db
def test_after_a_correction_only_the_chapters_that_show_it_are_printed(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    year = small_year()
    report_of(Scope(year), Site(SITE))
    before = kept_in(tmp_path / "sheets")
    corrected(Training.objects.get(period=year, slug="officials-science-lectures"), participants="1024人")
    report_of(Scope(year), Site(SITE))
    anew = kept_in(tmp_path / "sheets") - before
    assert 0 < len(anew) < len(before)


def test_sheets_that_were_damaged_are_printed_anew(tmp_path):
    first = bound(tmp_path, "<h1>一</h1>")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert bound(tmp_path, "<h1>一</h1>") == first


def test_a_chapter_is_printed_where_none_can_be_kept(tmp_path):
    (tmp_path / "kept").write_text("no folder")
    assert bound(tmp_path / "kept", "<h1>一</h1>") == bound(tmp_path / "empty", "<h1>一</h1>")


def test_another_stylesheet_takes_nothing_of_the_first(tmp_path):
    bound(tmp_path, "<h1>一</h1>")
    bound(tmp_path, "<h1>一</h1>", style=stylesheet() + "h1 { color: #00f }")
    assert len(kept_in(tmp_path)) == 2


def test_a_chapter_that_was_complained_of_is_complained_of_each_time(tmp_path, complaints):
    for _ in range(2):
        bound(tmp_path, '<p style="no-such: 1">一</p>')
    assert [said.partition(" at")[0] for said in complaints] == ["Ignored `no-such: 1`"] * 2
    complaints.clear()
    assert kept_in(tmp_path) == set()


def test_of_very_many_chapters_those_used_last_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.press.kept.KEPT", 2)
    sheets, source = kept_sheets(tmp_path / "kept"), tmp_path / "printed"
    source.write_bytes(b"sheets")
    for age, chapter in enumerate(("one", "two", "three")):
        sheets.keep(chapter, source)
        os.utime(sheets.path(chapter), (age, age))
    assert sheets.take("one", tmp_path / "taken")
    sheets.tidy()
    assert [sheets.take(chapter, tmp_path / "taken") for chapter in ("one", "two", "three")] == [True, False, True]
    assert (tmp_path / "taken").read_bytes() == b"sheets"


def test_a_press_that_finds_the_disk_full_says_so():
    with Press(stylesheet(), Path("/dev/null")) as press:
        (press.path / "0.sheets").symlink_to("/dev/full")
        press.print_chapter("<h1>一</h1>")
        with pytest.raises(UnwritableFile, match="磁盘已满"):
            press.bind(FRONT)


def test_of_what_could_not_be_kept_nothing_is_left(tmp_path):
    sheets, source = kept_sheets(tmp_path / "kept"), tmp_path / "printed"
    source.write_bytes(b"sheets")
    sheets.path("one").mkdir()  # nothing can be put there
    sheets.keep("one", source)
    assert not sheets.take("one", tmp_path / "taken")
    assert list((tmp_path / "kept").iterdir()) == [sheets.path("one")]


def test_another_file_of_a_typeface_and_another_rule_which_to_take_are_another_state(tmp_path, monkeypatch):
    found = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, check=True, text=True)
    folder, rules = tmp_path / "fonts", tmp_path / "fonts.conf"
    folder.mkdir()
    typeface = folder / os.fsdecode("仿宋.ttf".encode("gbk"))
    shutil.copyfile(min(found.stdout.splitlines(), key=os.path.getsize), typeface)
    rules.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(rules))
    states = [kept_sheets(tmp_path).basis]
    for replaced in (typeface, rules):
        content, seen = replaced.read_bytes(), replaced.stat()
        replaced.unlink()
        replaced.write_bytes(content)
        os.utime(replaced, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        states.append(kept_sheets(tmp_path).basis)
    assert os.fsencode(typeface) in states[0]
    assert len(set(states)) == 3
