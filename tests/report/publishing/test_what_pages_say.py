"""Pages say of which moment the files are, and why one could not be made."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.support import corrected
from tests.tasks import publish_all, run_tasks
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.references import MissingFigureError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick", "own_files")]


def failing(error: Exception) -> Callable:
    """A writer that can't."""

    def write(*given):
        raise error

    return write


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "服务器写不了文件：磁盘已满。请管理员检查"),
        (
            MissingFigureError("文字引用了“training/nothing”，记录中没有。"),
            "记录中没有。为免印出缺数的报告，请管理员补上",
        ),
        (MemoryError(), "MB 内存的上限。请管理员把 RENDER_MEGABYTES 设大一些"),
        (ZeroDivisionError(), "后台程序出了错，请管理员查看服务器终端上的说明。"),
    ],
)
def test_the_page_of_a_file_that_could_not_be_made_says_why_and_the_others_are_there(
    client, monkeypatch, lectures, error, said
):
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], write=failing(error)))
    corrected(lectures, participants="1024人")
    run_tasks()
    answer = client.get("/report.pdf")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert said in page
    assert "http-equiv" not in page
    assert "Traceback" not in page
    assert b"1024" in client.get("/data.zip").content
    assert said in client.get("/").content.decode()


def test_a_file_that_takes_too_long_is_stopped_and_the_page_says_why(client, monkeypatch, settings, lectures):
    def endless(*given):
        while True:
            pass

    settings.RENDER_SECONDS = 1
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], write=endless))
    corrected(lectures, participants="1024人")
    run_tasks()
    page = client.get("/report.pdf").content.decode()
    assert "生成文件超过了 1 秒的上限。请管理员把 RENDER_SECONDS 设大一些" in page


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_a_page_says_of_which_moment_the_files_are_while_newer_ones_are_made(client, lectures, path):
    publish_all()
    moment = now() - timedelta(days=3)
    PublishedFile.objects.filter(file_format="zip").update(data_as_of=moment)
    assert "新的正在生成" not in client.get(path).content.decode()
    corrected(lectures, participants="1024人")
    page = client.get(path).content.decode()
    assert "的数据，新的正在生成。" in page
    assert f"{moment.astimezone():%-d}日" in page
    run_tasks()
    assert "新的正在生成" not in client.get(path).content.decode()


def test_a_page_says_that_the_first_files_are_being_made(client, lectures):
    corrected(lectures, participants="1024人")
    assert "报告的各个文件正在生成，请过一会儿再取。" in client.get("/").content.decode()
