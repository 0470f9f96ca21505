"""An edition of an earlier program: its figures are compared, and what only the program says otherwise is not called wrong."""

import re

import pytest

from outreach.models import Training
from tests.changes import corrected
from tests.report.scopes import small_year
from xinyi_sat.report import libraries
from xinyi_sat.report.data.datapackage import package_of
from xinyi_sat.report.editions.verifying import compared
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.libraries import printing_libraries
from xinyi_sat.report.models import Edition, EditionFile
from xinyi_sat.report.rendering import program
from xinyi_sat.report.rendering.program import program_version
from xinyi_sat.report.scope import Scope

OTHER_WORDS = (
    "report-2030-edition-1.zip：按当时的记录重编，发布后程序有更新，各表的写法不同，不能逐字比较；"
    "全部记录和数字的名称、写法、数值、单位、口径和出处都与当时相同"
)


@pytest.fixture
def package(db) -> EditionFile:
    """The data package of an edition of a small year."""
    edition = Edition(period=small_year(), number=1)
    return EditionFile(edition=edition, ending="zip", content=package_of(Scope(edition.period), Site()))


def again(package: EditionFile) -> bytes:
    """The package as it would be made now."""
    return package_of(Scope(package.edition.period), Site())


def test_a_choice_that_is_called_otherwise_now_makes_no_difference_of_figures(package, monkeypatch):
    form = Training._meta.get_field("form")
    monkeypatch.setattr(form, "choices", [(value, f"{label}（新名）") for value, label in form.choices])
    finding = compared(package, again(package), is_same_program=False)
    assert (finding.is_right, finding.words) == (True, OTHER_WORDS)
    assert not compared(package, again(package), is_same_program=True).is_right


@pytest.mark.parametrize("changed", [{"participants": "1024人"}, {"basis": "yearly"}])
def test_a_figure_that_is_another_one_now_is_called_wrong(package, changed):
    corrected(Training.objects.get(period__slug="2030", slug="officials-science-lectures"), **changed)
    finding = compared(package, again(package), is_same_program=False)
    assert (finding.is_right, finding.words.endswith("数字与当时不同")) == (False, True)


def test_a_record_that_is_called_otherwise_or_is_not_there_now_is_called_wrong(package):
    record = Training.objects.get(period__slug="2030", slug="officials-science-lectures")
    title, record.title = record.title, "另一个名称"
    corrected(record)
    assert not compared(package, again(package), is_same_program=False).is_right
    corrected(record, title=title)
    assert compared(package, again(package), is_same_program=False).is_right
    corrected(record, state="withdrawn")
    assert not compared(package, again(package), is_same_program=False).is_right


def test_another_file_of_a_typeface_is_another_program_and_the_same_file_put_there_again_is_none(monkeypatch, tmp_path):
    typeface = tmp_path / "a.ttf"
    monkeypatch.setattr(program, "typeface_files", lambda: [str(typeface)])
    versions = []
    for content in (b"one", b"one", b"other"):
        typeface.write_bytes(content)
        versions.append(program_version.__wrapped__())
    first, same, other = versions
    assert first == same != other


def test_another_pango_is_another_program_though_no_file_of_ours_is_another(monkeypatch):
    assert re.fullmatch(r"libpango-1\.0\.so\.0 1\.[0-9]+\.[0-9]+", printing_libraries()[-2])
    before = program_version.__wrapped__()
    monkeypatch.setattr(libraries, "system_version", lambda library, asked: "1.99.0")
    assert program_version.__wrapped__() != before
