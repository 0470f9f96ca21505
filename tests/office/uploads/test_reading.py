"""Files are read as they look, what a clerk might overlook in them is named, and nothing in them is run."""

import shutil
import subprocess
import zipfile
from datetime import datetime, time
from io import BytesIO

import pytest

from tests.office.uploads.clerks import AWARD, FARM_COURSE, book, bytes_of, fill_in, table, with_part
from tests.support import fact, save
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.office.uploads import reading

pytestmark = pytest.mark.django_db

BOOK = book(培训=table(FARM_COURSE))
SAVE_AS = "另存为“Excel 工作簿（.xlsx）”再上传"
SHEET = "xl/worksheets/sheet1.xml"
OLD = b"\xd0\xcf\x11\xe0" + bytes(512)


def text_of(*rows: dict, separator: str = ",") -> str:
    return "\r\n".join(separator.join(cell or "" for cell in row) for row in table(*rows))


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    "content",
    [
        text_of(FARM_COURSE).encode("utf-8"),
        text_of(FARM_COURSE).encode("utf-8-sig"),
        text_of(FARM_COURSE).encode("gbk"),
        text_of(FARM_COURSE, separator="\t").encode("gb18030"),
        text_of(FARM_COURSE, separator=";").encode("utf-8"),
        bytes_of(BOOK),
    ],
    ids=["csv", "csv with mark", "csv in GBK", "csv with tabs", "csv with semicolons", "a workbook in truth"],
)
def test_a_csv_is_read_in_the_encodings_and_with_the_separators_of_offices(clerk, year, content):
    clerk.enter()
    assert clerk.upload(content, "培训.csv").outcomes == ["unchanged"]


def test_a_quoted_cell_of_a_csv_may_have_lines_and_separators(clerk, year):
    content = text_of(FARM_COURSE | {"说明": '"另有,\n协会""参加"""'}).encode()
    clerk.save(clerk.upload(content, "培训.csv"))
    assert fact("farm-course").note == '另有,\n协会"参加"'


def test_of_a_formula_the_stored_result_is_read_and_nothing_is_computed(clerk, year):
    content = bytes_of(book(培训=table(FARM_COURSE | {"期数": "=A9", "说明": '=HYPERLINK("x")'})))
    refused = clerk.upload(content).refusals
    assert refused == [(2, one, "公式没有算出结果，请改好，或改成文字。") for one in ("期数", "说明")]
    xml = part_of(bytes_of(book(培训=table(FARM_COURSE | {"期数": "=A9"}))), SHEET)
    computed = xml.replace('<c r="D2"><f>A9</f><v></v>', '<c r="D2" t="str"><f>A9</f><v>12期</v>')
    shown = clerk.upload(with_part(content, SHEET, computed.encode()))
    assert "期数：（空） → 12期" in shown.changes


def test_a_text_that_looks_like_a_formula_is_a_text(clerk, year):
    made = book(培训=table(FARM_COURSE | {"说明": "=1+1"}))
    made["培训"]["H2"].data_type = "s"
    clerk.save(clerk.upload(made))
    assert fact("farm-course").note == "=1+1"


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("名称", datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001 (as a spreadsheet has it)
        ("标识", datetime(2026, 3, 1, 8, 30), "2026-03-01 08:30:00"),  # noqa: DTZ001
        ("说明", time(3, 5), "03:05:00"),
        ("期数", datetime(2031, 3, 5), "2031-03-05"),  # noqa: DTZ001
    ],
)
def test_a_date_or_time_is_refused_in_any_column(clerk, year, heading, value, said):
    [(number, refused, reason)] = clerk.rows(FARM_COURSE | {heading: value}).refusals
    assert (number, refused) == (2, heading)
    assert f"这一格是日期或时间（{said}），可能是表格软件自动改的。" in reason


def test_merged_cells_are_refused_in_rows_and_headings_and_do_no_harm_above_them(clerk, year):
    made = book(培训=[["2031年培训情况"], *table(FARM_COURSE, FARM_COURSE | {"标识": "second"})])
    made["培训"].merge_cells("A1:G1")
    assert clerk.upload(made).outcomes == ["new", "new"]
    made["培训"].merge_cells("C3:C4")
    [problem] = clerk.upload(made).problems
    assert problem == "工作表“培训”的 C3:C4 是合并的单元格，看不出填的是什么。请取消合并，每一格都填写。"
    made["培训"].merge_cells("F2:G2")
    assert "F2:G2" in clerk.upload(made).problems[0]


def test_a_hidden_or_filtered_row_is_named_and_never_saved_unseen(clerk, year):
    made = book(培训=table(FARM_COURSE, FARM_COURSE | {"标识": "second"}, FARM_COURSE | {"标识": "third"}))
    made["培训"].auto_filter.ref = "A1:G4"
    for number in (2, 4):
        made["培训"].row_dimensions[number].hidden = True
    [problem] = clerk.upload(made).problems
    assert problem.startswith("工作表“培训”第 2、4 行是隐藏的，或被筛选掉了。请取消隐藏或筛选再上传")


def test_a_hidden_sheet_of_a_kind_is_refused_and_what_office_programs_hide_is_not_read(clerk, year):
    made = book(培训=table(FARM_COURSE), 奖项=table(AWARD), WpsReserved=[["x"]])
    made["奖项"].sheet_state = "hidden"
    made["WpsReserved"].sheet_state = "veryHidden"
    assert clerk.upload(made).problems == ["工作表“奖项”是隐藏的。要上传就取消隐藏，不要就删去。"]


def test_what_nobody_sees_makes_no_difference(clerk, year):
    clerk.enter()
    unseen = {
        "名\ufeff称": "农\u00ad技班\u3164",
        "标识": "\u200bfarm-course",
        "期数": "12\u200b期",
        "人数": "\u00a0近300人\u2028",
    }
    others = {name: FARM_COURSE[name] for name in ("形式", "服务", "段落")}
    made = book(**{"培\u200b训": table(unseen | others)})
    assert clerk.upload(made).outcomes == ["unchanged"]
    assert clerk.rows(FARM_COURSE | {"名称": "\u200b\u3164\u00a0"}).refusals == [(2, "名称", "必填。")]


def test_lines_are_divided_as_spreadsheets_divide_them(clerk, year):
    clerk.save(clerk.rows(FARM_COURSE | {"说明": "一\r\n二\r三_x000D_\n四 "}))
    assert fact("farm-course").note == "一\n二\n三\n四"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (OLD, "旧表.xls", f"只能读取 .xlsx 和 .csv 文件，这是 .xls 文件。请用 Excel 或 WPS 打开，{SAVE_AS}"),
        (b"PK", "表.ods", f"这是 .ods 文件。请用 Excel 或 WPS 打开，{SAVE_AS}"),
        (b"PK", "表.xlsm", SAVE_AS),
        (b"x", "表", "这是 没有后缀的 文件"),
        (
            OLD,
            "表.xlsx",
            f"这是旧式工作簿（.xls），或设有打开密码的工作簿。请先取消密码，用 Excel 或 WPS 打开，{SAVE_AS}",
        ),
        (bytes_of(BOOK)[:2000], "表.xlsx", "文件损坏"),
        (with_part(bytes_of(BOOK), "xl/workbook.xml", b"<workbook"), "表.xlsx", "文件损坏"),
        (b"PK\x03\x04hello", "表.xlsx", "文件损坏"),
        (b"<html><table>", "表.xlsx", "文件损坏，或者不是工作簿"),
        (b"\x81\xff\xff,", "表.csv", "编码既不是 UTF-8 也不是 GB18030"),
        (b"a,b\x00", "表.csv", "不是文本文件"),
        ('标识,名称\na,"农'.encode(), "表.csv", "CSV 文件在第 2 行附近格式有误"),
        (bytes_of(book(培训=[["标识"]] * 101)), "表.xlsx", "一次最多上传 100 行"),
    ],
    ids=["xls", "ods", "xlsm", "none", "old", "cut", "xml", "zip", "html", "encoding", "binary", "quotes", "long"],
)
def test_what_is_no_table_is_refused_in_chinese_with_how_to_save_it(clerk, settings, year, content, name, reason):
    settings.UPLOAD_ROWS = 100
    assert reason in clerk.refused(content, name)


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_read(clerk, year, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED", 3 << 20)
    monkeypatch.setattr(reading, "load_workbook", lambda *asked, **options: pytest.fail("It was read."))
    content = with_part(bytes_of(BOOK), "xl/media/a.png", bytes(4 << 20))
    assert len(content) < 1 << 20
    assert "工作簿解压后超过" in clerk.refused(content)


def test_a_merged_column_and_a_cell_in_a_far_corner_are_refused(clerk, year):
    content = bytes_of(book(培训=table(FARM_COURSE)))
    merged = part_of(content, SHEET).replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:C1048576"/></mergeCells>'
    )
    assert "有整列的单元格合并在一起" in clerk.refused(with_part(content, SHEET, merged.encode()))
    made = book(培训=table(FARM_COURSE))
    made["培训"]["XFD1048576"] = "x"
    assert "工作表“培训”一直用到第 1048576 行、第 16384 列，太大了。" in clerk.refused(made)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed: the file is not opened in it.")
def test_what_an_office_program_makes_of_a_workbook_is_read_alike(clerk, year, tmp_path):
    training = clerk.enter()
    path = tmp_path / "表.xlsx"
    fill_in(clerk.download(), 2, 期数="13期").save(path)
    save(training, ChangeKind.ENTERED, participants="302人")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "converted", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shown = clerk.upload((tmp_path / "converted" / path.name).read_bytes())
    assert shown.changes == ["期数：12期 → 13期"]
    assert shown.kept == ["人数：下载此表之后别人改成了“302人”，照此保留。"]
