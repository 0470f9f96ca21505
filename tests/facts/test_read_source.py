import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from xinyi_sat.reading.paragraphs import UnreadableDocumentError, read_paragraphs

TEXT = "第六届大赛\n培训近3万人次，覆盖率85.60%\n\n突破2万"
COLUMNS = ["paragraph", "start", "end", "wording", "low", "high", "qualifier", "unit", "kind"]


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "review.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_output_that_nobody_reads_any_longer_is_told_of_in_chinese(document):
    unread, written = os.pipe()
    os.close(unread)
    command = [sys.executable, "manage.py", "read_source", str(document)]
    ended = subprocess.run(
        command, cwd=settings.BASE_DIR, stdout=written, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(written)
    assert (ended.returncode, ended.stderr) == (1, "输出没有写完：接收输出的程序（如 head）先结束了。\n")


def output_of(path, *options: str) -> str:
    printed = StringIO()
    call_command("read_source", str(path), *options, stdout=printed)
    return printed.getvalue()


def test_csv_has_a_row_for_each_expression(document):
    assert output_of(document, "--format", "csv").splitlines() == [
        ",".join(COLUMNS),
        "1,0,3,第六届,,,,,ordinal",
        "2,2,7,近3万人次,,30000,under,人次,quantity",
        "2,11,17,85.60%,85.6,85.6,exact,%,quantity",
        "4,0,4,突破2万,20000,,at_least,,quantity",
    ]


def test_json_has_the_same_rows_with_numbers_and_nulls(document):
    rows = json.loads(output_of(document, "--format", "json"), parse_float=str)
    assert [list(row) for row in rows] == [COLUMNS] * 4
    assert list(rows[0].values()) == [1, 0, 3, "第六届", None, None, None, None, "ordinal"]
    assert list(rows[2].values()) == [2, 11, 17, "85.60%", "85.6", "85.6", "exact", "%", "quantity"]
    assert rows[3]["low"] == 20000
    assert rows[3]["unit"] is None


def test_the_table_is_in_chinese_and_its_columns_stand_under_each_other(document):
    heading, first, second, *_, total = output_of(document).splitlines()
    assert heading.split() == ["段落", "起", "止", "原文", "下限", "上限", "限定", "单位", "类别"]
    assert second.split() == ["2", "2", "7", "近3万人次", "30000", "不到", "人次", "数量"]
    assert first.encode("gb18030").index("第六届".encode("gb18030")) == heading.encode("gb18030").index(
        "原文".encode("gb18030")
    )
    assert first.encode("gb18030").index("序数".encode("gb18030")) == heading.encode("gb18030").index(
        "类别".encode("gb18030")
    )
    assert total == "共 4 处，其中数量 3 处。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_utf_8_and_gb18030_are_read_alike(tmp_path, encoding):
    path = tmp_path / "review.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_paragraphs(path) == TEXT.split("\n")


def test_only_a_line_feed_ends_a_paragraph(tmp_path):
    path = tmp_path / "review.txt"
    path.write_bytes("一\u2028二\x0b\x0c三\r\n\n四\u0085\n".encode())
    assert read_paragraphs(path) == ["一\u2028二\x0b\x0c三", "", "四\u0085"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b" \r\n \n", "空"), (b"\xff\xfe\x00\x4e", "文本"), (b"\x89PNG\r\n\x1a\n\x00", "文本")],
)
def test_a_file_without_text_is_refused_in_chinese(tmp_path, content, message):
    path = tmp_path / "review.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocumentError, match=message):
        read_paragraphs(path)
    with pytest.raises(CommandError, match=message):
        output_of(path)


def test_a_missing_file_and_a_folder_are_refused_in_chinese(tmp_path):
    with pytest.raises(CommandError, match="找不到文件"):
        output_of(tmp_path / "missing.txt")
    with pytest.raises(CommandError, match="文件夹"):
        output_of(tmp_path)
