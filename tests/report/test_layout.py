"""The layout of GB/T 9704-2012, read from the PDF and not from the stylesheet. Lengths are points, 72 to the inch."""

import subprocess
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from outreach.models import Training
from tests.changes import corrected
from tests.periods import again, new_document
from tests.report.charts.drawn import CORRECTED, figure
from tests.report.scopes import small_year
from xinyi_sat.report.annex import Annex
from xinyi_sat.report.charts.chart import figures_chart
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.pdf import print_html, report_pdf
from xinyi_sat.report.scope import Scope, narrowed

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
    again(
        Training.objects.get(period=period, slug="continuing-education"),
        new_document(period, slug="second"),
        slug="more",
    )
    words = words_of(report_pdf(narrowed(period, "literacy", "training"), Site()))
    assert [word.page for word in words if word.text.startswith("数据读自")] == [1, 1]
    assert next(word.page for word in words if word.text == "录") == 2


@pytest.mark.django_db
def test_a_correction_longer_than_a_page_begins_below_the_one_before_it_and_under_the_same_heads():
    short, long = Training.objects.filter(period=small_year())
    corrected(short, note="短" * 9)
    corrected(long, note="长" * 1500)
    words = words_of(report_pdf(Scope(long.period, kind=Training), Site()))
    listed = next(word.page for word in words if word.text == "改前")
    on_pages = [[word.text for word in words if word.page == page] for page in (listed, listed + 1, listed + 2)]
    assert any("短短短" in text for text in on_pages[0])
    assert all(any("长长长" in text for text in page) and "改前" in page for page in on_pages)


@pytest.mark.django_db
def test_the_mark_of_a_corrected_figure_stands_behind_it_in_the_annex():
    year = small_year()
    corrected(Training.objects.get(period=year, slug="continuing-education"), participants="53600多人")
    words = words_of(report_pdf(Scope(year), Site()))
    annex = next(word.page for word in words if word.text == "原文写作")
    words = [word for word in words if word.page == annex]
    figure = next(word for word in words if word.text.startswith("53600多人"))
    mark = next(word for word in words if word.text.endswith("〔更〕") and word.top > figure.top - 10)
    assert mark.bottom < figure.bottom + 5


@pytest.mark.parametrize("is_of_several", [False, True])
def test_no_number_of_the_annex_is_broken_however_long_it_is(is_of_several):
    figures = [
        figure("999999999999人", paragraph=349),
        figure("999,999,999,999人", paragraph=5000, mark=CORRECTED, slug="another"),
    ]
    context = {"annex": Annex(figures, []), "imprint": {"is_of_several": is_of_several}}
    html = render_to_string("report/_annex.html", context)
    words = [word.text for word in words_of(print_html(f'<html lang="zh"><title>附表</title>{html}'))]
    for number in ("349", "5000", "999999999999", "999,999,999,999"):
        assert any(number in word for word in words)


def test_the_largest_number_beside_a_chart_keeps_its_distance_from_its_paragraph(complaints):
    chart = figures_chart([figure("999,999,999,999人", paragraph=5000), figure("999999999999人", mark=CORRECTED)])
    html = render_to_string("report/_printed_chart.html", {"chart": chart})
    words = words_of(print_html(f'<html lang="zh"><title>图</title>{html}'))
    paragraphs = [word for word in words if word.text in ("第5000段", "第2段")]
    numbers = [word for word in words if word.top > paragraphs[0].top - 4 and "999" in word.text]
    assert len(paragraphs) == len(numbers) == 2
    assert max(number.right for number in numbers) < paragraphs[0].left - 6
    assert paragraphs[0].right < LEFT + WIDTH - 2
    complaints.clear()  # the rows that the numbers lead to are not on this page


def test_what_a_chart_counts_stands_in_a_line_below_its_title_where_both_have_no_room_in_one(complaints):
    chart = figures_chart([figure("2人"), figure("3人")], left_out=8600)
    html = render_to_string("report/_printed_chart.html", {"chart": chart})
    words = words_of(print_html(f'<html lang="zh"><title>图</title>{html}'))
    title, *counted = words[: [word.text for word in words].index("个未画）") + 1]
    assert title.text == "以“人”计的数字"
    assert {round(word.top) for word in counted} == {round(title.top) + 18}
    complaints.clear()  # the rows that the numbers lead to are not on this page


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


def test_the_cover_has_no_page_number(report):
    assert not [word for word in report if word.page == 1 and "—" in word.text and word.top > TOP + 225 * MM]


def test_nothing_runs_out_of_the_type_area(report):
    for word in report:
        assert word.left >= LEFT - 1, word
        assert word.right <= LEFT + WIDTH + 1, word


def test_the_head_of_a_table_stands_again_on_every_page_it_runs_over(report):
    heads = [word.page for word in report if word.text == "原文写作"]
    assert len(set(heads)) == len(heads) >= 2
