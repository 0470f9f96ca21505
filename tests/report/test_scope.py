"""A report of one service or one kind: exactly its facts, in every format, and never an empty one."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from tests.pdf import words_of_pdf
from tests.report.scopes import review_scope
from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.figures import all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds, kind_named
from xinyi_sat.report.scope import Scope, narrowed

pytestmark = pytest.mark.django_db

PERIOD = "2017-2021"


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


@pytest.mark.parametrize(
    ("question", "belongs"),
    [
        ({"service": "innovation"}, lambda one: one.service == "innovation"),
        ({"kind": "training"}, lambda one: one.kind == "training"),
        ({"service": "literacy", "kind": "award"}, lambda one: (one.service, one.kind) == ("literacy", "award")),
        ({"kind": "channel"}, lambda one: one.kind == "channel"),
    ],
    ids=["a service", "a kind", "both", "a kind without figures"],
)
def test_a_part_of_the_report_holds_its_facts_and_no_other_in_every_format(client, question, belongs):
    facts = [one for one in all_statements() if belongs(one)]
    others = [one for one in all_statements() if not belongs(one)]
    figures = [one for one in all_figures() if belongs(one)]
    text = words_of_pdf(client.get("/report.pdf", question).content)
    assert all("".join(one.title.split()) in text for one in facts)
    assert not [one.title for one in others if "".join(one.title.split()) in text and one.title not in str(facts)]

    book = client.get("/report.xlsx", question).content
    assert len(rows_of(book, "全部记录")) == len(facts)
    assert [row[4] for row in rows_of(book, "全部数字") if row[4]] == [str(one.quantity) for one in figures]
    with zipfile.ZipFile(io.BytesIO(client.get("/data.zip", question).content)) as data:
        kinds = {one.kind for one in facts}
        assert {name for name in data.namelist() if kind_file(name)} == {
            f"{kind_named(kind).plural()}.csv" for kind in kinds
        }
    assert client.get("/report.docx", question).status_code == 200


def kind_file(name: str) -> bool:
    return name.removesuffix(".csv") in {kind.plural() for kind in fact_kinds()}


def test_the_cover_and_the_name_of_the_file_say_what_the_report_is_about(client):
    answer = client.get("/report.pdf", {"period": PERIOD, "service": "innovation"})
    assert answer["Content-Disposition"] == 'inline; filename="2017-2021-innovation.pdf"'
    assert "为创新驱动发展服务" in words_of_pdf(answer.content)[:200]
    assert "（2017—2021年　为创新驱动发展服务）" in Scope(review_scope().period, Service.INNOVATION).__str__().join(
        "（）"
    )


@pytest.mark.parametrize("question", [{"service": "sports"}, {"kind": "trainings"}, {"period": "1999"}])
@pytest.mark.parametrize("address", ["/report.pdf", "/report.xlsx", "/report.docx", "/data.zip"])
def test_an_unknown_part_is_answered_in_chinese(client, address, question):
    answer = client.get(address, question)
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_part_without_facts_is_no_report_but_says_so(client, tmp_path):
    answer = client.get("/report.pdf", {"service": "decisions", "kind": "training"})
    assert answer.status_code == 404
    assert "为党和政府科学决策服务　培训：没有记录，没有可以导出的报告。" in answer.content.decode()
    with pytest.raises(CommandError, match="没有记录，没有可以导出的报告"):
        call_command("export_report", output=tmp_path / "a.pdf", service="decisions", kind="training")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["xlsx", "zip", "docx", "pdf"])
def test_the_command_writes_the_same_part_as_the_address(client, tmp_path, ending):
    path = tmp_path / f"part.{ending}"
    call_command("export_report", output=path, service="workers", site="http://testserver", verbosity=0)
    address = "/data.zip" if ending == "zip" else f"/report.{ending}"
    assert path.read_bytes() == client.get(address, {"service": "workers"}).content


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"service": "sports"}, "没有服务“sports”，可用的是 workers、innovation"),
        ({"kind": "trainings"}, "没有类别“trainings”，可用的是 award、"),
    ],
)
def test_the_command_names_the_parts_there_are(tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("export_report", output=tmp_path / "a.pdf", **options)


def test_the_pages_offer_the_report_of_what_they_show(client):
    service = client.get("/services/innovation/").content.decode()
    assert f"/report.pdf?period={PERIOD}&amp;service=innovation" in service
    assert "/report.pdf?kind=training" in client.get("/outreach/trainings/").content.decode()


def test_prose_of_a_service_leads_only_to_rows_that_are_printed(caplog, client):
    for service in Service:
        assert client.get("/report.pdf", {"service": service.value}).status_code == 200
    assert [record.message for record in caplog.records if record.name.startswith("weasyprint")] == []
    assert narrowed(review_scope().period, "workers", None).parts == ["为科技工作者服务"]
