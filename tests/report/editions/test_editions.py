"""Editions: issued once, never changed, and made again from the records of then."""

from datetime import date
from functools import partial
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.timezone import now

from outreach.models import Training
from tests.changes import REASON, break_rule, corrected
from tests.pdf import words_of_pdf
from tests.report.scopes import small_year
from xinyi_sat.facts.management import UNFINISHED
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.progress import Bars
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.editions.issuing import issue, note_progress, progress_of, working_file
from xinyi_sat.report.editions.verifying import rebuild
from xinyi_sat.report.models import Edition, EditionFile, sha256_of
from xinyi_sat.report.press.client import PrintingFailed

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


def issued(reason: str = "首次发布", period: str = "2017-2021") -> Edition:
    """The next edition of a period, issued from the terminal."""
    call_command("issue_edition", period=period, reason=reason, date="2026-11-24", site=SITE, stdout=StringIO())
    return Edition.objects.latest_of(Period.objects.get(slug=period))


@pytest.fixture
def lectures_of_year() -> Training:
    """A fact of a year of which little is recorded."""
    return Training.objects.get(period=small_year(), slug="officials-science-lectures")


def test_an_edition_is_kept_in_three_formats_with_their_digests(client):
    edition = issued(period=small_year().slug)
    assert [file.ending for file in edition.files.all()] == ["pdf", "xlsx", "zip"]
    for file in edition.files.all():
        content = client.get(file.get_absolute_url())
        assert sha256_of(content.content) == file.sha256
        assert content["ETag"] == f'"{file.sha256}"'
        assert "immutable" in content["Cache-Control"]
    text = words_of_pdf(bytes(edition.file("pdf").content))
    assert "第1版，2026年11月24日" in text


def test_a_correction_leaves_the_edition_as_it_was_and_is_in_the_next_with_what_changed(client, lectures_of_year):
    first = issued(period="2030")
    before = bytes(first.file("pdf").content)
    corrected(lectures_of_year, participants="1024人")
    second = issued("更正听讲人数", "2030")
    assert bytes(Edition.objects.get(number=1).file("pdf").content) == before
    text = words_of_pdf(bytes(second.file("pdf").content))
    assert "第2版" in text
    assert "人数：1023人→1024人" in text
    assert "2030年第1版（2026年11月24日）之后的更正与修订如下。" in text
    page = client.get(first.get_absolute_url()).content.decode()
    assert "这一版已有新版" in page
    assert second.get_absolute_url() in page
    assert "<del>1023人</del> → <ins>1024人</ins>" in page
    assert REASON in page


@pytest.mark.usefixtures("quick")
def test_the_list_of_editions_marks_the_latest(client):
    assert "还没有发布过报告" in client.get("/editions/").content.decode()
    issued()
    issued("再版")
    page = client.get("/editions/").content.decode()
    assert page.index("第2版") < page.index("第1版")
    assert page.count(">最新<") == page.count(">已有新版，仅供查考<") == 1


@pytest.mark.usefixtures("quick")
def test_the_latest_edition_says_whether_anything_has_changed_since(client, lectures):
    latest = issued()
    page = client.get(latest.get_absolute_url()).content.decode()
    assert ">最新<" in page
    assert "此后没有更正或修订" in page
    assert "发布以后又有更正或修订" not in page
    corrected(lectures, participants="1024人")
    page = client.get(latest.get_absolute_url()).content.decode()
    assert "发布以后又有更正或修订" in page
    assert "改动了 1 处" in page
    assert 'href="/report.pdf?period=2017-2021"' in page


@pytest.mark.usefixtures("quick")
def test_an_issued_edition_and_its_files_never_change(lectures):
    edition = issued()
    edition.reason = "改"
    with pytest.raises(ValidationError, match="已经发布"):
        edition.save()
    file = edition.file("pdf")
    file.content = b"x"
    with pytest.raises(ValidationError, match="不能改动"):
        file.save()
    for table in ("report_edition", "report_editionfile"):
        with pytest.raises((IntegrityError, DatabaseError), match="never_changes"), transaction.atomic():
            connection.cursor().execute(f"UPDATE {table} SET id = id")


@pytest.mark.usefixtures("quick")
def test_an_issued_edition_and_its_files_are_never_taken_away_or_replaced():
    edition = issued()
    kept = sha256_of(bytes(edition.file("pdf").content))
    ways = ["DELETE FROM {table}", "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})"]
    ways += ["TRUNCATE {table} CASCADE"] if connection.vendor == "postgresql" else []
    ways += ["REPLACE INTO {table} SELECT * FROM {table}"] if connection.vendor == "sqlite" else []
    connection.check_constraints()  # PostgreSQL empties no table of which a check is still to come.
    for table in ("report_edition", "report_editionfile"):
        for way in ways:
            with pytest.raises((IntegrityError, DatabaseError), match="_stays"), transaction.atomic():
                connection.cursor().execute(way.format(table=table))
    assert sha256_of(bytes(issued("再版").period.editions.get(number=1).file("pdf").content)) == kept


@pytest.mark.usefixtures("quick")
def test_an_edition_that_is_not_issued_never_takes_the_place_of_one_that_is(prepared):
    Edition.objects.filter(pk=prepared.pk).update(number=9)
    first = issued(reason="已发布")
    way = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    for change in (f"id = {first.pk}", f"number = {first.number}"):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(f"{way} report_edition SET {change} WHERE id = {prepared.pk}")


def test_an_edition_that_was_never_issued_can_be_taken_away(prepared):
    assert prepared.delete()[0] == 1


@pytest.mark.usefixtures("quick")
def test_what_was_not_issued_is_not_public_and_can_be_tried_again(client):
    period = Period.objects.get(slug="2017-2021")
    edition = Edition.objects.create(
        period=period, number=1, dated_on=date(2026, 11, 24), reason="首次发布", as_of="2026-11-24T00:00Z"
    )
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert "还没有发布过报告" in client.get("/editions/").content.decode()
    issue(edition)
    assert client.get(edition.get_absolute_url()).status_code == 200


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
    pdf = ("2030年第1版 PDF（第 1 个文件，共 3 个）", "章")
    done, total = next(said[2:] for said in reversed(told) if said[:2] == pdf)
    assert done == total > 5
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


@pytest.mark.usefixtures("quick")
def test_an_admin_issues_an_edition_and_the_page_watches_it(admin_client, admin_user, monkeypatch):
    started = []
    monkeypatch.setattr("xinyi_sat.report.admin.start", started.append)
    User.objects.filter(pk=admin_user.pk).update(first_name="某某")
    period = Period.objects.get(slug="2017-2021")
    data = {"period": period.pk, "dated_on": "2026-11-24", "reason": "首次发布"}
    answer = admin_client.post(reverse("admin:report_edition_add"), data)
    edition = Edition.objects.get()
    assert started == [edition]
    assert (edition.number, edition.issued_by, edition.site) == (1, admin_user, SITE)
    assert "这一版还没有编成" in admin_client.get(answer["Location"]).content.decode()
    monkeypatch.setattr("xinyi_sat.report.admin.is_being_made", lambda edition: True)
    assert "<progress" in admin_client.get(answer["Location"]).content.decode()
    issue(edition, partial(note_progress, edition))
    watched = admin_client.get(answer["Location"]).content.decode()
    assert "不再改动" in watched
    assert "<progress" not in watched
    listed = admin_client.get(reverse("admin:report_edition_changelist")).content.decode()
    assert "发布人：某某" in watched
    assert '<td class="field-issuer">某某</td>' in listed
    assert admin_client.post(reverse("admin:report_edition_delete", args=[edition.pk])).status_code == 403


@pytest.fixture
def prepared() -> Edition:
    """An edition that is entered and not issued."""
    period = Period.objects.get(slug="2017-2021")
    said = {"dated_on": date(2026, 11, 24), "reason": "首次发布", "as_of": now()}
    made = Edition.objects.create(period=period, number=1, **said)
    working_file(made, "progress").unlink(missing_ok=True)  # another test's edition had the same number
    return made


def test_where_the_printer_fails_the_page_says_so_in_chinese_and_the_terminal_all_of_it(
    admin_client, prepared, monkeypatch
):
    def fail(*args):
        raise PrintingFailed("排版程序中途结束（1）。\nOSError: [Errno 28] No space left on device")

    monkeypatch.setattr(issuing, "files_of", fail)
    with pytest.raises(CommandError, match="No space left") as failed:
        call_command("issue_edition", resume=prepared.pk)
    working_file(prepared, "log").parent.mkdir(exist_ok=True)
    working_file(prepared, "log").write_text(f"{UNFINISHED}: {failed.value}\n", encoding="utf-8")
    page = admin_client.get(reverse("admin:report_edition_change", args=[prepared.pk])).content.decode()
    working_file(prepared, "log").unlink()
    assert "原因：排版程序中途结束（1）。</p>" in page


@pytest.mark.usefixtures("quick")
def test_the_page_that_watches_says_which_file_and_which_chapter_is_made(admin_client, prepared, monkeypatch):
    monkeypatch.setattr("xinyi_sat.report.admin.is_being_made", lambda edition: True)
    address = reverse("admin:report_edition_change", args=[prepared.pk])
    assert "正在准备。" in admin_client.get(address).content.decode()
    note_progress(prepared, "Excel 工作簿（第 2 个文件，共 3 个）", "张表", 3, 12)
    page = admin_client.get(address).content.decode()
    assert '<progress value="3" max="12"' in page
    assert "Excel 工作簿（第 2 个文件，共 3 个）：正在写第 4 张表，共 12 张表。" in page
    assert '<meta http-equiv="refresh"' in page
    assert "编制期间如果有人改动了记录，这一版就不发布" in page


@pytest.mark.usefixtures("quick")
def test_the_process_that_makes_an_edition_leaves_word_of_how_far_it_is(prepared):
    call_command("issue_edition", resume=prepared.pk, stdout=StringIO())
    said = progress_of(prepared)
    assert said["words"] == "数据包（第 3 个文件，共 3 个）：正在写第 2 张表，共 2 张表。"


@pytest.mark.usefixtures("quick")
def test_a_terminal_shows_a_bar_for_each_file_in_turn(monkeypatch):
    told = []
    monkeypatch.setattr(Bars, "__call__", lambda self, *said: told.append(said))
    issued()
    assert told[:3] == [
        ("PDF（第 1 个文件，共 3 个）", "章", 0, 2),
        ("PDF（第 1 个文件，共 3 个）", "章", 1, 2),
        ("Excel 工作簿（第 2 个文件，共 3 个）", "张表", 0, 2),
    ]


@pytest.mark.usefixtures("quick")
def test_an_issued_edition_is_never_printed_anew(tmp_path):
    issued()
    with pytest.raises(CommandError, match="已经发布，请从网站的“历次报告”下载原件"):
        call_command("export_report", output=tmp_path / "a.pdf", edition=1)
    with pytest.raises(CommandError, match="没有第2版"):
        call_command("export_report", output=tmp_path / "a.pdf", edition=2)
