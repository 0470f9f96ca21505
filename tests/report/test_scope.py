"""A report of one service or one kind: exactly its facts, in every format, and never an empty one."""

import io
import zipfile

import docx
import page
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from frictionless import validate
from openpyxl import load_workbook

from tests.pdf import words_of_pdf
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Fact, Figure, fact_kinds
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.scope import Scope, narrowed

pytestmark = pytest.mark.django_db

PARTS = {
    "a service": {"service": "innovation"},
    "a kind": {"kind": "training"},
    "both": {"service": "literacy", "kind": "award"},
    "a kind without figures": {"kind": "channel"},
}


def part_of(ending: str, **names: str) -> bytes:
    """A file of a part of the review."""
    scope = narrowed(review_scope().period, names.get("service"), names.get("kind"))
    return FORMATS[ending].write(scope, Site())


def rows_of(content: bytes, sheet: str) -> list[tuple]:
    book = load_workbook(io.BytesIO(content))
    rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
    book.close()
    return rows


def rows_under(head: str, tables: list) -> list[str]:
    """The cells under a head, of every table that has it."""
    columns = (column for table in tables for column in table.columns if column.cells[0].text == head)
    return [cell.text for column in columns for cell in column.cells[1:]]


@pytest.fixture(params=PARTS.values(), ids=PARTS)
def question(request) -> dict[str, str]:
    """What a part is asked for by."""
    return request.param


@pytest.fixture
def titles(db, question) -> list[str]:
    """The facts that are asked for."""
    return [fact.title for fact in Fact.objects.public().filter(**question).by_place()]


@pytest.fixture
def wordings(db, question) -> list[str]:
    """The figures that are asked for, as printed."""
    asked = {f"fact__{name}": word for name, word in question.items()}
    return [str(figure) for figure in Figure.objects.public().filter(**asked).in_reading_order()]


def test_a_whole_report_holds_every_figure_and_its_parts_together_the_same():
    whole = review_scope()
    assert list(whole.figures()) == list(Figure.objects.public().in_reading_order())
    by_service = [figure for service in Service for figure in Scope(whole.period, service).figures()]
    by_kind = [figure for kind in fact_kinds() for figure in Scope(whole.period, kind=kind).figures()]
    for parts in (by_service, by_kind):
        assert sorted(one.name for one in parts) == sorted(whole.figures_by_name)


def test_a_part_in_word_holds_its_facts_and_figures_and_no_other(question, titles, wordings):
    tables = docx.Document(io.BytesIO(part_of("docx", **question))).tables
    of_facts = [table for table in tables if table.cell(0, 1).text == "情况"]
    assert sorted(rows_under("名称", of_facts)) == sorted(titles)
    assert rows_under("原文写作", tables) == wordings


def test_a_part_in_a_workbook_holds_its_facts_and_figures_and_no_other(question, titles, wordings):
    book = part_of("xlsx", **question)
    assert [row[2] for row in rows_of(book, "全部记录")] == titles
    assert [row[4] for row in rows_of(book, "全部数字") if row[4]] == wordings


def test_the_data_of_a_part_is_a_valid_package_of_its_kinds(question, titles, tmp_path):
    with zipfile.ZipFile(io.BytesIO(part_of("zip", **question))) as data:
        names = {name.removesuffix(".csv") for name in data.namelist()}
        data.extractall(tmp_path)
    kinds = {kind for kind in fact_kinds() if kind.objects.filter(title__in=titles).exists()}
    assert names & {kind.plural() for kind in fact_kinds()} == {kind.plural() for kind in kinds}
    assert validate(str(tmp_path / "datapackage.json")).flatten(["title", "message"]) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "chapters"),
    [
        (PARTS["a service"], ["重点数字", "一、为创新驱动发展服务", "附表　全部数字"]),
        (PARTS["a kind without figures"], ["一、为创新驱动发展服务", "二、为提高全民科学素质服务"]),
    ],
    ids=["a service", "a kind without figures"],
)
def test_a_part_has_only_the_chapters_it_needs_and_is_as_sound_as_the_whole(question, chapters):
    content = part_of("pdf", **question)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root] == ["目　　录", *chapters, "说明", "更正与修订", "出处", "版本说明"]
    for profile in ("2a", "ua1"):
        failures = page.validate_pdf_bytes(content, profile=profile).failures
        assert [one.message for one in failures if one.rule_id != "PDFA2A-STREAM-LENGTH-001"] == []


@pytest.mark.slow
def test_the_cover_says_what_the_report_is_about():
    content = part_of("pdf", service="innovation")
    assert "为创新驱动发展服务" in words_of_pdf(content)[:40]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title).endswith("数据报告（2017—2021年　为创新驱动发展服务）")
    both = part_of("xlsx", service="innovation", kind="training")
    assert ("范围", "为创新驱动发展服务，培训") in rows_of(both, "封面")


UNKNOWN = {
    "service": ("sports", "没有服务“sports”，可用的是 workers（为科技工作者服务）、innovation（为创新驱动发展服务）"),
    "kind": ("trainings", "没有类别“trainings”，可用的是 award（奖项）、competition（竞赛）"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_part_is_answered_in_chinese_with_those_there_are(client, tmp_path, name):
    asked, words = UNKNOWN[name]
    answer = client.get("/report.pdf", {name: asked})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    with pytest.raises(CommandError, match=words):
        call_command("export_report", output=tmp_path / "a.pdf", **{name: asked})


def test_a_part_without_facts_is_no_report_but_says_so(tmp_path):
    with pytest.raises(CommandError, match="为党和政府科学决策服务　培训：没有记录，没有可以导出的报告。"):
        call_command("export_report", output=tmp_path / "a.pdf", service="decisions", kind="training")
    assert list(tmp_path.iterdir()) == []


def test_the_pages_offer_the_report_of_the_period_they_show(client):
    page = client.get("/", {"period": "2017-2021"}).content.decode()
    for path in ("/report.pdf", "/report.docx", "/report.xlsx", "/data.zip"):
        assert f'{path}?period=2017-2021"' in page
