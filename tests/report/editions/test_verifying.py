"""Verifying an edition: its files are those that were stored, and its tables say what the records said then."""

import io
import zipfile
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.report.editions.issued import issued
from tests.report.scopes import small_year
from tests.support import again, break_rule, corrected, fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Document
from xinyi_sat.report.archive import archive
from xinyi_sat.report.editions.verifying import verified
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.models.digests import sha256_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(monkeypatch) -> Edition:
    """An edition of a small year, whose PDF nobody looks into."""
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], write=lambda scope, site: b"%PDF"))
    small_year()
    return issued(period="2030")


def found() -> list[str]:
    """What the command says of an edition of which something is wrong."""
    out = StringIO()
    with pytest.raises(CommandError, match="处不符"):
        call_command("verify_edition", stdout=out)
    return [line.strip() for line in out.getvalue().splitlines() if "不符" in line]


def replace_package(edition: Edition, change) -> None:
    """Put other tables into the stored package, with a digest that fits, as only who holds the database can."""
    file = edition.file("zip")
    with zipfile.ZipFile(io.BytesIO(bytes(file.content))) as packed:
        tables = {name: change(name, packed.read(name)) for name in packed.namelist()}
    content = archive(tables)
    break_rule("report_editionfile", "never_changes")
    EditionFile.objects.filter(pk=file.pk).update(content=content, sha256=sha256_of(content))


def test_an_edition_says_what_the_records_said_then_whatever_became_of_them(edition):
    lectures = fact("officials-science-lectures", "2030")
    corrected(lectures, participants="1024人", title="另一个名称")
    save(fact("continuing-education", "2030"), ChangeKind.WITHDRAWAL, "误录", state="withdrawn")
    again(lectures, Document.objects.get(slug="review-2030"), slug="later", participants="5人")
    corrected(Document.objects.get(slug="review-2030").passages.get(paragraph=2), paragraph=9)
    out = StringIO()
    call_command("verify_edition", stdout=out)
    report = out.getvalue()
    assert report.count("与发布时的校验值相符") == 3
    assert "facts.csv：2 行，与当时的记录相同" in report
    assert "figures.csv：2 行，与当时的记录相同" in report
    assert "1 版全部相符" in report


def test_the_edition_of_the_review_says_what_its_records_say(monkeypatch):
    monkeypatch.setitem(FORMATS, "pdf", replace(FORMATS["pdf"], write=lambda scope, site: b"%PDF"))
    assert all(finding.is_right for finding in verified(issued()))


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [("1023", "1024", "figures"), (",officials-science-lectures,", ",another,", "facts")],
)
def test_a_table_that_says_something_else_is_found(edition, old, new, table):
    replace_package(
        edition,
        lambda name, content: content.replace(old.encode(), new.encode()) if name == f"{table}.csv" else content,
    )
    [line] = found()
    assert line.startswith(f"不符　{table}.csv：与当时的记录不同，例如 training，")


def test_a_file_that_was_tampered_with_is_found(edition, monkeypatch):
    break_rule("report_editionfile", "never_changes")
    edition.files.filter(ending="pdf").update(content=b"%PDF-other")
    assert found() == ["不符　report-2030-edition-1.pdf：与发布时的校验值不符，文件已损坏"]


def test_a_file_that_is_gone_is_missed(edition):
    break_rule("report_editionfile", "stays")
    edition.files.filter(ending="zip").delete()
    assert found() == ["不符　数据包：发布时存的文件不见了"]
