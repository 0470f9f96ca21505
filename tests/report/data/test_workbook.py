"""The workbook: real tables, numbers as numbers, and nothing that a spreadsheet would run."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.report.office import SITE, converted, correct_training, with_libreoffice
from tests.report.scopes import as_edition, review_scope
from tests.support import corrected, fact
from xinyi_sat.facts.models import Figure, fact_kinds
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.workbook import workbook_of
from xinyi_sat.report.imprint import Imprint, Site

pytestmark = pytest.mark.django_db


def made() -> bytes:
    return workbook_of(review_scope(), Site(SITE))


def opened(workbook: bytes) -> Workbook:
    return load_workbook(io.BytesIO(workbook))


@pytest.fixture
def book(workbook) -> Workbook:
    """The workbook of the published facts, opened."""
    return opened(workbook)


def cells_of(book: Workbook, title: str) -> list[tuple]:
    return list(book[title].iter_rows(values_only=True))


def rows_of(book: Workbook, title: str) -> list[dict]:
    heads, *rows = cells_of(book, title)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def cover_of(book: Workbook) -> dict:
    return {row[0]: row[1] for row in cells_of(book, "封面")[3:]}


def kind_titles() -> list[str]:
    return [kind._meta.verbose_name for kind in fact_kinds()]


def test_the_sheets_are_cover_contents_notes_then_a_real_table_each_from_a1_with_its_head_in_sight(book):
    assert book.sheetnames == ["封面", "目录", "说明", "全部数字", "全部记录", *kind_titles()]
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        heads = [cell.value for cell in sheet[1]]
        assert table.ref.split(":")[0] == "A1"
        assert [column.name for column in table.tableColumns] == heads
        assert len(heads) == len(set(heads))
        assert sheet.freeze_panes == "A2"
        assert not sheet.merged_cells.ranges


def test_the_cover_says_who_what_which_years_and_read_from_what(book):
    assert [row[0] for row in cells_of(book, "封面")[:2]] == ["新沂市科学技术协会", "工作回顾数据报告"]
    cover = cover_of(book)
    assert cover["时期"] == "2017—2021年（起止为推断）"
    assert "《新沂市科协五年工作回顾》" in cover["数据读自"]
    assert cover["内容"].startswith(f"37 个数字，73 条记录，分 {len(fact_kinds())} 类")


def test_the_cover_says_that_the_data_are_no_edition_yet_or_which_one_they_are(book):
    assert cover_of(book)["版次"] == book.properties.contentStatus == "现行数据（尚未定版）"
    scope = as_edition(review_scope())
    edition = opened(workbook_of(scope, Site(SITE)))
    cover = cover_of(edition)
    assert [(label, cover[label]) for label, _ in data_lines(Imprint(scope))] == data_lines(Imprint(scope))
    assert "2017—2021年，第1版，2026年11月24日。" in cover["引用"]
    assert edition.properties.contentStatus == "第1版，2026年11月24日"


def test_the_contents_lead_to_every_sheet_and_count_its_rows(book):
    links = [cell.hyperlink.location for cell in book["目录"]["A"][1:]]
    assert links == [f"'{title}'!A1" for title in book.sheetnames]
    counts = {row["工作表"]: row["行数"] for row in rows_of(book, "目录")}
    assert (counts["封面"], counts["全部数字"], counts["全部记录"]) == (None, 37, 73)
    assert counts["说明"] == book["说明"].max_row - 1


def test_the_notes_explain_people_attendances_qualifiers_bases_places_and_single_facts(book):
    notes = {row["项目"]: row for row in rows_of(book, "说明")}
    assert "从不相加" in notes["人与人次"]["说明"]
    assert notes["多于"]["原文用词或出处"] == "10余家、4200多名"
    assert "4200 至 4300 之间" in notes["多于"]["说明"]
    assert notes["全期合计"]["类别"] == "口径"
    assert notes["科技志愿者"]["原文用词或出处"] == "第 18 段"
    assert "是更改后的写法，可能与原文不同" in notes["原文写作"]["说明"]
    assert "数据表中“起”“止”两列从 0 数起，止位不含" in notes["起、止"]["说明"]


def test_a_figure_is_a_number_with_its_wording_beside_it(book):
    rows = rows_of(book, "全部数字")
    assert len(rows) == 37
    [volunteers] = [row for row in rows if row["名称"] == "科技志愿者"]
    assert volunteers.pop("说明")
    assert volunteers == {
        "类别": "队伍",
        "标识": "science-volunteers",
        "名称": "科技志愿者",
        "指标": "人数",
        "原文写作": "4200多名",
        "下限": 4200,
        "上限": 4300,
        "读法": "多于",
        "单位": "名",
        "口径": "原文未说明",
        "服务": "科协组织建设",
        "时期": "2017—2021年",
        "文献": "新沂市科协五年工作回顾",
        "段落": 18,
        "起": 136,
        "止": 142,
        "网址": "http://testserver/outreach/teams/2017-2021/science-volunteers/",
        "更正与修订": None,
        "改动日期": None,
    }
    places = [f"{row['起'] + 1}–{row['止']}" for row in rows]
    assert places == [figure.place for figure in Figure.objects.public().in_reading_order()]


def test_each_kind_has_the_columns_and_the_words_of_its_csv(book, client):
    for kind in fact_kinds():
        content = client.get(f"{kind.list_url()[:-1]}.csv").getvalue().decode("utf-8-sig")
        rows = cells_of(book, kind._meta.verbose_name)
        shown = [["" if cell is None else str(cell) for cell in row] for row in rows]
        assert shown == list(csv.reader(io.StringIO(content)))


def test_a_corrected_figure_says_so_beside_its_number():
    correct_training(participants="2343人")
    book = opened(made())
    [row] = [row for row in rows_of(book, "全部数字") if row["更正与修订"]]
    assert (row["原文写作"], row["更正与修订"]) == ("2343人〔更〕", "更正")
    [words] = [row["更正与修订"] for row in rows_of(book, "培训") if row["更正与修订"]]
    assert words.startswith("人数")
    assert words.endswith("日更正")


def test_no_cell_is_a_formula_and_none_becomes_one_when_edited(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    correct_training(title="=HYPERLINK(1)")
    [cell] = [cell for cell in opened(made())["培训"]["A"] if "HYPERLINK" in cell.value]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_line_breaks_of_a_note_are_kept_and_what_no_cell_takes_is_cut_with_a_sign():
    correct_training(note="第一行\r\n第二行\x07")
    corrected(fact("officials-science-lectures"), note="长" * 40000)
    notes = [row["说明"] for row in rows_of(opened(made()), "说明")]
    assert {"第一行\n第二行", "长" * 32766 + "…"} <= set(notes)


def test_the_file_says_its_title_and_author(book):
    assert book.properties.title == "新沂市科学技术协会工作回顾数据报告（2017—2021年）"
    assert book.properties.creator == "新沂市科学技术协会"


def test_the_same_records_give_the_same_bytes(workbook):
    assert made() == workbook


@pytest.mark.slow
@with_libreoffice
def test_libreoffice_reads_and_writes_every_cell_as_it_was(workbook, book, tmp_path: Path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook)
    again = load_workbook(converted(path, "xlsx"))
    assert again.sheetnames == book.sheetnames
    for title in book.sheetnames:
        assert cells_of(again, title) == cells_of(book, title)
        assert list(again[title].tables) == list(book[title].tables)
