"""The layout of GB/T 9704-2012, read from the PDF and not from the stylesheet. Lengths are points, 72 to the inch."""

import subprocess
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree

import pytest

from tests.report.scopes import small_year
from tests.support import again, fact, new_document
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import print_html, report_pdf
from xinyi_sat.report.scope import narrowed

pytestmark = pytest.mark.slow

MM = 72 / 25.4
LEFT, WIDTH, TOP = 28 * MM, 156 * MM, 37 * MM


@dataclass(frozen=True)
class Word:
    """A run of characters on a page, and where it stands."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_of(pdf: bytes) -> list[Word]:
    """Every word of a PDF with its place."""
    xml = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    pages = ElementTree.fromstring(xml).iterfind(".//{*}page")
    return [
        Word(number, word.text or "", *(float(word.get(edge)) for edge in ("xMin", "yMin", "xMax", "yMax")))
        for number, page in enumerate(pages, 1)
        for word in page.iterfind("{*}word")
    ]


@pytest.fixture(scope="module")
def prose() -> list[Word]:
    """Three pages of nothing but one character in the type of the report."""
    return words_of(print_html(f'<html lang="zh"><title>字</title><p style="text-indent: 0">{"字" * 28 * 22 * 3}</p>'))


@pytest.fixture(scope="module")
def report(printed_review) -> list[Word]:
    """The words of the report of the review."""
    return words_of(printed_review.content)


def lines_of(words: list[Word], page: int) -> list[list[Word]]:
    body = sorted(
        (word for word in words if word.page == page and "—" not in word.text and not word.text.isdigit()),
        key=lambda w: w.top,
    )
    return [list(line) for _, line in groupby(body, key=lambda word: round(word.top))]


@pytest.mark.django_db
def test_the_cover_of_a_part_of_two_documents_is_one_page():
    period = small_year()
    again(fact("continuing-education", "2030"), new_document(period, slug="second"), slug="more")
    words = words_of(report_pdf(narrowed(period, "literacy", "training"), Site()))
    assert [word.page for word in words if word.text.startswith("数据读自")] == [1, 1]
    assert next(word.page for word in words if word.text == "录") == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_has_22_lines_of_28_characters(prose, number):
    lines = lines_of(prose, number)
    assert [sum(len(word.text) for word in line) for line in lines] == [28] * 22


def test_the_type_area_begins_and_ends_where_the_standard_says(prose):
    body = [word for line in lines_of(prose, 2) for word in line]
    assert min(word.left for word in body) == pytest.approx(LEFT, abs=0.5 * MM)
    assert max(word.right for word in body) == pytest.approx(LEFT + WIDTH, abs=0.5 * MM)
    assert min(word.top for word in body) + 4 * MM >= TOP
    assert max(word.bottom for word in body) <= TOP + 225 * MM + 1


def test_page_numbers_stand_outside_right_on_odd_pages_and_left_on_even_ones(report):
    for page in range(2, max(word.page for word in report) + 1):
        foot = [word for word in report if word.page == page and word.top > TOP + 225 * MM]
        assert "".join(word.text for word in foot) == f"—{page}—"
        if page % 2:
            assert max(word.right for word in foot) == pytest.approx(LEFT + WIDTH - 14, abs=2)
        else:
            assert min(word.left for word in foot) == pytest.approx(LEFT + 14, abs=2)


def test_nothing_runs_out_of_the_type_area(report):
    for word in report:
        assert word.left >= LEFT - 1, word
        assert word.right <= LEFT + WIDTH + 1, word


def test_the_head_of_a_table_stands_again_on_every_page_it_runs_over(report):
    heads = [word.page for word in report if word.text == "原文写作"]
    assert len(set(heads)) == len(heads) >= 2
