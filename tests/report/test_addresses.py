"""The files of the report at their addresses: the same as the command writes, for any period."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.tasks import publish_all
from xinyi_sat.report.formats import FORMATS
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


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMATS)
def test_an_address_gives_the_file_of_any_period_and_writes_nothing(client, files, only_selects, ending):
    answer = client.get(ADDRESSES[ending], {"period": "2017-2021"})
    assert answer.content.startswith(BEGINS[ending])
    assert answer["Content-Type"] == FORMATS[ending].content_type
    kept = "inline" if ending == "pdf" else "attachment"
    assert answer["Content-Disposition"] == f'{kept}; filename="2017-2021.{ending}"'


@pytest.mark.slow
@pytest.mark.parametrize("ending", FORMATS)
def test_the_command_writes_what_the_address_gives(client, files, tmp_path, ending):
    call_command("export_report", output=tmp_path / "report.out", format=ending, verbosity=0)
    assert (tmp_path / "report.out").read_bytes() == client.get(ADDRESSES[ending]).content
    assert [path.name for path in tmp_path.iterdir()] == ["report.out"]


def test_the_files_of_all_periods_are_made_at_the_terminal_too(client, monkeypatch):
    out = StringIO()
    for ending, made in FORMATS.items():
        monkeypatch.setitem(FORMATS, ending, replace(made, write=lambda scope, site: b"file"))
    call_command("publish_files", stdout=out)
    assert out.getvalue().splitlines()[-1] == "已生成 1 个时期的文件。"
    assert client.get("/report.pdf").content == b"file"
    with pytest.raises(CommandError, match="没有公布的时期“1999”"):
        call_command("publish_files", period="1999")
