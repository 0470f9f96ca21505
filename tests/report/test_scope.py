"""A report of one service or one kind: exactly its facts, in every format, and never an empty one."""

import io
import re
import zipfile

import docx
import page
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from frictionless import validate
from openpyxl import load_workbook

from outreach.models import Training
from tests.pdf import words_of_pdf
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import Statement, all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.report.formats import FORMATS
from xinyi_sat.report.imprint import Site
from xinyi_sat.report.prose import prose_of
from xinyi_sat.report.scope import Scope, narrowed
from xinyi_sat.report.sections import Section

pytestmark = pytest.mark.django_db

PERIOD = "2017-2021"


def part_of(ending: str, **names: str) -> bytes:
    """A file of a part of the review."""
    scope = narrowed(review_scope().period, names.get("service"), names.get("kind"))
    return FORMATS[ending].write(scope, Site())


def rows_of(content: bytes, sheet: str) -> list[tuple]:
    book = load_workbook(io.BytesIO(content))
    rows = list(book[sheet].iter_rows(min_row=2, values_only=True))
    book.close()
    return rows


def test_a_whole_report_holds_every_figure_and_its_parts_together_the_same():
    assert list(review_scope().figures()) == list(all_figures())
    by_service = [figure for service in Service for figure in Scope(review_scope().period, service).figures()]
    by_kind = [figure for kind in fact_kinds() for figure in Scope(review_scope().period, kind=kind).figures()]
    names = {figure.name for figure in all_figures()}
    assert len(by_service) == len(by_kind) == len(names)
    assert {figure.name for figure in by_service} == {figure.name for figure in by_kind} == names


PARTS = {
    "a service": {"service": "innovation"},
    "a kind": {"kind": "training"},
    "both": {"service": "literacy", "kind": "award"},
    "a kind without figures": {"kind": "channel"},
}


@pytest.fixture(params=PARTS.values(), ids=PARTS)
def question(request) -> dict[str, str]:
    """What an address asks for."""
    return request.param


def belongs(one: Statement, question: dict[str, str]) -> bool:
    return all(getattr(one, name) == word for name, word in question.items())


@pytest.fixture
def facts(question) -> list[Statement]:
    """The facts that are asked for."""
    return [one for one in all_statements() if belongs(one, question)]


@pytest.fixture
def wordings(question) -> list[str]:
    """The figures that are asked for, as printed."""
    return [str(one.quantity) for one in all_figures() if belongs(one, question)]


def test_a_part_in_print_holds_its_facts_and_no_other(question, facts):
    text = words_of_pdf(part_of("pdf", **question))
    printed = {one.title for one in all_statements() if "".join(one.title.split()) in text}
    assert printed == {one.title for one in facts}


def test_a_part_in_word_holds_its_facts_and_figures_and_no_other(question, facts, wordings):
    tables = docx.Document(io.BytesIO(part_of("docx", **question))).tables
    of_facts = [table for table in tables if table.cell(0, 1).text == "情况"]
    assert sorted(rows_under("名称", of_facts)) == sorted(one.title for one in facts)
    assert rows_under("原文写作", tables) == wordings


def test_a_part_in_a_workbook_holds_its_facts_and_figures_and_no_other(question, facts, wordings):
    book = part_of("xlsx", **question)
    assert [row[2] for row in rows_of(book, "全部记录")] == [one.title for one in facts]
    assert [row[4] for row in rows_of(book, "全部数字") if row[4]] == wordings


def test_the_data_of_a_part_is_a_valid_package_of_its_kinds(question, facts, tmp_path):
    with zipfile.ZipFile(io.BytesIO(part_of("zip", **question))) as data:
        names = {name.removesuffix(".csv") for name in data.namelist()}
        data.extractall(tmp_path)
    assert names & {kind.plural() for kind in fact_kinds()} == {one.model.plural() for one in facts}
    assert validate(str(tmp_path / "datapackage.json")).flatten(["title", "message"]) == []


def rows_under(head: str, tables: list) -> list[str]:
    """The cells under a head, of every table that has it."""
    columns = (column for table in tables for column in table.columns if column.cells[0].text == head)
    return [cell.text for column in columns for cell in column.cells[1:]]


@pytest.mark.parametrize(
    ("question", "chapters"),
    [
        (PARTS["a service"], ["重点数字", "一、为创新驱动发展服务", "附表　全部数字"]),
        (PARTS["a kind without figures"], ["一、为创新驱动发展服务", "二、为提高全民科学素质服务"]),
        (PARTS["both"], ["一、为提高全民科学素质服务", "附表　全部数字"]),
    ],
    ids=["a service", "a kind without figures", "both"],
)
def test_a_part_has_only_the_chapters_it_needs_and_is_as_sound_as_the_whole(question, chapters):
    content = part_of("pdf", **question)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [one.title for one in outline.root] == ["目　　录", *chapters, "说明", "更正与修订", "出处", "版本说明"]
    for profile in ("2a", "ua1"):
        failures = page.validate_pdf_bytes(content, profile=profile).failures
        assert [one.message for one in failures if one.rule_id != "PDFA2A-STREAM-LENGTH-001"] == []


def test_the_cover_says_what_the_report_is_about():
    content = part_of("pdf", service="innovation")
    assert "为创新驱动发展服务" in words_of_pdf(content)[:40]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title).endswith("数据报告（2017—2021年　为创新驱动发展服务）")
    both = part_of("xlsx", service="innovation", kind="training")
    assert ("范围", "为创新驱动发展服务，培训") in rows_of(both, "封面")


@pytest.mark.parametrize(
    ("question", "status", "told"),
    [
        (
            {"service": "sports"},
            400,
            "没有服务“sports”，可用的是 workers（为科技工作者服务）、innovation（为创新驱动发展服务）",
        ),
        ({"kind": "trainings"}, 400, "没有类别“trainings”，可用的是 award（奖项）、competition（竞赛）"),
        ({"period": "1999"}, 404, "没有这一页"),
    ],
)
@pytest.mark.parametrize("address", ["/report.pdf", "/report.xlsx", "/report.docx", "/data.zip"])
def test_an_unknown_part_is_answered_in_chinese(client, address, question, status, told):
    answer = client.get(address, question)
    assert answer.status_code == status
    assert told in answer.content.decode()


def test_a_part_without_facts_is_no_report_but_says_so(tmp_path):
    with pytest.raises(CommandError, match="为党和政府科学决策服务　培训：没有记录，没有可以导出的报告。"):
        call_command("export_report", output=tmp_path / "a.pdf", service="decisions", kind="training")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "zip", "docx", "pdf"])
def test_the_command_writes_a_part(tmp_path, ending):
    path = tmp_path / f"part.{ending}"
    call_command("export_report", output=path, service="innovation", verbosity=0)
    assert path.read_bytes() == part_of(ending, service="innovation")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"service": "sports"},
            "没有服务“sports”，可用的是 workers（为科技工作者服务）、innovation（为创新驱动发展服务）",
        ),
        ({"kind": "trainings"}, "没有类别“trainings”，可用的是 award（奖项）、competition（竞赛）"),
    ],
)
def test_the_command_names_the_parts_there_are(tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_report", output=tmp_path / "a.pdf", **options)


def test_the_pages_offer_the_report_of_the_period_they_show(client):
    page = client.get("/", {"period": PERIOD}).content.decode()
    for path in ("/report.pdf", "/report.docx", "/report.xlsx", "/data.zip"):
        assert f'{path}?period={PERIOD}"' in page


@pytest.mark.parametrize("service", Service)
def test_prose_of_a_service_leads_only_to_rows_that_are_printed(service):
    scope = Scope(review_scope().period, service)
    rows = {figure.name for figure in scope.figures()}
    prose = prose_of(Section(service, scope), printed=True)
    assert prose.count('class="number"') == prose.count('<a class="number" href="#') > 0
    assert set(re.findall('href="#(.*?)"', prose)) <= rows


def test_prose_of_a_service_is_not_in_the_report_of_a_kind():
    scope = Scope(review_scope().period, kind=Training)
    assert prose_of(Section(Service.LITERACY, scope), printed=True) == ""
