"""Long tables are printed quickly, and as WeasyPrint prints them when it sets each cell by itself."""

import re
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.etree.ElementTree import fromstring

import pytest

from xinyi_sat.report.pdf import stylesheet

PRESS = "xinyi_sat.report.press"
LONG = "新沂市科学技术协会组织的科技工作者培训"
OGANESSON = "\u9feb"  # Noto Serif has no glyph for it, Noto Sans has
ODD = (
    "<tr><td>一</td><td>有<sup>〔更〕</sup></td></tr>",
    '<tr id="named"><td>二</td><td>2</td></tr>',
    "<tr><td>三</td><td></td></tr>",
    f"<tr><td>{LONG * 2}</td><td>3</td></tr>",
    f"<tr><td>{'长' * 80}</td><td>{'W' * 90}</td></tr>",
    "<tr><td>a  b\n c</td><td>AV&nbsp;To</td></tr>",
    f"<tr><td>氧{OGANESSON}</td><td>e\u0301</td></tr>",
    "<tr><td><strong>四</strong></td><td>4</td></tr>",
)


@pytest.fixture
def sheets() -> ModuleType:
    """The module that prints; WeasyPrint comes with it, which other tests leave to the press."""
    return import_module(f"{PRESS}.sheets")


@pytest.fixture
def leave_it_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From here on no row is taken out and no cell is set by us; lines are drawn as before."""
    cells, tables = import_module(f"{PRESS}.cells"), import_module(f"{PRESS}.tables")

    def left() -> None:
        monkeypatch.setattr(tables, "thinned", lambda document: {})
        monkeypatch.setattr(tables, "Cells", lambda: SimpleNamespace(set=cells.block_container_layout))

    return left


def rows(first: int, last: int, *words: str) -> str:
    """Rows that are alike but for their words, in turn these."""
    named = words or (LONG,)
    return "".join(
        f"<tr><td>{named[one % len(named)]}第{one}期</td><td>{named[one % len(named)][-1:]}{one % 7}人</td></tr>"
        for one in range(first, last)
    )


def table(body: str, kind: str = "annex") -> str:
    """A chapter with a table under a head."""
    head = '<thead><tr><th scope="col">名称</th><th scope="col" class="count">人数</th></tr></thead>'
    return f'<section class="chapter"><h1>表</h1><table class="{kind}">{head}<tbody>{body}</tbody></table></section>'


def printed(sheets: ModuleType, html: str, path: Path) -> bytes:
    """The sheets of a chapter."""
    sheets.print_sheets(html, [sheets.style(stylesheet())], path)
    return path.read_bytes()


CHAPTERS = {
    "several pages": table(rows(1, 120)),
    "odd rows between": table("".join(rows(9 * at, 9 * at + 8) + odd for at, odd in enumerate(ODD, 1))),
    "one odd row after the other": table("".join(ODD)),
    "fewer rows than there is something to gain from": table(rows(1, 4)),
    "a table without a head after one": table(rows(1, 40)) + f"<table>{rows(1, 30)}</table>",
    "two bodies": table(rows(1, 20) + "</tbody><tbody>" + rows(20, 50)),
    "words of other typefaces": table(rows(1, 60, LONG, OGANESSON, f"氧{OGANESSON}", "AVATo")),
    "words that are too long": table(rows(1, 60, LONG, LONG * 3, "W" * 90)),
    "words that nothing breaks": table(rows(1, 60, LONG, LONG * 3)).replace(
        "<table", "<style>td { white-space: nowrap }</style><table"
    ),
    "rows that may be broken": table(rows(1, 90, LONG, LONG * 3, LONG)).replace(
        "<table", "<style>tbody tr { break-inside: auto } td { padding: 9pt }</style><table"
    ),
    "uneven lines": table(rows(1, 30)).replace("<table", "<style>td + td { border-left: 2pt solid; }</style><table"),
    "words in the middle of their cells": table(rows(1, 30)).replace(
        "<table", "<style>td { text-align: center }</style><table"
    ),
}


@pytest.mark.parametrize("html", CHAPTERS.values(), ids=CHAPTERS)
def test_a_table_is_byte_for_byte_what_it_is_when_each_cell_is_set_by_itself(
    sheets, leave_it_to_weasyprint, tmp_path, html
):
    quickly = printed(sheets, html, tmp_path / "quickly")
    leave_it_to_weasyprint()
    assert printed(sheets, html, tmp_path / "slowly") == quickly


def test_of_rows_that_are_alike_but_for_their_words_three_are_built():
    thinned = import_module(f"{PRESS}.rows").thinned
    body = fromstring(f"<tbody>{rows(1, 9)}{ODD[0]}{rows(20, 23)}</tbody>")
    second = body[1]
    assert thinned(body) == {second: [[f"{LONG}第{one}期", f"{LONG[-1]}{one % 7}人"] for one in range(3, 8)]}
    assert [re.sub(r"\D", "", row[0].text) for row in body] == ["1", "2", "8", "", "20", "21", "22"]


def test_a_line_below_a_row_is_drawn_in_one_piece(sheets, tmp_path):
    printed(sheets, table(rows(1, 6)), tmp_path / "sheets")
    drawing = zlib.decompress(next(one.stream for one in sheets.objects_in(tmp_path / "sheets") if one.stream))
    lines = re.findall(rb"([\d.]+) w\n([\d.]+) ([\d.]+) m\n([\d.]+) ([\d.]+) l", drawing)
    assert len(lines) == 1 + 1 + 4 + 1, "above the head, below it, between five rows, below the last"
    assert {(left, right) for _, left, _, right, _ in lines} == {(b"105.826772", b"695.433071")}
