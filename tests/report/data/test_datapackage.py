"""The data package: valid by its standard, described in Chinese, and the same bytes for the same records."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from frictionless import validate

from tests.report.office import SITE, correct_training
from tests.report.scopes import as_edition, review_scope
from xinyi_sat.facts.models import fact_kinds
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.datapackage import package_of
from xinyi_sat.report.imprint import Imprint, Site

pytestmark = pytest.mark.django_db


def made() -> bytes:
    return package_of(review_scope(), Site(SITE))


def file_in(package: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return opened.read(name).decode()


def rows_of(package: bytes, name: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file_in(package, f"{name}.csv").removeprefix("\ufeff"))))


def descriptor(package: bytes) -> dict:
    return json.loads(file_in(package, "datapackage.json"))


def complaints(package: bytes, folder: Path) -> list[list[str]]:
    """What frictionless says is wrong, every row and every reference read."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        opened.extractall(folder)
    return validate(str(folder / "datapackage.json")).flatten(["type", "message"])


def test_the_package_is_valid_and_a_changed_row_makes_it_invalid(package, tmp_path):
    assert complaints(package, tmp_path) == []
    figures = tmp_path / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b"science-volunteers", b"sciencevolunteers"))
    kinds = {kind for [kind] in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert {"hash-count", "foreign-key"} <= kinds


def test_the_package_has_a_table_of_figures_of_facts_of_each_kind_and_of_their_sources(package):
    kinds = [kind.plural() for kind in fact_kinds()]
    tables = ["figures", "facts", *kinds, "organisations", "periods", "documents", "passages"]
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.namelist() == ["datapackage.json", "README.md", *(f"{name}.csv" for name in tables)]
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [one["path"] for one in descriptor(package)["resources"]] == [f"{name}.csv" for name in tables]


def test_the_package_names_its_version_sources_years_and_citation(package):
    described = descriptor(package)
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (described["name"], described["homepage"]) == ("xinyi-sat-2017-2021", "http://testserver/")
    assert described["temporal"] == {"start": "2017-01-01", "end": "2021-12-31"}
    assert [source["title"][:13] for source in described["sources"]] == ["《新沂市科协五年工作回顾》"]
    assert described["bibliographicCitation"].startswith("新沂市科学技术协会：《工作回顾数据报告》")
    assert described["keywords"] == ["科学技术协会", "新沂市", "四服务", "工作回顾"]
    assert "licenses" not in described


def test_the_package_says_that_it_is_no_edition_yet_or_which_one(package):
    assert "version" not in descriptor(package)
    for words in (descriptor(package)["description"], file_in(package, "README.md")):
        assert "版次：现行数据（尚未定版）" in words
    scope = as_edition(review_scope())
    edition = package_of(scope, Site(SITE))
    assert descriptor(edition)["version"] == "1.0.0"
    for label, words in data_lines(Imprint(scope)):
        assert f"{label}：{words}。" in descriptor(edition)["description"]
        assert f"- {label}：{words}\n" in file_in(edition, "README.md")


def test_every_column_has_a_type_and_a_chinese_title_and_set_words_are_listed(package):
    for resource in descriptor(package)["resources"]:
        heads = file_in(package, resource["path"]).removeprefix("\ufeff").splitlines()[0]
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert ",".join(fields) == heads
        assert {field["type"] for field in fields.values()} <= {"string", "number", "integer", "date", "boolean"}
        assert not any(field["title"].isascii() for field in fields.values())
        if "qualifier" in fields:
            assert {"value": "over", "label": "多于"} in fields["qualifier"]["categories"]


@pytest.mark.parametrize("name", ["figures", "facts"])
def test_figures_and_facts_are_those_of_the_site(package, client, name):
    answer = client.get(f"/{name}.csv")
    assert file_in(package, f"{name}.csv") == b"".join(answer.streaming_content).decode()


def test_passages_are_known_by_number_and_digest_and_their_words_are_not_in_it(package, review):
    passages = rows_of(package, "passages")
    assert len(passages) == 21
    assert list(passages[0]) == ["document", "paragraph", "role", "service", "length", "digest", "url"]
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        everything = "".join(opened.read(name).decode() for name in opened.namelist())
    lines = review.read_text(encoding="utf-8").split("\n")
    assert not [line for line in lines if len(line) > 20 and line in everything]


def test_the_same_records_give_the_same_bytes_and_a_correction_others(package):
    assert made() == package
    correct_training(participants="2352人")
    assert made() != package


def test_what_looks_like_a_formula_is_harmless_and_line_breaks_are_kept(tmp_path):
    correct_training(title="=HYPERLINK(1)", note="第一行\r\n第二行")
    changed = made()
    [row] = [one for one in rows_of(changed, "trainings") if "HYPERLINK" in one["title"]]
    assert (row["title"], row["note"]) == ("'=HYPERLINK(1)", "第一行\n第二行")
    assert complaints(changed, tmp_path) == []
