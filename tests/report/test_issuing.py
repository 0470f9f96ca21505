"""What happens while an edition is made: others go on working, and the files agree with each other or nothing is issued."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from tests.changes import corrected
from xinyi_sat.report import issuing
from xinyi_sat.report.issuing import DataChanged
from xinyi_sat.report.models import Edition, EditionFile

pytestmark = pytest.mark.django_db


def test_a_record_changed_in_the_meantime_stops_the_issue_and_leaves_nothing(monkeypatch, lectures):
    def write_and_change(scope, site, heard):
        corrected(lectures, participants="1024人")
        return b"x"

    formats = {ending: replace(made, write=write_and_change) for ending, made in issuing.FORMATS.items()}
    monkeypatch.setattr(issuing, "FORMATS", formats)
    with pytest.raises(CommandError, match="编制期间有人改动了记录，没有发布"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()
    assert not EditionFile.objects.exists()


@pytest.mark.usefixtures("quick")
def test_a_record_changed_after_the_moment_and_before_the_files_stops_the_issue_too(monkeypatch, lectures):
    monkeypatch.setattr(issuing, "wait_for_unfinished", lambda: bool(corrected(lectures, participants="1024人")))
    with pytest.raises(CommandError, match="编制期间有人改动了记录，没有发布"):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.usefixtures("quick")
def test_nothing_is_issued_while_somebody_takes_too_long_to_save(monkeypatch):
    monkeypatch.setattr(issuing, "wait_for_unfinished", lambda: False)
    with pytest.raises(
        CommandError, match=r"有人正在保存对记录的改动，很久没有保存完，.*第1版没有发布。请稍后再编一次。"
    ):
        call_command("issue_edition", reason="首次发布")
    assert not Edition.objects.issued().exists()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("trouble", "said"), [(DataChanged("有人改动了记录"), "有人改动了记录"), (KeyboardInterrupt(), "已取消")]
)
def test_an_edition_that_comes_to_no_end_at_the_terminal_leaves_its_number_to_the_next(monkeypatch, trouble, said):
    def interrupted(*args):
        raise trouble

    with monkeypatch.context() as broken:
        broken.setattr(issuing, "files_of", interrupted)
        with pytest.raises(CommandError, match=said):
            call_command("issue_edition", reason="首次发布", verbosity=0)
    assert not Edition.objects.exists()
    call_command("issue_edition", reason="首次发布", verbosity=0)
    assert Edition.objects.get().number == 1
