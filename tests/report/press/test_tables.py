"""Long tables are printed quickly, and as WeasyPrint prints them when it sets each cell by itself."""

import re
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from xml.etree.ElementTree import fromstring

import pytest
from django.template.loader import render_to_string

from tests.report.scopes import review_scope
from xinyi_sat.report.contents import report_context
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import stylesheet

PRESS = "xinyi_sat.report.press"
LONG = "新沂市科学技术协会组织的科技工作者培训"
OGANESSON = "\u9feb"  # Noto Serif has no glyph for it, Noto Sans has
BROKEN = "html tbody tr { break-inside: auto } html td { orphans: 1; widows: 1; padding-bottom: 30pt } html td + td { padding: 0 }"
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
def leave_it_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """From here on no row is taken out and no cell is set by us; nor are lines drawn by us where it is said."""
    cells, tables = import_module(f"{PRESS}.cells"), import_module(f"{PRESS}.tables")

    def left(*, lines: bool) -> None:
        monkeypatch.setattr(tables, "thinned", lambda document: {})
        monkeypatch.setattr(tables, "Cells", lambda: SimpleNamespace(set=cells.block_container_layout))
        if lines:
            monkeypatch.setattr(tables, "draw_borders", tables.draw_collapsed_borders)

    return left


def rows(first: int, last: int, *words: str) -> str:
    """Rows that are alike but for their words, in turn these."""
    named = words or (LONG,)
    return "".join(
        f"<tr><td>{named[one % len(named)]}第{one}期</td><td>{named[one % len(named)][-1:]}{one % 7}人</td></tr>"
        for one in range(first, last)
    )


def table(body: str, style: str = "") -> str:
    """A chapter with a table of rows that are alike under a head; its style has to win over that of the report."""
    head = '<thead><tr><th scope="col">名称</th><th scope="col" class="count">人数</th></tr></thead>'
    styled = f"<style>{style}</style><table class='annex alike'>{head}<tbody>{body}</tbody></table>"
    return f'<section class="chapter"><h1>表</h1>{styled}</section>'


def printed(sheets: ModuleType, html: str, path: Path) -> bytes:
    """The sheets of a chapter."""
    sheets.print_sheets(html, [sheets.style(stylesheet())], path)
    return path.read_bytes()


CHAPTERS = {
    "several pages": table(rows(1, 120)),
    "odd rows between": table("".join(rows(9 * at, 9 * at + 8) + odd for at, odd in enumerate(ODD, 1))),
    "one odd row after the other": table("".join(ODD)),
    "fewer rows than there is something to gain from": table(rows(1, 4)),
    "rows that say what they are": table(
        rows(1, 40).replace("<tr><td>", '<tr><th scope="row">').replace("</td><td>", "</th><td>")
    ),
    "a table without a head after one": table(rows(1, 40)) + f"<table class='alike'>{rows(1, 30)}</table>",
    "a narrow table after a wide one": "<style>html table + table { width: 30% }</style>"
    + 2 * f"<table class='alike'>{rows(1, 30)}</table>",
    "two bodies": table(rows(1, 20) + "</tbody><tbody>" + rows(20, 50)),
    "words of other typefaces": table(rows(1, 60, LONG, OGANESSON, f"氧{OGANESSON}", "AVATo")),
    "words that are too long": table(rows(1, 60, LONG, LONG * 3, "W" * 90)),
    "words that nothing breaks": table(rows(1, 60, LONG, LONG * 3), "html td { white-space: nowrap }"),
    "rows that may be broken": table(rows(1, 90, LONG, LONG * 3), BROKEN),
    "words that float": table(rows(1, 30)) + '<p>甲<span style="float: right">乙</span><button>丙</button></p>',
    "white space around words": table(rows(1, 30).replace("<td>", "<td>\n  ").replace("</td>", "\n</td>")),
    "words in the middle of their cells": table(rows(1, 30), "html td { text-align: center }"),
    "words at the right of columns as wide as they need": table(
        rows(100, 104) + rows(1, 30), "html table { table-layout: auto; width: auto } html td { text-align: right }"
    ),
    "empty tables": f"<table></table><table><tr></tr></table><table><tr><td>1</td></tr><tr></tr></table>{table('<tr></tr>')}",
}
UNEVEN = {
    "upright lines": "html td + td { border-left: 2pt solid }",
    "lines below one column": "html td:first-child { border-bottom: 2pt solid #f00 }",
}


@pytest.mark.parametrize("html", CHAPTERS.values(), ids=CHAPTERS)
def test_a_table_is_byte_for_byte_what_it_is_when_each_cell_is_set_by_itself(
    sheets, leave_it_to_weasyprint, tmp_path, html
):
    quickly = printed(sheets, html, tmp_path / "quickly")
    leave_it_to_weasyprint(lines=False)
    assert printed(sheets, html, tmp_path / "slowly") == quickly


@pytest.mark.parametrize("style", UNEVEN.values(), ids=UNEVEN)
def test_lines_that_are_not_the_same_for_all_columns_are_drawn_as_weasyprint_draws_them(
    sheets, leave_it_to_weasyprint, tmp_path, style
):
    quickly = printed(sheets, table(rows(1, 30), style), tmp_path / "quickly")
    leave_it_to_weasyprint(lines=True)
    assert printed(sheets, table(rows(1, 30), style), tmp_path / "slowly") == quickly


def test_the_annex_of_the_report_is_what_it_is_when_each_cell_is_set_by_itself(
    sheets, leave_it_to_weasyprint, tmp_path, db
):
    context = report_context(review_scope(), Site()) | {"named": set()}
    run = SimpleNamespace(rows=list(context["figures"]), is_first=True)
    html = render_to_string("report/_annex.html", context | {"run": run})
    assert "alike" in html
    quickly = printed(sheets, html, tmp_path / "quickly")
    leave_it_to_weasyprint(lines=False)
    assert printed(sheets, html, tmp_path / "slowly") == quickly


def test_an_emoji_is_drawn_each_time(monkeypatch):
    cells = import_module(f"{PRESS}.cells")
    drawn = []
    monkeypatch.setattr(
        cells, "draw_first_line", lambda stream, *_: stream.stream.extend([b"Tm", b"TJ"]) or ["an emoji"]
    )
    words = cells.Words(SimpleNamespace(text="好"), 1)
    stream = SimpleNamespace(stream=drawn, _current_font=("a font", 14))
    for _ in range(2):
        assert cells.draw_words(stream, SimpleNamespace(pango_layout=words), "clip", "none", None) == ["an emoji"]


def test_of_rows_that_are_alike_but_for_their_words_three_are_built():
    thinned = import_module(f"{PRESS}.rows").thinned
    document = fromstring(f"<section>{table(rows(1, 9) + ODD[0] + rows(20, 23))}</section>")
    body = document.find(".//tbody")
    second = body[1]
    assert thinned(document) == {second: [[f"{LONG}第{one}期", f"{LONG[-1]}{one % 7}人"] for one in range(3, 8)]}
    assert [re.sub(r"\D", "", row[0].text) for row in body] == ["1", "2", "8", "", "20", "21", "22"]


def test_no_row_is_taken_out_of_a_table_that_does_not_say_that_its_rows_are_alike():
    thinned = import_module(f"{PRESS}.rows").thinned
    assert thinned(fromstring(f"<section><table><tbody>{rows(1, 9)}</tbody></table></section>")) == {}


def test_rows_that_cannot_be_put_back_are_not_lost_in_silence(sheets, tmp_path):
    with pytest.raises(RuntimeError, match="not set one below the other"):
        printed(
            sheets,
            table(rows(1, 30), "html table, html tbody, html tr, html td { display: block }"),
            tmp_path / "sheets",
        )


def test_a_line_below_a_row_is_drawn_in_one_piece(sheets, tmp_path):
    printed(sheets, table(rows(1, 6)), tmp_path / "sheets")
    drawing = zlib.decompress(next(one.stream for one in sheets.objects_in(tmp_path / "sheets") if one.stream))
    lines = re.findall(rb"([\d.]+) w\n([\d.]+) ([\d.]+) m\n([\d.]+) ([\d.]+) l", drawing)
    assert len(lines) == 1 + 1 + 4 + 1, "above the head, below it, between five rows, below the last"
    assert {(left, right) for _, left, _, right, _ in lines} == {(b"105.826772", b"695.433071")}
