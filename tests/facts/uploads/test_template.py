"""The workbook that an office fills in: made from the models, and read back as it was written."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from outreach.models import Training
from tests.changes import corrected
from tests.facts.uploads.offices import FARM_COURSE, checked_file, entered, next_year
from tests.report.office import converted, with_libreoffice
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Organisation, Period
from xinyi_sat.facts.uploads.layout import columns_of
from xinyi_sat.facts.uploads.template import template_file, template_name

pytestmark = pytest.mark.django_db

KINDS = ["奖项", "竞赛", "建言", "宣传报道", "培训", "科企对接", "科普平台", "科普阵地", "活动", "队伍"]


@pytest.fixture
def review() -> Period:
    return Period.objects.get(slug="2017-2021")


def template(folder: Path, period: Period, *kinds: type, is_filled: bool = False) -> Path:
    path = folder / "录入表.xlsx"
    path.write_bytes(template_file(period, list(kinds) or fact_kinds(), is_filled=is_filled).getvalue())
    return path


def opened(path: Path) -> Workbook:
    return load_workbook(io.BytesIO(path.read_bytes()))


def rows_of(book: Workbook, title: str) -> list[tuple]:
    return list(book[title].iter_rows(values_only=True))


def test_a_filled_template_uploaded_again_changes_nothing(tmp_path, review):
    counts = checked_file(template(tmp_path, review, is_filled=True), review).summary()
    assert counts["problems"] == []
    assert counts["counts"] == {"refused": 0, "changed": 0, "new": 0, "unchanged": 73}


@with_libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_filled_template_saved_by_an_office_program_changes_nothing(tmp_path, review, ending):
    path = converted(template(tmp_path, review, is_filled=True), ending)
    assert checked_file(path, review).summary()["counts"] == {"refused": 0, "changed": 0, "new": 0, "unchanged": 73}


def test_words_that_look_like_formulas_and_lines_come_back_as_they_were(tmp_path, review):
    training = Training.objects.get(slug="continuing-education")
    corrected(training, title="=HYPERLINK(1)", note="一\r\n二　\n_x000D_三 ", audience="2021")
    path = template(tmp_path, review, Training, is_filled=True)
    assert {cell.data_type for row in opened(path)["培训"] for cell in row} <= {"s", "n"}
    assert {row.outcome for row in checked_file(path, review).rows} == {"unchanged"}


def test_an_organisation_whose_name_has_a_separator_comes_back_too(tmp_path):
    year = next_year()
    training = entered(year)
    training.partners.add(Organisation.objects.create(slug="a-b", name="甲、乙学会", kind="society"))
    training.partners.add(Organisation.objects.get(slug="optical-society"))
    checked = checked_file(template(tmp_path, year, Training, is_filled=True), year)
    assert [row.outcome for row in checked.rows] == ["unchanged"]


def test_a_template_for_all_has_a_sheet_a_kind_then_help_and_options(tmp_path, review):
    assert opened(template(tmp_path, review)).sheetnames == [*KINDS, "填写说明", "选项"]
    assert opened(template(tmp_path, review, Training)).sheetnames == ["培训", "填写说明", "选项"]


def test_a_sheet_says_its_period_and_document_and_marks_what_is_required(tmp_path, review):
    stated, headers, example = rows_of(opened(template(tmp_path, review)), "培训")
    assert stated[:4] == ("时期", "2017—2021年", "文献", "新沂市科协五年工作回顾")
    required = {header.rstrip("*") for header in headers if header.endswith("*")}
    assert required == {"名称", "标识", "形式", "服务", "段落"}
    assert example[:2] == ("示例：上传时不读取", "示例")
    assert example[headers.index("期数")] == "17期"


def test_an_empty_template_holds_nothing_to_save(tmp_path, review):
    checked = checked_file(template(tmp_path, review), review)
    assert (checked.rows, checked.examples) == ([], 10)
    assert checked.problems == ["表里没有填写任何一行。"]


@pytest.mark.parametrize(("is_filled", "said", "unsaid"), [(False, "示例行", "更改号"), (True, "更改号", "示例行")])
def test_what_is_said_of_the_workbook_is_true_of_it(tmp_path, review, is_filled, said, unsaid):
    book = opened(template(tmp_path, review, Training, is_filled=is_filled))
    explained = "".join(row[0] for row in rows_of(book, "填写说明") if row[0] and not row[1])
    assert said in explained
    assert unsaid not in explained


def test_every_column_is_explained_in_chinese(tmp_path, review):
    rows = {row[:2]: row[2:] for row in rows_of(opened(template(tmp_path, review)), "填写说明")}
    for kind in fact_kinds():
        for column in columns_of(kind):
            assert (kind._meta.verbose_name, column.header) in rows
    assert rows["培训", "人数"][1].startswith("照原文写数字和单位，单位用“人”“名”“位”")
    assert rows["培训", "形式"] == ("必填", "从列表中选一项。可选：培训班、讲座、入户示范。")


def test_words_to_choose_from_are_offered_in_a_list(tmp_path, review):
    book = opened(template(tmp_path, review, Training))
    sheet = book["培训"]
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    place = [cell.value for cell in sheet[2]].index("形式*") + 1
    [source] = [lists[cells] for cells in lists if cells.startswith(f"{sheet.cell(3, place).column_letter}3:")]
    letter = source.split("!")[1][1]
    assert [cell.value for cell in book["选项"][letter]][:3] == ["培训班", "讲座", "入户示范"]


def test_a_cell_to_fill_in_is_text_so_that_no_program_makes_a_date_of_it(tmp_path, review):
    sheet = opened(template(tmp_path, review, Training))["培训"]
    place = [cell.value for cell in sheet[2]].index("期数")
    assert sheet.column_dimensions["F"].number_format == "@"
    assert sheet.cell(3, place + 1).number_format == "@"


def test_a_template_filled_leaves_out_what_is_withdrawn_and_keeps_what_waits(tmp_path):
    year = next_year()
    training = entered(year)
    assert len(rows_of(opened(template(tmp_path, year, Training, is_filled=True)), "培训")) == 3
    corrected(training, state=FactState.WITHDRAWN)
    assert len(rows_of(opened(template(tmp_path, year, Training, is_filled=True)), "培训")) == 2


def test_the_name_of_the_file_says_what_it_is_for(review):
    assert template_name(review, [Training], is_filled=False) == "培训录入表（2017—2021年）.xlsx"
    assert template_name(review, fact_kinds(), is_filled=True) == "各类记录更正表（2017—2021年）.xlsx"


def test_a_row_typed_into_the_template_is_read(tmp_path):
    year = next_year()
    book = opened(template(tmp_path, year, Training))
    headers = [str(cell.value).rstrip("*") for cell in book["培训"][2]]
    for header, value in FARM_COURSE.items():
        book["培训"].cell(4, headers.index(header) + 1).value = value
    path = tmp_path / "填好.xlsx"
    book.save(path)
    [row] = checked_file(path, year).rows
    assert (row.number, row.outcome, str(row.fact.participants)) == (4, "new", "近300人")
