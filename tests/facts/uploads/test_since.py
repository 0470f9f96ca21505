"""An older sheet does not undo what others have saved since it was downloaded, and says whom it contradicts."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from achievements.models import Award
from outreach.models import Training
from tests.changes import REASON
from tests.facts.uploads.offices import (
    FARM_COURSE,
    PARAGRAPHS,
    checked_file,
    compared,
    entered,
    filled,
    refusals,
    saved,
    sheet,
)
from tests.report.office import converted, with_libreoffice
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.models import Fact, Organisation, Passage, Period
from xinyi_sat.facts.uploads.checking import Checked
from xinyi_sat.facts.uploads.sheets import Sheet, read_sheets
from xinyi_sat.facts.uploads.since import last_change
from xinyi_sat.facts.uploads.stamp import SLUG, Stamp
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


def by_another(training: Fact, **fields) -> None:
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


def test_a_record_that_another_added_since_is_not_gone_over(year):
    given = filled(FARM_COURSE | {"人数": "310人"})
    entered(year)
    [(number, header, reason)] = refusals(compared(year, given))
    assert (number, header) == (2, "人数")
    assert reason.startswith("下载此表之后“编辑”填了“近300人”")


def test_a_sheet_uploaded_once_more_contradicts_nothing_that_it_saved_itself(year):
    for passage in Passage.objects.filter(document__period=year):
        passage.text = PARAGRAPHS[passage.paragraph - 1]
        passage.save_without_historical_record()
    blank = dict.fromkeys(["文献", "人数起于第几字", "人数止于第几字"])
    given = filled(FARM_COURSE | blank)
    saved(compared(year, given), year)
    training = Training.objects.get(period=year)
    assert (training.passage.document.slug, training.participants_start) == ("review-2031", 11)
    assert outcome(compared(year, given)) == ("unchanged", [], [])
    by_another(training, sessions="13期", participants_start=12)
    assert outcome(compared(year, given)) == (
        "unchanged",
        [],
        ["期数：下载此表之后“王编辑”改成了“13期”，照此保留。"],
    )


@pytest.fixture
def clerk(db) -> User:
    """Whoever uploads, and goes on in the same sheet."""
    return User.objects.create(username="clerk")


@pytest.fixture
def uploaded(year, downloaded, clerk) -> Path:
    """A sheet with a number that its owner typed and uploaded."""
    typed = with_cells(downloaded, 人数="310人")
    saved(checked_file(typed, year, user=clerk), year, user=clerk, kind=ChangeKind.CORRECTION)
    return typed


def test_who_goes_on_in_his_own_sheet_contradicts_nobody(year, uploaded, clerk):
    typed = with_cells(uploaded, 人数="320人")
    assert outcome(checked_file(typed, year, user=clerk)) == ("changed", ["人数：310人 → 320人"], [])
    assert [header for _, header, _ in refusals(checked_file(typed, year))] == ["人数"]


def test_his_own_sheet_does_not_undo_what_its_owner_has_corrected_elsewhere(year, uploaded, clerk):
    training = Training.objects.get(period=year)
    training.participants = "311人"
    training.save_as(ChangeKind.CORRECTION, REASON, user=clerk)
    status, differences, [kept] = outcome(checked_file(uploaded, year, user=clerk))
    assert (status, differences) == ("unchanged", [])
    assert kept == "人数：下载此表之后“clerk”改成了“311人”，照此保留。"


def test_his_own_sheet_does_not_go_over_another(year, uploaded, clerk):
    by_another(Training.objects.get(period=year), participants="311人")
    assert outcome(checked_file(uploaded, year, user=clerk))[0] == "unchanged"
    [(_, header, reason)] = refusals(checked_file(with_cells(uploaded, 人数="320人"), year, user=clerk))
    assert header == "人数"
    assert reason.startswith("下载此表之后“王编辑”填了“311人”")


def test_what_another_has_deleted_or_renamed_since_does_not_come_back_as_new(year, downloaded):
    training = Training.objects.get(period=year)
    by_another(training, slug="farming-course")
    reason = "下载此表之后“王编辑”把这条记录的标识改成了“farming-course”，请照此修改这一行的标识。"
    assert refusals(checked_file(downloaded, year)) == [(3, "标识", reason)]
    training.delete()
    [(number, header, reason)] = refusals(checked_file(downloaded, year))
    assert (number, header) == (3, "标识")
    assert reason.endswith("删除了这条记录。不要了就删去这一行，还要就重新下载，另起一行录入。")
    assert [row.outcome for row in compared(year, filled(FARM_COURSE)).rows] == ["new"]


def test_what_a_record_had_once_may_be_gone_altogether(year):
    award = {"标识": "a", "名称": "甲", "服务": "为科技工作者服务", "段落": "1", "类别": "评选表彰", "级别": "国家级"}
    society = Organisation.objects.create(slug="plant-society", name="植物学会", kind="society")
    saved(compared(year, sheet(award | {"授奖单位": society.name}, title="奖项")), year)
    given = filled({"标识": "a", "名称": "甲"}, kind=Award)
    by_another(
        Award.objects.get(period=year),
        conferred_by=Organisation.objects.get(slug="optical-society"),
        passage=Passage.objects.get(document__period=year, paragraph=2),
    )
    society.delete()
    Passage.objects.get(document__period=year, paragraph=1).delete()
    assert outcome(compared(year, given)) == ("unchanged", [], [])


def sheet_of(path: Path) -> Sheet:
    return next(one for one in read_sheets(path, path.name) if one.title == "培训")


def test_whatever_rows_and_columns_are_deleted_from_a_sheet_it_undoes_nothing(year, downloaded):
    by_another(Training.objects.get(period=year), participants="302人")
    whole = sheet_of(downloaded)
    [(_, headers)] = [row for row in whole.rows if row[0] == 2]
    stays = ["人数：下载此表之后“王编辑”改成了“302人”，照此保留。"]
    for place, header in enumerate(headers):
        left = Sheet("培训", [(number, cells[:place] + cells[place + 1 :]) for number, cells in whole.rows])
        if header.startswith("标识"):
            assert "找不到标题行" in compared(year, left).problems[0]
        else:
            assert outcome(compared(year, left)) == ("unchanged", [], [] if header == "人数" else stays)
    [stated, headers, record] = whole.rows
    assert outcome(compared(year, Sheet("培训", [headers, record]))) == ("unchanged", [], stays)
    assert "找不到标题行" in compared(year, Sheet("培训", [stated, record])).problems[0]


@with_libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_sheet_cut_down_and_saved_by_an_office_program_still_says_how_old_it_is(year, downloaded, ending):
    by_another(Training.objects.get(period=year), participants="302人")
    book = load_workbook(downloaded)
    book["培训"].delete_cols(3, 3)
    book["培训"].delete_rows(1)
    book["培训"].delete_cols(1)
    del book["填写说明"]
    book.save(downloaded)
    checked = checked_file(converted(downloaded, ending), year)
    assert outcome(checked) == ("unchanged", [], ["人数：下载此表之后“王编辑”改成了“302人”，照此保留。"])


def test_a_sheet_that_does_not_say_how_old_it_is_changes_no_record_there_is(year):
    entered(year)
    added = FARM_COURSE | {"标识": "second-course"}
    checked = compared(year, sheet(FARM_COURSE | {"人数": "310人"}, added))
    [(number, header, reason)] = refusals(checked)
    assert (number, header) == (2, "标识")
    assert "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。" in reason
    assert [row.outcome for row in compared(year, sheet(FARM_COURSE, added)).rows] == ["unchanged", "new"]


def test_a_change_number_that_is_yet_to_come_is_none(year):
    entered(year)
    given = filled(FARM_COURSE | {"人数": "310人"})
    given.rows[0][1][1] = Stamp("2031年", last_change(Training) + 1).beside(SLUG)
    [(_, header, reason)] = refusals(compared(year, given))
    assert (header, "没有本网站的更改号" in reason) == ("标识", True)


def stamped(header: str) -> Sheet:
    given = sheet(FARM_COURSE)
    given.rows[0][1][1] = header
    return given


@pytest.mark.parametrize("header", ["标识*(2031 年, 更改号：０)", "标识* \n（2031，更改号0）"])
def test_what_is_written_beside_the_header_of_the_slug_is_understood(year, header):
    assert [row.outcome for row in compared(year, stamped(header)).rows] == ["new"]


@pytest.mark.parametrize("header", ["标识（2031年，更改号 昨天）", "标识（更改号 5）", "标识*(2031年)"])
def test_a_change_number_that_is_no_longer_whole_is_refused(year, header):
    [problem] = compared(year, stamped(header)).problems
    assert problem == (
        f"工作表“培训”的标题“{header}”看不懂，应像“标识（2031年，更改号 1024）”。请照下载时的样子改回来，或重新下载。"
    )


def test_a_sheet_filled_for_another_period_is_refused_whatever_is_deleted_above_it(year):
    [problem] = compared(year, stamped("标识（2017—2021年，更改号 5）")).problems
    assert "写明的时期是“2017—2021年”，上传时选的是“2031年”" in problem
