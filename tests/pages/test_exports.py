"""Files for programs and spreadsheets."""

import pytest

from outreach.models import Training
from tests.pages.reading import page, records, rows, text
from tests.support import corrected, fact
from xinyi_sat.facts.models import Association, Fact, fact_kinds
from xinyi_sat.pages.exports import csv_lines

pytestmark = pytest.mark.django_db

TRAININGS = "/outreach/trainings"

FIGURE_COLUMNS = [
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis", "service"),
    *("period", "document", "paragraph", "start", "end", "note", "url", "corrected", "corrected_on"),
]


def test_figures_csv_has_a_row_for_each_figure_with_its_meaning_and_its_place(client, only_selects):
    found = rows(client, "/figures.csv")
    assert len(found) == 37
    assert list(found[0]) == FIGURE_COLUMNS
    [volunteers] = [row for row in found if row["slug"] == "science-volunteers"]
    assert "重复" in volunteers.pop("note")
    assert [*volunteers.values()] == [
        *("team", "science-volunteers", "科技志愿者", "members", "4200多名", "4200", "4300", "over", "名"),
        *("not_stated", "organisation", "2017-2021", "xinyi-review-2021", "18", "136", "142"),
        *("http://testserver/outreach/teams/2017-2021/science-volunteers/", "", ""),
    ]


def test_every_figure_stands_in_the_document_where_figures_csv_says(client, review):
    paragraphs = review.read_text(encoding="utf-8").split("\n")
    for row in rows(client, "/figures.csv"):
        assert paragraphs[int(row["paragraph"]) - 1][int(row["start"]) : int(row["end"])] == row["wording"]


def test_a_rounded_figure_says_so_and_a_part_of_a_unit_keeps_its_decimals(client):
    [row] = [row for row in rows(client, "/figures.csv") if row["wording"] == "5.36万人次"]
    assert (row["low"], row["high"], row["qualifier"], row["unit"]) == ("53600", "53600", "rounded", "人次")
    corrected(fact("town-chairs"), members="17.5个")
    [row] = rows(client, "/figures.csv", q="17.5")
    assert (row["low"], row["high"]) == ("17.5", "17.5")


def test_facts_csv_has_those_without_a_figure_too(client, only_selects):
    found = rows(client, "/facts.csv")
    assert len(found) == Fact.objects.count() == 73
    assert list(found[0]) == ["kind", "slug", "title", "service", "period", "document", "paragraph", "note", "url"]
    assert {row["kind"] for row in found} == {kind.noun() for kind in fact_kinds() if kind.objects.exists()}
    assert [row["title"] for row in found if row["slug"] == "sorting-robot"] == ["智能分拣机器人项目"]


def test_a_file_follows_the_question_and_the_order_in_the_address(client):
    found = rows(client, "/figures.csv", kind="training", at_least="2000", sort="-quantity")
    assert [row["wording"] for row in found] == ["5.36万人次", "20000多人", "6300户", "2342人"]


def test_a_list_file_has_the_wording_and_the_bounds_beside_it(client, only_selects):
    found = rows(client, f"{TRAININGS}.csv", sort="-participants")
    assert [row["人数"] for row in found][:4] == ["20000多人", "2342人", "1023人", ""]
    first = found[0]
    assert (first["人数（下限）"], first["人数（上限）"]) == ("20000", "30000")
    assert (first["形式"], first["服务"], first["出处"]) == ("培训班", "为提高全民科学素质服务", "第 10 段")
    assert first["网址"] == "http://testserver/outreach/trainings/2017-2021/employment-courses/"


def test_json_has_numbers_as_numbers(client, only_selects):
    [record] = records(client, f"{TRAININGS}.json", q="继续教育")
    assert record["participants"] == "2342人"
    assert (record["participants_low"], record["participants_high"]) == (2342, 2342)
    assert record["attendances"] is None
    assert records(client, f"{TRAININGS}.json", q="无此事") == []
    figures = records(client, "/figures.json")
    assert (figures[0]["wording"], figures[0]["low"], figures[0]["paragraph"]) == ("20名", 20, 4)
    assert (len(figures), len(records(client, "/facts.json"))) == (37, 73)


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.noun())
def test_the_files_of_a_list_say_what_its_page_says_without_what_is_meant_for_a_page(client, only_selects, kind):
    path, shown = kind.list_url().rstrip("/"), page(client, kind.list_url())
    assert len(rows(client, f"{path}.csv")) == len(records(client, f"{path}.json")) == kind.objects.count()
    assert all("<" not in text(client, f"{path}.{ending}") for ending in ("csv", "json"))
    hidden = {"段落", "标识", "文献", "说明", "网址", "更正与修订", "时期", "服务"}
    for row in rows(client, f"{path}.csv")[:25]:
        heads = [head for head in row if f">{head}</a>" in shown and head not in hidden]
        assert all(cell in shown for head in heads for cell in row[head].split("、"))


@pytest.mark.parametrize("path", ["/figures.csv", f"{TRAININGS}.json"])
@pytest.mark.parametrize(("asked", "told"), [("许多", "输入一个数"), ("1e+51", "应不大于一万亿。")])
def test_a_file_asked_for_a_number_that_no_figure_can_have_is_refused_in_words(client, path, asked, told):
    name = "at_least" if path == "/figures.csv" else "sessions_min"
    assert client.get(path, {name: "1000000000000"}).status_code == 200
    answer = client.get(path, {name: asked})
    assert answer.status_code == 400
    assert f"不少于：{told}" in answer.content.decode()


@pytest.mark.parametrize("path", ["/figures.csv", "/facts.json"])
@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"kind": "nope"}, "类别：没有“nope”这一项，请从列出的选项中选择。可用的是 award（奖项） competition（竞赛）"),
        ({"service": "nope"}, "服务：没有“nope”这一项，请从列出的选项中选择。可用的是 workers（为科技工作者服务）"),
        ({"q": "\0"}, "查找：不能含有"),
    ],
)
def test_a_file_asked_for_what_is_not_there_is_refused_alike_everywhere(client, path, question, told):
    answer = client.get(path, question)
    assert answer.status_code == 400
    assert told in answer.content.decode()


def test_facts_can_be_narrowed_as_figures_can(client):
    def slugs(**question: str) -> set[str]:
        return {row["slug"] for row in records(client, "/facts.json", **question)}

    assert slugs(kind="training") == set(Training.objects.values_list("slug", flat=True))
    assert slugs(kind="training", q="公共课") == {"continuing-education"}
    assert slugs(service="literacy") == set(Fact.objects.filter(service="literacy").values_list("slug", flat=True))


@pytest.mark.parametrize("cell", ["=1+1", "+8", "-8", "@A1", "\t=1", "\n=1"])
def test_no_text_cell_is_run_as_a_formula_and_a_negative_number_stays_one(cell):
    assert "'" + cell in "".join(csv_lines([[cell]]))
    assert "".join(csv_lines([[-8]])).endswith("\ufeff-8\r\n")


def test_line_breaks_of_any_system_are_line_feeds_in_files():
    assert "".join(csv_lines([["第一行\r\n第二行\r"], ["\r=1"]])) == '\ufeff"第一行\n第二行\n"\r\n"\'\n=1"\r\n'


def test_a_title_that_looks_like_a_formula_is_harmless_in_every_file(client):
    corrected(fact("continuing-education"), title="=HYPERLINK(1)")
    for path in ("/figures.csv", "/facts.csv", f"{TRAININGS}.csv", "/corrections.csv"):
        assert "'=HYPERLINK(1)" in text(client, path)


def test_addresses_in_files_are_those_the_association_has_named_whatever_name_the_reader_came_by(client):
    Association.objects.update(site_url="http://kexie.example")
    answer = client.get("/figures.csv", headers={"host": "localhost:9"})
    lines = b"".join(answer.streaming_content).decode()
    assert "http://kexie.example/achievements/awards/2017-2021/" in lines
    assert "localhost" not in lines
