"""The workbook that an office fills in: made from the models, and read back as it was written."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from outreach.models import Training
from tests.changes import corrected
from tests.facts.uploads.office import FARM_COURSE, START, fill_in
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Organisation

pytestmark = pytest.mark.django_db

KINDS = ["奖项", "竞赛", "建言", "宣传报道", "培训", "科企对接", "科普平台", "科普阵地", "活动", "队伍"]
REVIEW = "2017-2021"


def rows_of(book: Workbook, title: str) -> list[tuple]:
    return list(book[title].iter_rows(values_only=True))


def test_a_filled_template_uploaded_again_changes_nothing(clerk):
    shown = clerk.upload(clerk.download("", period=REVIEW), period=REVIEW)
    assert shown.problems == []
    assert shown.outcomes == ["unchanged"] * 73
    assert "没有要保存的内容：表中各行与已有的记录完全相同。" in shown.text


def test_words_that_look_like_formulas_and_lines_come_back_as_they_were(clerk):
    training = Training.objects.get(slug="continuing-education")
    corrected(training, title="=HYPERLINK(1)", note="一\r\n二　\n_x000D_三 ", audience="2021")
    downloaded = clerk.download(period=REVIEW)
    assert {cell.data_type for row in downloaded["培训"] for cell in row} <= {"s", "n"}
    titles = next(downloaded["培训"].iter_cols(max_col=1))
    next(cell for cell in titles if cell.value == "=HYPERLINK(1)").data_type = "s"
    assert set(clerk.upload(downloaded, period=REVIEW).outcomes) == {"unchanged"}


def test_an_organisation_whose_name_has_a_separator_comes_back_too(clerk, year):
    training = clerk.enter()
    training.partners.add(Organisation.objects.create(slug="a-b", name="甲、乙学会", kind="society"))
    training.partners.add(Organisation.objects.get(slug="optical-society"))
    assert clerk.upload(clerk.download()).outcomes == ["unchanged"]


def test_a_template_for_all_has_a_sheet_a_kind_then_help(clerk, year):
    made = clerk.download("", filled=False)
    assert made.sheetnames == [*KINDS, "填写说明"]
    for title in KINDS:
        headings = [str(cell.value).rstrip("*") for cell in made[title][2]]
        assert len(headings) == len(set(headings))
        assert {"名称", "标识", "服务", "文献", "段落", "口径", "说明"} <= set(headings)
    assert clerk.download().sheetnames == ["培训", "填写说明"]


def test_a_sheet_says_its_period_and_document_and_marks_what_is_required(clerk):
    stated, headings, example = rows_of(clerk.download(filled=False, period=REVIEW), "培训")
    assert stated[:4] == ("时期", "2017—2021年", "文献", "新沂市科协五年工作回顾")
    assert {one.rstrip("*") for one in headings if one.endswith("*")} == {"名称", "标识", "形式", "服务", "段落"}
    assert example[:2] == ("示例：上传时不读取", "示例")
    assert example[headings.index("期数")] == "17期"


def test_an_empty_template_holds_nothing_to_save(clerk, year):
    shown = clerk.upload(clerk.download("", filled=False))
    assert (shown.lines, shown.problems) == ([], ["表里没有填写任何一行。"])


@pytest.mark.parametrize(("filled", "said", "unsaid"), [(False, "示例行", "更改号"), (True, "更改号", "示例行")])
def test_what_is_said_of_the_workbook_is_true_of_it(clerk, year, filled, said, unsaid):
    explained = "".join(row[0] for row in rows_of(clerk.download(filled=filled), "填写说明") if row[0] and not row[1])
    assert said in explained
    assert unsaid not in explained


def test_every_column_is_explained_in_chinese(clerk, year):
    made = clerk.download("", filled=False)
    rows = {row[:2]: row[2:] for row in rows_of(made, "填写说明")}
    for title in KINDS:
        assert {(title, str(cell.value).rstrip("*")) for cell in made[title][2]} <= set(rows)
    assert rows["培训", "人数"][1].startswith("照原文写数字和单位，单位用“人”“名”“位”")
    assert rows["培训", "形式"] == ("必填", "从列表中选一项。可选：培训班、讲座、入户示范。")


def test_cells_to_fill_in_are_text_and_offer_the_words_to_choose_from(clerk, year):
    made = clerk.download(filled=False)
    sheet = made["培训"]
    place = {str(cell.value).rstrip("*"): cell.column for cell in sheet[2]}
    assert sheet.cell(3, place["期数"]).number_format == "@"  # or a program would make a date of it
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    first = sheet.cell(3, place["形式"])
    assert [lists[cells] for cells in lists if cells.startswith(f"{first.coordinate}:")] == ['"培训班,讲座,入户示范"']


def test_a_template_filled_leaves_out_what_is_withdrawn_and_keeps_what_waits(clerk, year):
    training = clerk.enter()
    assert len(rows_of(clerk.download(), "培训")) == 3
    corrected(training, state=FactState.WITHDRAWN)
    assert len(rows_of(clerk.download(), "培训")) == 2


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"kind": "training"}, "培训录入表（2031年）.xlsx"), ({"filled": "on"}, "各类记录更正表（2031年）.xlsx")],
)
def test_the_name_of_the_file_says_what_it_is_for(clerk, year, asked, name):
    answer = clerk.client.get(f"{START}template/", {"period": "2031"} | asked)
    assert answer.filename == name
    assert load_workbook(BytesIO(b"".join(answer.streaming_content)))


def test_a_template_of_no_period_is_refused_beside_its_field(clerk):
    refused = clerk.client.get(f"{START}template/", {"period": "nothing"})
    assert refused.status_code == 400
    assert refused.context["template_form"].errors["period"]


def test_a_row_typed_into_the_template_is_read(clerk, year):
    shown = clerk.upload(fill_in(clerk.download(filled=False), 4, **FARM_COURSE))
    assert [(line["number"], line["outcome"]) for line in shown.lines] == [(4, "new")]
    assert "人数：近300人" in shown.text
