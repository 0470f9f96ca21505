"""An edition that is being made: its page and the terminal say how far it is, and why it failed."""

from functools import partial
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.report.editions.issued import issued
from tests.report.office import SITE
from xinyi_sat.facts.management import UNFINISHED
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.progress import Bars
from xinyi_sat.report.editions import issuing
from xinyi_sat.report.editions.issuing import issue, note_progress, progress_of, working_file
from xinyi_sat.report.glyphs import MissingGlyphError
from xinyi_sat.report.models import Edition

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("quick")
def test_an_admin_issues_an_edition_and_the_page_watches_it(
    admin_client, admin_user, monkeypatch, django_capture_on_commit_callbacks
):
    started = []
    monkeypatch.setattr("xinyi_sat.report.admin.start", started.append)
    User.objects.filter(pk=admin_user.pk).update(first_name="某某")
    period = Period.objects.get(slug="2017-2021")
    data = {"period": period.pk, "dated_on": "2026-11-24", "reason": "首次发布"}
    with django_capture_on_commit_callbacks() as committed:
        answer = admin_client.post(reverse("admin:report_edition_add"), data)
    edition = Edition.objects.get()
    assert started == []  # its process would look for it in vain
    for done in committed:
        done()
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


def test_a_character_that_cannot_be_printed_is_named_on_the_page_that_watches(admin_client, prepared, monkeypatch):
    def fail(*args):
        raise MissingGlyphError(["\U0010fffd"])

    monkeypatch.setattr(issuing, "files_of", fail)
    with pytest.raises(CommandError, match="U\\+10FFFD") as failed:
        call_command("issue_edition", resume=prepared.pk)
    working_file(prepared, "log").parent.mkdir(exist_ok=True)
    working_file(prepared, "log").write_text(f"{UNFINISHED}: {failed.value}\n", encoding="utf-8")
    page = admin_client.get(reverse("admin:report_edition_change", args=[prepared.pk])).content.decode()
    working_file(prepared, "log").unlink()
    assert "原因：字体中没有“\U0010fffd”（U+10FFFD），印不出来。" in page


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
