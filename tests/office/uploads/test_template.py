"""The workbook that an office fills in: made from the models, and read back as it was written."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.office.uploads.clerks import FARM_COURSE, START, fill_in
from tests.support import corrected, fact
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Association, Fact, Organisation, fact_kinds

pytestmark = pytest.mark.django_db

REVIEW = "2017-2021"
SHARED = {"名称", "标识", "服务", "文献", "段落", "口径", "说明"}


def test_a_filled_template_uploaded_again_changes_nothing(clerk):
    shown = clerk.upload(clerk.download("", period=REVIEW), period=REVIEW)
    assert shown.problems == []
    assert shown.outcomes == ["unchanged"] * Fact.objects.count()
    assert "没有要保存的内容" in shown.text


def test_words_that_look_like_formulas_lines_and_names_with_separators_come_back_as_they_were(clerk):
    society = Organisation.objects.create(slug="a-b", name="甲、乙学会", kind="society")
    partners = [society, Organisation.objects.get(slug="optical-society")]
    training = fact("continuing-education")
    corrected(training, title="=HYPERLINK(1)", note="一\n二　\n三", audience="2021", partners=partners)
    downloaded = clerk.download(period=REVIEW)
    assert {cell.data_type for row in downloaded["培训"] for cell in row} <= {"s", "n"}
    titles = next(downloaded["培训"].iter_cols(max_col=1))
    next(cell for cell in titles if cell.value == "=HYPERLINK(1)").data_type = "s"
    assert set(clerk.upload(downloaded, period=REVIEW).outcomes) == {"unchanged"}


@pytest.mark.parametrize(("filled", "words", "others"), [(False, "空白表", "更改号"), (True, "更改号", "空白表")])
def test_a_template_for_all_has_a_sheet_a_kind_and_explains_every_column(clerk, year, filled, words, others):
    made = clerk.download("", filled=filled)
    kinds = [kind._meta.verbose_name for kind in fact_kinds()]
    assert made.sheetnames == [*kinds, "填写说明"]
    help_rows = list(made["填写说明"].iter_rows(values_only=True))
    rows = {row[:2]: row[2:] for row in help_rows}
    for title in kinds:
        headings = [str(cell.value).split("（")[0].rstrip("*") for cell in made[title][1]]
        assert len(headings) == len(set(headings))
        assert set(headings) >= SHARED
        assert {(title, heading) for heading in headings} <= set(rows)
    assert rows["培训", "人数"][1].startswith("照原文写数字和单位，单位用“人”“名”“位”")
    assert rows["培训", "形式"] == ("必填", "可选：培训班、讲座、入户示范。")
    explained = "".join(row[0] for row in help_rows if row[0] and not row[1])
    assert (words in explained, others in explained) == (True, False)


def test_an_empty_template_marks_what_is_required_and_is_read_when_it_is_filled_in(clerk, year):
    made = clerk.download(filled=False)
    headings = [cell.value for cell in made["培训"][1]]
    assert {one.rstrip("*") for one in headings if one.endswith("*")} == {"名称", "标识", "形式", "服务", "段落"}
    shown = clerk.upload(made)
    assert (shown.rows, shown.problems) == ([], ["表里没有填写任何一行。"])
    assert clerk.upload(fill_in(made, 2, **FARM_COURSE)).outcomes == ["new"]


def test_cells_to_fill_in_are_text_and_offer_the_words_to_choose_from(clerk, year):
    sheet = clerk.download(filled=False)["培训"]
    place = {str(cell.value).rstrip("*"): cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[place["期数"]].number_format == "@"  # or a program would make a date of it
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert lists[f"{place['形式']}2:{place['形式']}1001"] == '"培训班,讲座,入户示范"'


def test_a_template_filled_leaves_out_what_is_withdrawn_and_keeps_what_waits(clerk, year):
    training = clerk.enter()
    assert clerk.download()["培训"].max_row == 2
    corrected(training, state=FactState.WITHDRAWN)
    assert clerk.download()["培训"].max_row == 1


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"kind": "training"}, "培训录入表（2031年）.xlsx"), ({"filled": "on"}, "各类记录更正表（2031年）.xlsx")],
)
def test_the_file_says_what_it_is_for_and_whose_it_is(clerk, year, asked, name):
    Association.objects.update(name="临湖县科学技术协会")
    answer = clerk.client.get(f"{START}template/", {"period": "2031"} | asked)
    assert answer.filename == name
    made = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert (f"{made.properties.title}.xlsx", made.properties.creator) == (name, "临湖县科学技术协会")


def test_a_template_of_no_period_is_refused_beside_its_field(clerk):
    refused = clerk.client.get(f"{START}template/", {"period": "nothing"})
    assert refused.status_code == 400
    assert refused.context["template_form"].errors["period"]
