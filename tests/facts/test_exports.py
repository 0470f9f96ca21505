"""Files for machines and spreadsheets."""

import csv
import io
import json

import pytest
from django.urls import reverse

from outreach.models import Training
from tests.changes import corrected
from xinyi_sat.facts.exports import csv_lines
from xinyi_sat.facts.kinds import fact_kinds

pytestmark = pytest.mark.django_db

FIGURE_COLUMNS = [
    *("kind", "slug", "title", "measure", "wording", "low", "high", "qualifier", "unit", "basis", "service"),
    *("period", "document", "paragraph", "start", "end", "note", "url", "corrected", "corrected_on"),
]


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def rows_of(answer) -> list[dict]:
    text = text_of(answer)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_figures_csv_has_a_row_for_each_figure_with_its_meaning_and_its_place(client, only_selects):
    rows = rows_of(client.get("/figures.csv"))
    assert len(rows) == 37
    assert list(rows[0]) == FIGURE_COLUMNS
    [volunteers] = [row for row in rows if row["slug"] == "science-volunteers"]
    note = volunteers.pop("note")
    assert "重复" in note
    assert volunteers == {
        "kind": "team",
        "slug": "science-volunteers",
        "title": "科技志愿者",
        "measure": "members",
        "wording": "4200多名",
        "low": "4200",
        "high": "4300",
        "qualifier": "over",
        "unit": "名",
        "basis": "not_stated",
        "service": "organisation",
        "period": "2017-2021",
        "document": "xinyi-review-2021",
        "paragraph": "18",
        "start": "136",
        "end": "142",
        "url": "http://testserver/outreach/teams/2017-2021/science-volunteers/",
        "corrected": "",
        "corrected_on": "",
    }


def test_every_figure_stands_in_the_document_where_figures_csv_says(client, review):
    paragraphs = review.read_text(encoding="utf-8").split("\n")
    for row in rows_of(client.get("/figures.csv")):
        assert paragraphs[int(row["paragraph"]) - 1][int(row["start"]) : int(row["end"])] == row["wording"]


def test_a_rounded_figure_says_so(client):
    [row] = [row for row in rows_of(client.get("/figures.csv")) if row["wording"] == "5.36万人次"]
    assert (row["low"], row["high"], row["qualifier"], row["unit"]) == ("53600", "53600", "rounded", "人次")


def test_facts_csv_has_those_without_a_figure_too(client, only_selects):
    rows = rows_of(client.get("/facts.csv"))
    assert len(rows) == 73
    assert list(rows[0]) == ["kind", "slug", "title", "service", "period", "document", "paragraph", "note", "url"]
    assert {row["kind"] for row in rows} == {kind.kind() for kind in fact_kinds()}
    assert [row["title"] for row in rows if row["slug"] == "sorting-robot"] == ["智能分拣机器人项目"]


def test_a_file_follows_the_question_in_the_address(client):
    rows = rows_of(client.get("/figures.csv", {"kind": "training", "at_least": "2000"}))
    assert {row["wording"] for row in rows} == {"2342人", "20000多人", "5.36万人次", "6300户"}


def test_a_file_follows_the_order_in_the_address(client):
    rows = rows_of(client.get("/figures.csv", {"sort": "-quantity"}))
    assert [row["wording"] for row in rows][:3] == ["5.36万人次", "20000多人", "6300户"]


def test_a_list_file_has_the_wording_and_the_bounds_beside_it(client, only_selects):
    rows = rows_of(client.get(reverse("outreach:trainings_csv"), {"sort": "-participants"}))
    assert [row["人数"] for row in rows][:4] == ["20000多人", "2342人", "1023人", ""]
    assert (rows[0]["人数（下限）"], rows[0]["人数（上限）"]) == ("20000", "30000")
    assert rows[0]["服务"] == "为提高全民科学素质服务"
    assert rows[0]["出处"] == "第 10 段"
    assert rows[0]["网址"] == "http://testserver/outreach/trainings/2017-2021/employment-courses/"


def test_json_has_numbers_as_numbers(client, only_selects):
    answer = client.get(reverse("outreach:trainings_json"), {"q": "继续教育"})
    [record] = json.loads(text_of(answer))
    assert record["participants"] == "2342人"
    assert (record["participants_low"], record["participants_high"]) == (2342, 2342)
    assert record["attendances"] is None


def test_all_figures_and_all_facts_are_there_as_json_too(client, only_selects):
    figures = json.loads(text_of(client.get("/figures.json")))
    assert len(figures) == 37
    assert (figures[0]["wording"], figures[0]["low"], figures[0]["paragraph"]) == ("20名", 20, 4)
    assert len(json.loads(text_of(client.get("/facts.json")))) == 73


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_every_list_has_its_files(client, only_selects, kind):
    name = f"{kind._meta.app_label}:{kind.plural()}"
    assert len(rows_of(client.get(reverse(f"{name}_csv")))) == kind.objects.count()
    assert len(json.loads(text_of(client.get(reverse(f"{name}_json"))))) == kind.objects.count()


@pytest.mark.parametrize("kind", fact_kinds(), ids=lambda kind: kind.kind())
def test_no_cell_of_a_file_has_what_is_meant_for_a_page(client, only_selects, kind):
    name = f"{kind._meta.app_label}:{kind.plural()}"
    for written in ("csv", "json"):
        assert "<" not in text_of(client.get(reverse(f"{name}_{written}")))


def test_an_empty_list_is_still_json(client):
    assert json.loads(text_of(client.get(reverse("outreach:trainings_json"), {"q": "无此事"}))) == []


@pytest.mark.parametrize("path", ["/figures.csv", "/outreach/trainings.csv", "/outreach/trainings.json"])
def test_a_file_asked_for_with_nonsense_is_refused_in_chinese(client, path):
    answer = client.get(path, {"at_least": "许多", "participants_min": "许多"})
    assert answer.status_code == 400
    assert "不少于：输入一个数" in answer.content.decode()


@pytest.mark.parametrize("path", ["/figures.csv", "/figures.json", "/facts.csv", "/facts.json"])
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


@pytest.mark.parametrize("wording", ["1000000000001", "1e+50", "1e+51"])
@pytest.mark.parametrize(("path", "name"), [("/figures.csv", "at_least"), ("/outreach/trainings.csv", "sessions_min")])
def test_a_number_that_no_figure_can_have_is_refused_in_words(client, path, name, wording):
    assert client.get(path, {name: "1000000000000"}).status_code == 200
    answer = client.get(path, {name: wording})
    assert answer.status_code == 400
    assert "不少于：应不大于一万亿。" in answer.content.decode()


def test_facts_can_be_narrowed_as_figures_can(client):
    def slugs(**question: str) -> set[str]:
        return {row["slug"] for row in json.loads(text_of(client.get("/facts.json", question)))}

    assert slugs(kind="training") == set(Training.objects.values_list("slug", flat=True))
    assert slugs(kind="training", q="公共课") == {"continuing-education"}
    assert slugs(service="literacy") == {
        slug for kind in fact_kinds() for slug in kind.objects.filter(service="literacy").values_list("slug", flat=True)
    }


@pytest.mark.parametrize("cell", ["=1+1", "+8", "-8", "@A1", "\t=1", "\r=1", "\n=1"])
def test_no_text_cell_is_run_as_a_formula(cell):
    assert "'" + cell in "".join(csv_lines([[cell]]))


def test_a_negative_number_stays_a_number():
    assert "".join(csv_lines([[-8]])).endswith("-8\r\n")


def test_a_title_that_looks_like_a_formula_is_harmless_in_every_file(client):
    training = Training.objects.get(slug="continuing-education")
    training.title = "=HYPERLINK(1)"
    corrected(training)
    for path in ("/figures.csv", "/facts.csv", "/outreach/trainings.csv"):
        assert "'=HYPERLINK(1)" in text_of(client.get(path))
