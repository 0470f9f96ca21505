"""Readers fetch files: whole, in part, or not again when they have them; asking begins no work."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils.http import http_date

from tests.report.office import empty_period
from tests.tasks import publish_all, waiting
from xinyi_sat.report.models import PublishedFile
from xinyi_sat.report.publishing.making import enqueue_publishing_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick", "own_files")]

ADDRESSES = {"pdf": "/report.pdf", "xlsx": "/report.xlsx", "docx": "/report.docx", "zip": "/data.zip"}


@pytest.fixture
def content() -> bytes:
    """The data package as it is stored, with the other files."""
    publish_all()
    with default_storage.open(PublishedFile.objects.get(file_format="zip").content.name) as file:
        return file.read()


def body(answer) -> bytes:
    return answer.content


def test_a_file_comes_with_its_size_its_digest_and_its_date(client, content):
    answer = client.get("/data.zip")
    file = PublishedFile.objects.get(file_format="zip")
    assert body(answer) == content
    assert answer["Content-Length"] == str(len(content))
    assert answer["ETag"] == f'"{file.sha256}"'
    assert answer["Last-Modified"] == http_date(int(file.made_at.timestamp()))
    assert (answer["Accept-Ranges"], answer["Cache-Control"]) == ("bytes", "no-cache")
    assert answer["Content-Disposition"] == 'attachment; filename="2017-2021.zip"'


def test_a_file_that_a_browser_has_is_not_sent_again(client, content):
    first = client.get("/data.zip")
    for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get("/data.zip", headers=known)
        assert (again.status_code, body(again), again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=-7", -7, None), ("bytes=5-999999999", 5, None)],
)
def test_a_part_of_a_file_is_sent_where_a_part_is_asked_for(client, content, asked, start, end):
    answer = client.get("/data.zip", headers={"Range": asked})
    part = content[start:end]
    assert (answer.status_code, body(answer), answer["Content-Length"]) == (206, part, str(len(part)))
    first = content.index(part)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(content)}"


def test_a_part_beyond_the_end_is_refused(client, content):
    for asked in ("bytes=999999999-", "bytes=-0"):
        answer = client.get("/data.zip", headers={"Range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(content)}")


def test_the_whole_file_is_sent_where_the_part_is_not_understood(client, content):
    for asked in ("bytes=9-5", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"):
        answer = client.get("/data.zip", headers={"Range": asked})
        assert (answer.status_code, body(answer)) == (200, content), asked


def test_a_download_goes_on_only_where_the_file_is_still_the_same(client, content):
    asked = {"Range": "bytes=5-"}
    etag = client.get("/data.zip")["ETag"]
    assert client.get("/data.zip", headers=asked | {"If-Range": etag}).status_code == 206
    assert client.get("/data.zip", headers=asked | {"If-Range": '"another"'}).status_code == 200


def test_while_the_first_file_is_made_a_page_says_so_and_looks_again(client):
    enqueue_publishing_all()
    assert '<meta http-equiv="refresh" content="10">' in client.get("/report.pdf").content.decode()


def test_before_there_is_a_file_a_page_says_so_and_whom_to_ask(client, only_selects):
    for address in ADDRESSES.values():
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
        page = answer.content.decode()
        assert "文件还没有生成" in page
        assert "请管理员在后台“公开的文件”中点“重新编制”" in page
        assert "refresh" not in page
    assert waiting() == []


def test_fetching_a_file_writes_nothing_begins_nothing_and_asks_little(
    client, content, only_selects, django_assert_max_num_queries
):
    for address in ADDRESSES.values():
        with django_assert_max_num_queries(2):
            assert client.get(address).status_code == 200
    assert waiting() == []


@pytest.mark.parametrize("left", [None, b"half"])
def test_a_file_that_the_disk_has_lost_or_damaged_is_not_sent(client, content, left):
    path = Path(default_storage.path(PublishedFile.objects.get(file_format="zip").content.name))
    path.unlink() if left is None else path.write_bytes(left)
    answer = client.get("/data.zip")
    assert answer.status_code == 503
    assert "文件还没有生成" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ({"service": "innovation"}, "/services/innovation/?period=2017-2021"),
        ({"kind": "training"}, "/outreach/trainings/?period=2017-2021"),
        (
            {"kind": "training", "service": "literacy", "period": "2017-2021"},
            "/outreach/trainings/?period=2017-2021&service=literacy",
        ),
    ],
)
def test_the_old_address_of_a_part_leads_to_the_page_of_that_part(client, asked, leads_to):
    for address in ADDRESSES.values():
        answer = client.get(address, asked)
        assert (answer.status_code, answer["Location"]) == (302, leads_to)


def test_a_period_of_which_nothing_is_recorded_has_no_files_and_says_so(client):
    answer = client.get("/report.xlsx", {"period": empty_period().slug})
    assert answer.status_code == 404
    assert "2030年：没有记录，没有可以导出的报告。" in answer.content.decode()
