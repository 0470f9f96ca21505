"""The workbook: real tables, numbers as numbers, and nothing that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from tests.changes import AFTER_MIDNIGHT
from tests.report.office import SITE, converted, correct_training, empty_period, with_libreoffice
from tests.report.scopes import as_edition, review_scope
from xinyi_sat.facts.figures import all_figures
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.report.colophon import data_digest, data_lines
from xinyi_sat.report.data.workbook import workbook_of
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope

pytestmark = pytest.mark.django_db

KINDS = ["奖项", "竞赛", "建言", "宣传报道", "培训", "科企对接", "科普平台", "科普阵地", "活动", "队伍"]
TABLES = ["目录", "说明", "全部数字", "全部记录", *KINDS]


def made() -> bytes:
    return workbook_of(review_scope(), Site(SITE))


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker) -> bytes:
    """The workbook of the published facts."""
    with django_db_blocker.unblock():
        return made()


@pytest.fixture
def book(content) -> Iterator[Workbook]:
    """The same, opened."""
    opened = load_workbook(io.BytesIO(content))
    yield opened
    opened.close()


def rows_of(book: Workbook, title: str) -> list[tuple]:
    return list(book[title].iter_rows(values_only=True))


def test_the_sheets_are_cover_contents_notes_then_a_table_each(book):
    assert book.sheetnames == ["封面", *TABLES]


@pytest.mark.parametrize("title", TABLES)
def test_a_sheet_is_one_real_table_from_a1_with_its_head_in_sight(book, title):
    sheet = book[title]
    [table] = sheet.tables.values()
    heads = [cell.value for cell in sheet[1]]
    assert table.ref == sheet.dimensions == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
    assert [column.name for column in table.tableColumns] == heads
    assert len(heads) == len(set(heads))
    assert sheet.freeze_panes == "A2"
    assert not sheet.merged_cells.ranges


def test_the_cover_says_who_what_which_years_and_read_from_what(book):
    words = " ".join(str(cell) for row in rows_of(book, "封面") for cell in row if cell)
    for told in ("新沂市科学技术协会", "工作回顾数据报告", "2017—2021年（起止为推断）", "《新沂市科协五年工作回顾》"):
        assert told in words
    assert "37 个数字，73 条记录，分 10 类" in words


def test_the_cover_says_that_the_data_are_no_edition_yet_or_which_one_they_are(book):
    current = dict(row for row in rows_of(book, "封面")[3:])
    assert (current["版次"], current["数据日期"]) == ("现行数据（尚未定版）", "2021年12月27日")
    assert current["数据版本"] == "公布以来没有更正或修订"
    assert data_digest(Imprint(review_scope())) in current["数据校验值"]
    assert book.properties.contentStatus == "现行数据（尚未定版）"
    scope = as_edition(review_scope())
    content = workbook_of(scope, Site(SITE))
    edition = load_workbook(io.BytesIO(content))
    cover = dict(row for row in rows_of(edition, "封面")[3:])
    assert [(label, cover[label]) for label, _ in data_lines(Imprint(scope))] == data_lines(Imprint(scope))
    assert "2017—2021年，第1版，2026年11月24日。" in cover["引用"]
    assert edition.properties.contentStatus == "第1版，2026年11月24日"


def test_the_contents_lead_to_every_sheet_and_count_its_rows(book):
    for title, _, count in rows_of(book, "目录")[1:]:
        assert count in (None, book[title].max_row - 1)
    links = [cell.hyperlink.location for cell in book["目录"]["A"][1:]]
    assert links == [f"'{title}'!A1" for title in book.sheetnames]


def test_the_notes_explain_people_attendances_qualifiers_bases_and_single_facts(book):
    notes = {row[1]: row for row in rows_of(book, "说明")}
    assert "从不相加" in notes["人与人次"][3]
    assert "原文没有说明同一人是否重复计算的，不能当作不重复的人数" in notes["人与人次"][3]
    assert notes["多于"][2:] == ("10余家、4200多名", notes["多于"][3])
    assert "4200 至 4300 之间" in notes["多于"][3]
    assert notes["全期合计"][0] == "口径"
    assert notes["科技志愿者"][2] == "第 18 段"
    assert "是更改后的写法，可能与原文不同" in notes["原文写作"][3]


def test_the_notes_say_how_the_places_of_the_sheet_are_counted_and_those_on_paper(book):
    [said] = [row[3] for row in rows_of(book, "说明") if row[1] == "起、止"]
    assert "报告上从 1 数起，首尾都算；数据表中“起”“止”两列从 0 数起，止位不含" in said
    heads, *rows = rows_of(book, "全部数字")
    figures = {(figure.title, figure.label): figure for figure in all_figures()}
    for row in (dict(zip(heads, each, strict=True)) for each in rows):
        assert figures[row["名称"], row["指标"]].place == f"{row['起'] + 1}–{row['止']}"


def test_a_figure_is_a_number_with_its_wording_beside_it(book):
    heads, *rows = rows_of(book, "全部数字")
    assert len(rows) == 37
    [volunteers] = [dict(zip(heads, row, strict=True)) for row in rows if row[2] == "科技志愿者"]
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


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_a_kind_has_the_columns_and_the_words_of_its_csv(book, client, kind):
    answer = client.get(reverse(f"{kind._meta.app_label}:{kind.plural()}_csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows_of(book, kind._meta.verbose_name)]
    assert shown == list(csv.reader(io.StringIO(text)))


def test_a_corrected_figure_says_so_beside_its_number():
    correct_training(participants="2343人", at=AFTER_MIDNIGHT)
    book = load_workbook(io.BytesIO(made()))
    heads, *rows = rows_of(book, "全部数字")
    [row] = [dict(zip(heads, row, strict=True)) for row in rows if row[4] == "2343人〔更〕"]
    assert (row["更正与修订"], row["改动日期"]) == ("更正", "2099-03-06")
    heads, *rows = rows_of(book, "培训")
    [said] = [row[heads.index("更正与修订")] for row in rows if row[heads.index("更正与修订")]]
    assert said.startswith("人数")
    assert said.endswith("日更正")


def test_bounds_are_numbers_in_the_table_of_a_kind(book):
    heads, *rows = rows_of(book, "培训")
    [course] = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == "各类就业培训班"]
    assert (course["人数"], course["人数（下限）"], course["人数（上限）"]) == ("20000多人", 20000, 30000)
    assert course["人次"] is None


def test_a_paragraph_is_a_number_under_the_same_word_in_every_table(book):
    for title in ["全部数字", "全部记录", *KINDS]:
        heads, *rows = rows_of(book, title)
        assert {type(row[heads.index("段落")]) for row in rows} == {int}


def test_no_cell_is_a_formula_and_none_becomes_one_when_edited():
    correct_training(title="=HYPERLINK(1)")
    sheet = load_workbook(io.BytesIO(made()))["培训"]
    [cell] = [cell for cell in sheet["A"] if "HYPERLINK" in cell.value]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_no_sheet_holds_a_formula(book):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_a_text_longer_than_a_cell_takes_is_cut_with_a_sign():
    correct_training(note="长" * 40000)
    notes = [row[3] for row in rows_of(load_workbook(io.BytesIO(made())), "说明")]
    assert "长" * 32766 + "…" in notes


def test_the_file_says_its_language_title_and_author(book):
    assert book.properties.language == "zh-CN"
    assert book.properties.title == "新沂市科学技术协会工作回顾数据报告（2017—2021年）"
    assert book.properties.creator == "新沂市科学技术协会"


def test_columns_are_wide_enough_for_chinese_and_long_ones_are_wrapped(book):
    sheet = book["全部数字"]
    titles = max(len(cell.value) for cell in sheet["C"])
    [width] = [one.width for one in sheet.column_dimensions.values() if one.min <= 3 <= one.max]
    assert width >= 2 * titles
    assert max(dimension.width for dimension in book["说明"].column_dimensions.values()) < 61
    assert book["说明"]["D2"].alignment.wrap_text
    assert book["说明"].row_dimensions[2].height >= 30


@pytest.mark.parametrize("title", TABLES)
def test_a_sheet_prints_across_under_its_head_on_as_few_pages_as_letters_of_six_points_allow(book, title):
    sheet = book[title]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$1:$1",
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    dimensions = sheet.column_dimensions
    whole = sum(one.width * (one.max - one.min + 1) for one in dimensions.values())
    repeated = dimensions[sheet.print_title_cols[1]].width
    pages = sheet.page_setup.fitToWidth or 1
    assert points_on_paper(whole, repeated, pages) > 6
    assert pages == 1 or points_on_paper(whole, repeated, pages - 1) < 6.6


def points_on_paper(whole: float, repeated: float, pages: int) -> float:
    """How large letters of 11 points are where columns fill so many pages of 277 mm, one of them on each page."""
    return min(11, 11 * 277 / 1.85 * pages / (whole + repeated * (pages - 1)))


def test_the_same_records_give_the_same_bytes_and_a_correction_others(content):
    assert made() == content
    correct_training(participants="1024人")
    assert 1024 in [row[5] for row in rows_of(load_workbook(io.BytesIO(made())), "全部数字")]


def test_a_period_without_records_has_empty_tables():
    book = load_workbook(io.BytesIO(workbook_of(Scope(empty_period()), Site())))
    assert [row for title in KINDS for row in rows_of(book, title)[1:] if any(row)] == []
    assert book["培训"].tables["t_trainings"].ref.startswith("A1:")


@with_libreoffice
def test_libreoffice_reads_and_writes_every_cell_as_it_was(content, book, tmp_path: Path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(content)
    again = load_workbook(converted(path, "xlsx"))
    assert again.sheetnames == book.sheetnames
    for title in book.sheetnames:
        assert rows_of(again, title) == rows_of(book, title)
        assert list(again[title].tables) == list(book[title].tables)
