"""Files behind the login: those of a period made anew on request, and those of a part of a report."""

from dataclasses import replace

import pytest
from django.urls import reverse

from tests.roles import NO_ROLE, logged_in
from tests.tasks import publish_all, run_tasks, waiting
from xinyi_sat.accounts.roles import EDITOR, VIEWER
from xinyi_sat.report.formats import FORMATS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick", "own_files")]

FILES, PART = "admin:report_publishedfile_changelist", "admin:report_publishedfile_add"
DOWNLOAD = "admin:report_publishedfile_part"
BUTTON = 'value="重新编制"'
TRAININGS = {"period": "2017-2021", "service": "", "kind": "training", "file_format": "docx"}


def body(answer) -> str:
    return answer.content.decode()


def test_the_files_of_a_period_are_listed_and_made_anew_once_for_who_may():
    publish_all()
    editor, page = logged_in(EDITOR), reverse(FILES)
    assert 'href="/data.zip?period=2017-2021"' in body(editor.get(page))
    for _ in range(2):
        assert editor.post(page, {"period": "2017-2021"})["Location"] == page
    assert waiting() == [("publish", ["2017-2021"])]
    assert "新的正在生成" in body(editor.get(page))
    assert BUTTON not in body(editor.get(page))
    run_tasks()
    assert BUTTON in body(editor.get(page))
    assert BUTTON not in body(logged_in(VIEWER).get(page))
    assert editor.post(page, {"period": "1999"}).status_code == 404


@pytest.mark.parametrize(("role", "seen"), [(VIEWER, 200), (NO_ROLE, 403)])
def test_who_may_only_read_has_nothing_made(role, seen):
    client = logged_in(role)
    assert client.get(reverse(FILES)).status_code == seen
    assert client.post(reverse(FILES), {"period": "2017-2021"}).status_code == 403
    assert client.get(reverse(PART)).status_code == client.post(reverse(PART), TRAININGS).status_code == 403
    assert waiting() == []


def test_a_part_of_a_report_is_made_in_the_background_and_had_on_its_page():
    editor = logged_in(EDITOR)
    page = editor.post(reverse(PART), TRAININGS)["Location"]
    assert waiting() == [("make_part", ["2017-2021", "", "training", "docx"])]
    assert editor.post(reverse(PART), TRAININGS)["Location"] == page
    assert len(waiting()) == 1
    assert "正在编制2017—2021年　培训" in body(editor.get(page))
    assert editor.get(reverse(DOWNLOAD), TRAININGS).status_code == 404
    run_tasks()
    made = body(editor.get(page))
    assert "2017-2021-training.docx" in made
    assert "http-equiv" not in made
    answer = editor.get(reverse(DOWNLOAD), TRAININGS)
    assert answer["Content-Disposition"] == 'attachment; filename="2017-2021-training.docx"'
    assert "1023人" in body(answer)
    assert "4200多名" not in body(answer)


def test_a_part_that_could_not_be_made_says_why_and_a_form_that_asks_for_none_what_is_expected(monkeypatch):
    editor = logged_in(EDITOR)
    said = body(editor.post(reverse(PART), TRAININGS | {"kind": ""}))
    assert "请选择一项服务，或一类记录" in said
    assert waiting() == []
    nothing = TRAININGS | {"service": "decisions", "kind": "award"}
    page = editor.post(reverse(PART), nothing)["Location"]
    run_tasks()
    assert "没有编成。原因：2017—2021年" in body(editor.get(page))

    def too_much(*given):
        raise MemoryError

    monkeypatch.setitem(FORMATS, "docx", replace(FORMATS["docx"], write=too_much))
    page = editor.post(reverse(PART), TRAININGS)["Location"]
    run_tasks()
    assert "RENDER_MEGABYTES" in body(editor.get(page))
    assert editor.get(reverse(DOWNLOAD), TRAININGS).status_code == 404


def test_pages_of_files_ask_everything_before_they_are_rendered(queries_during_render):
    publish_all()
    editor = logged_in(EDITOR)
    made = editor.post(reverse(PART), TRAININGS)["Location"]
    for path in (reverse(FILES), reverse(PART), made):
        assert editor.get(path).status_code == 200
        assert queries_during_render == [], path
