"""Files of every format are read, and whatever a file may do, reading it is bounded and nothing in it is run."""

import struct
import zlib
from pathlib import Path

import pytest

from outreach.models import Training
from tests.facts.uploads.offices import (
    FARM_COURSE,
    checked_file,
    next_year,
    open_document,
    refusals,
    table,
    with_part,
    workbook,
    zipped,
)
from tests.report.office import converted, with_libreoffice
from xinyi_sat.facts.uploads import unpacking
from xinyi_sat.facts.uploads.parser import lines_of
from xinyi_sat.facts.uploads.refusal import RefusedFile
from xinyi_sat.facts.uploads.results import cells_without_result
from xinyi_sat.facts.uploads.sheets import TOO_MUCH, Sheet, read_sheets
from xinyi_sat.report.archive import file_in

OLD = Path(__file__).parent / "trainings.xls"
ROWS = [["名称", "标识"], ["农技班", "farm-course"]]
CELLS = [[1, ROWS[0]], [2, ROWS[1]]]
BOOK = workbook(培训=ROWS)


def lines(content: bytes, name: str = "表.xlsx", most_rows: int = 100) -> list:
    return list(lines_of(content, name, most_rows))


def in_file(folder: Path, content: bytes, name: str = "表.xlsx") -> list[Sheet]:
    path = folder / "file"
    path.write_bytes(content)
    return read_sheets(path, name)


def merged(content: bytes, *areas: str) -> bytes:
    """An .xlsx with cells of its first sheet merged."""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    xml = file_in(content, "xl/worksheets/sheet1.xml").decode()
    end = "</sheetData>"
    return with_part(content, "xl/worksheets/sheet1.xml", xml.replace(end, f"{end}<mergeCells>{cells}</mergeCells>"))


def text_of(rows: list[list[str]], separator: str = ",") -> str:
    return "\r\n".join(separator.join(row) for row in rows)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (BOOK, "表.xlsx"),
        (BOOK, "名为旧表.XLS"),
        (open_document(ROWS), "表.ods"),
        (text_of(ROWS).encode("utf-8"), "表.csv"),
        (text_of(ROWS).encode("utf-8-sig"), "表.csv"),
        (text_of(ROWS).encode("gbk"), "表.csv"),
        (text_of(ROWS, "\t").encode("gb18030"), "表.csv"),
        (text_of(ROWS, ";").encode("utf-8"), "表.csv"),
    ],
    ids=["xlsx", "xlsx named xls", "ods", "csv", "csv with mark", "csv in GBK", "csv with tabs", "csv with semicolons"],
)
def test_the_same_table_is_read_from_every_format(tmp_path, content, name):
    [sheet] = in_file(tmp_path, content, name)
    assert sheet.rows == [(number, cells) for number, cells in CELLS]


def test_an_old_workbook_is_read_with_its_numbers_dates_and_errors(tmp_path):
    [sheet] = in_file(tmp_path, OLD.read_bytes(), "旧表.xls")
    assert sheet.title == "培训"
    assert sheet.rows == [
        (1, ["名称", "标识", "期数", "人数"]),
        (2, ["农技班", "farm-course", "12期", 17]),
        (4, ["技能班", "skills", {"error": True}, {"date": "2031-03-05"}]),
    ]


def test_rows_keep_the_numbers_and_columns_they_have_in_the_spreadsheet():
    found = lines(workbook(培训=[[], [], [None, "名称", "标识"], [], [None, "农技班", None, "x"]]))
    assert found == [{"sheet": "培训"}, [3, [None, "名称", "标识"]], [5, [None, "农技班", None, "x"]]]


def test_a_quoted_cell_of_a_csv_may_have_lines_and_separators():
    text = '名称,标识,说明\n农技班,farm-course,"另有,\n协会""参加"""\n'
    assert lines(text.encode(), "表.csv")[2] == [2, ["农技班", "farm-course", '另有,\n协会"参加"']]


def test_of_a_formula_its_result_is_read_and_nothing_is_computed():
    found = lines(workbook(培训=[["标识", "期数"], ["a", ('="1"&"7期"', "17期")], ["b", ("=1+1", 5)]]))
    assert found[2:] == [[2, ["a", "17期"]], [3, ["b", 5.0]]]


def test_a_formula_without_a_result_is_no_empty_cell():
    found = lines(workbook(奖项=[["x"]], 培训=[["标识", "期数"], ["a", ("=1/0", "#DIV/0!")]]))
    assert found[-1] == [2, ["a", {"error": True}]]
    sheet = b'<c r="B2"><f>1+1</f></c><c r="AB3" t="str"><f>""</f><v></v></c><c r="C3"><f>A1</f><v/></c>'
    assert set(cells_without_result(sheet)) == {(1, 1), (2, 2)}


def test_an_open_document_with_an_error_is_refused():
    more = '<table:table-row><table:table-cell calcext:value-type="error" xmlns:calcext="c"/></table:table-row>'
    with pytest.raises(RefusedFile, match="没有算出结果"):
        lines(open_document(ROWS, more), "表.ods")


def test_a_cell_that_was_merged_with_another_says_with_which(tmp_path):
    rows = [["培训情况"], *ROWS, [None, "second"], [], [None, None, "end"]]
    [sheet] = in_file(tmp_path, merged(workbook(培训=rows), "A1:C1", "A3:A4", "B5:C5", "AA1:AB9"))
    assert sheet.rows == [
        (1, ["培训情况", {"merged": "A1"}, {"merged": "A1"}]),
        (2, ROWS[0]),
        (3, ROWS[1]),
        (4, [{"merged": "A3"}, "second"]),
        (6, [None, None, "end"]),
    ]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (BOOK, "表.xlsm", "应为 .xlsx、.xls、.ods 或 .csv 文件"),
        (BOOK[:2000], "表.xlsx", "文件损坏"),
        (BOOK.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "表.xlsx", "不是 .xlsx 或 .ods 工作簿"),
        (with_part(BOOK, "xl/vbaProject.bin", b"macros"), "表.xlsx", "带宏的工作簿"),
        (zipped({"word/document.xml": "x"}), "表.xlsx", "不是 .xlsx 或 .ods 工作簿"),
        (with_part(BOOK, "xl/workbook.xml", "<workbook"), "表.xlsx", "文件损坏"),
        (with_part(BOOK, "xl/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]>'), "表.xlsx", "文件损坏"),
        (with_part(BOOK, "xl/a.xml", "<?xml ?>".encode("utf-16")), "表.xlsx", "文件损坏"),
        (OLD.read_bytes()[:1000], "表.xls", "文件损坏"),
        (b"<html><table><tr><td>", "表.xls", "内容却是网页"),
        (b"hello", "表.xlsx", "文件损坏"),
        (b"", "表.csv", "没有内容"),
        (b"\x81\xff\xff,", "表.csv", "编码既不是 UTF-8 也不是 GB18030"),
        (b"a,b\x00", "表.csv", "不是文本文件"),
        ('标识,名称\na,"农'.encode(), "表.csv", "CSV 文件在第 2 行附近格式有误"),
        (workbook(培训=[["标识"] + ["x"] * 200]), "表.xlsx", "第 1 行有多于 200 列"),
        (("标识\n" + "长" * 32768).encode(), "表.csv", "第 2 行有一格超过 32767 字"),
        (workbook(培训=[["标识"]] * 101), "表.xlsx", "一次最多上传 100 行"),
        (workbook(**{f"表{number}": [["标识"]] for number in range(61)}), "表.xlsx", "工作表多于 60 个"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_in_chinese(tmp_path, settings, content, name, reason):
    settings.UPLOAD_ROWS = 100
    path = tmp_path / "file"
    path.write_bytes(content)
    checked = checked_file_named(path, name)
    assert len(checked) == 1
    assert reason in checked[0]


def checked_file_named(path: Path, name: str) -> list[str]:
    try:
        sheets = read_sheets(path, name)
    except RefusedFile as error:
        return [str(error)]
    assert not any(sheet.rows for sheet in sheets)
    return ["没有内容"]


def test_a_bomb_is_counted_while_it_is_unpacked_whatever_its_directory_says(monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 3 << 20)
    honest = with_part(BOOK, "xl/sharedStrings.xml", bytes(4 << 20))
    with pytest.raises(RefusedFile, match="解压后超过"):
        list(unpacking.parts_of(honest))
    lying = honest.replace(struct.pack("<I", 4 << 20), struct.pack("<I", 10))
    assert lying != honest
    with pytest.raises(RefusedFile, match=r"文件损坏|解压后超过"):
        list(unpacking.parts_of(lying))
    picture = with_part(BOOK, "xl/media/a.png", bytes(4 << 20))
    with pytest.raises(RefusedFile, match="解压后超过"):
        list(unpacking.parts_of(picture))


def test_a_broken_stream_in_a_zip_is_refused():
    squeezed = zlib.compress(b"x" * 100)[2:-4]
    content = zipped({"xl/workbook.xml": b"x" * 100})
    assert squeezed in content
    with pytest.raises(RefusedFile, match="文件损坏"):
        list(unpacking.parts_of(content.replace(squeezed, b"\xff" * len(squeezed))))


def test_two_cells_in_far_corners_end_their_reader_and_nothing_else(tmp_path):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    with pytest.raises(RefusedFile) as refused:
        in_file(tmp_path, with_part(BOOK, "xl/worksheets/sheet1.xml", sheet))
    assert str(refused.value) == TOO_MUCH


def test_a_sheet_that_repeats_a_cell_without_end_is_refused(tmp_path):
    endless = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
        'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(RefusedFile):
        in_file(tmp_path, open_document(ROWS, endless), "表.ods")


@with_libreoffice
@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_an_office_program_makes_of_a_table_is_read_alike(tmp_path, ending):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(培训=table(FARM_COURSE | {"段落": 2}, FARM_COURSE | {"标识": "b", "期数": 12})))
    checked = checked_file(converted(path, ending), next_year(), kind=Training)
    assert refusals(checked) == [(3, "期数", "“12”没有单位，应写数字和单位，例如“12期”。")]
    assert [row.outcome for row in checked.rows] == ["new", "refused"]
