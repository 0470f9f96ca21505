"""An older sheet does not undo what others have saved since it was downloaded, and says whom it contradicts."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from outreach.models import Training
from tests.changes import REASON
from tests.facts.uploads.offices import FARM_COURSE, checked_file, compared, entered, refusals, sheet
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Organisation, Passage, Period
from xinyi_sat.facts.uploads.checking import Checked
from xinyi_sat.facts.uploads.sheets import Sheet
from xinyi_sat.facts.uploads.template import template_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def downloaded(year, tmp_path) -> Path:
    """The trainings of the year as somebody has downloaded them."""
    entered(year, 期数="")
    return download(year, tmp_path)


def download(year: Period, folder: Path) -> Path:
    path = folder / "培训更正表.xlsx"
    path.write_bytes(template_file(year, [Training], is_filled=True).getvalue())
    return path


def by_another(training: Training, **fields) -> None:
    """A change that somebody else saves meanwhile."""
    colleague, _ = User.objects.get_or_create(username="wang", first_name="王编辑")
    for name, value in fields.items():
        setattr(training, name, value)
    training.save_as(ChangeKind.CORRECTION, REASON, user=colleague)


def with_cells(path: Path, **cells: str) -> Path:
    """The workbook with these cells typed into its only record, by their headers."""
    book = load_workbook(path)
    headers = [str(cell.value).rstrip("*") for cell in book["培训"][2]]
    for header, value in cells.items():
        book["培训"].cell(3, headers.index(header) + 1).value = value
    book.save(path)
    return path


def outcome(checked: Checked) -> tuple[str, list[str], list[str]]:
    """What would be done with the only row: changed from what to what, and what of others stays."""
    assert checked.problems == []
    [row] = checked.rows
    return row.outcome, [str(one) for one in row.differences], row.kept


def test_what_another_has_changed_since_stays(year, downloaded):
    by_another(Training.objects.get(period=year), participants="302人", note="另有协会参加")
    kept = [
        "人数：下载此表之后“王编辑”改成了“302人”，照此保留。",
        "说明：下载此表之后“王编辑”改成了“另有协会参加”，照此保留。",
    ]
    assert outcome(checked_file(downloaded, year)) == ("unchanged", [], kept)
    typed = with_cells(downloaded, 期数="12期")
    assert outcome(checked_file(typed, year)) == ("changed", ["期数：（空） → 12期"], kept)
    assert checked_file(typed, year).summary()["kept"] == 1


def test_what_another_has_filled_in_since_is_not_emptied(year, downloaded):
    by_another(Training.objects.get(period=year), sessions="12期")
    assert outcome(checked_file(downloaded, year))[:2] == ("unchanged", [])


def test_what_contradicts_another_is_refused_with_his_name_and_what_he_saved(year, downloaded):
    by_another(Training.objects.get(period=year), participants="302人")
    reason = "下载此表之后“王编辑”填了“302人”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"
    assert refusals(checked_file(with_cells(downloaded, 人数="310人"), year)) == [(3, "人数", reason)]
    assert outcome(checked_file(with_cells(downloaded, 人数="302人"), year)) == ("unchanged", [], [])


def test_organisations_and_paragraph_of_another_stay_too(year, downloaded):
    training = Training.objects.get(period=year)
    training.partners.add(Organisation.objects.get(slug="optical-society"))
    by_another(training, passage=Passage.objects.get(document__period=year, paragraph=3))
    assert Training.objects.get(period=year).partners.count() == 1
    status, differences, kept = outcome(checked_file(downloaded, year))
    assert (status, differences) == ("unchanged", [])
    assert [one.partition("：")[0] for one in kept] == ["合作单位", "段落"]


def test_a_sheet_downloaded_after_the_change_is_taken_at_its_word(year, downloaded, tmp_path):
    by_another(Training.objects.get(period=year), participants="302人")
    again = with_cells(download(year, tmp_path), 人数="310人")
    assert outcome(checked_file(again, year)) == ("changed", ["人数：302人 → 310人"], [])


def test_a_record_that_was_added_since_is_not_gone_over(year):
    given = sheet(FARM_COURSE | {"人数": "310人"})
    entered(year)
    older = Sheet("培训", [(1, ["更改号", "0"]), *((number + 1, cells) for number, cells in given.rows)])
    [(number, header, reason)] = refusals(compared(year, older))
    assert (number, header) == (3, "人数")
    assert reason.startswith("下载此表之后“编辑”填了“近300人”")


def test_a_change_number_that_is_none_is_refused(year):
    older = Sheet(
        "培训", [(1, ["更改号", "昨天"]), *((number + 1, cells) for number, cells in sheet(FARM_COURSE).rows)]
    )
    [problem] = compared(year, older).problems
    assert problem.startswith("工作表“培训”上方写的更改号“昨天”不是整数")
