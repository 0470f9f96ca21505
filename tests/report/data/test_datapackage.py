"""The data package: valid by its standard, described in Chinese, and the same bytes for the same records."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from frictionless import Report, validate

from tests.report.office import SITE, correct_training, empty_period
from tests.report.scopes import as_edition, review_scope
from xinyi_sat.report.colophon import data_lines
from xinyi_sat.report.data.datapackage import package_of
from xinyi_sat.report.imprint import Imprint, Site
from xinyi_sat.report.scope import Scope

pytestmark = pytest.mark.django_db

TABLES = [
    *("figures", "facts", "awards", "competitions", "proposals", "coverages", "trainings", "enterprise_links"),
    *("channels", "venues", "engagements", "teams", "organisations", "periods", "documents", "passages"),
]


def made() -> bytes:
    return package_of(review_scope(), Site(SITE))


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker) -> bytes:
    """The package of the published facts."""
    with django_db_blocker.unblock():
        return made()


def file_in(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def rows_of(content: bytes, name: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(file_in(content, f"{name}.csv").removeprefix("\ufeff"))))


def verdict(content: bytes, folder: Path) -> Report:
    """What frictionless says of a package, every row and every reference read."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        package.extractall(folder)
    return validate(str(folder / "datapackage.json"))


def descriptor(content: bytes) -> dict:
    return json.loads(file_in(content, "datapackage.json"))


def test_the_package_is_valid(content, tmp_path):
    report = verdict(content, tmp_path)
    assert report.flatten(["title", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_a_package_without_records_is_valid(tmp_path):
    assert verdict(package_of(Scope(empty_period()), Site()), tmp_path).flatten(["title", "message"]) == []


def test_a_changed_row_makes_the_package_invalid(content, tmp_path):
    verdict(content, tmp_path)
    figures = tmp_path / "figures.csv"
    figures.write_bytes(figures.read_bytes().replace(b"science-volunteers", b"sciencevolunteers"))
    kinds = {kind for [kind] in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert {"hash-count", "foreign-key"} <= kinds


def test_the_package_names_its_version_sources_years_and_citation(content):
    package = descriptor(content)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "xinyi-sat-2017-2021"
    assert package["homepage"] == "http://testserver/"
    assert package["temporal"] == {"start": "2017-01-01", "end": "2021-12-31"}
    assert [source["title"][:13] for source in package["sources"]] == ["《新沂市科协五年工作回顾》"]
    assert package["bibliographicCitation"].startswith("新沂市科学技术协会：《工作回顾数据报告》")
    assert "licenses" not in package
    assert [one["path"] for one in package["resources"]] == [f"{name}.csv" for name in TABLES]


def test_the_package_says_that_it_is_no_edition_yet_or_which_one(content, tmp_path):
    assert "version" not in descriptor(content)
    for told in (descriptor(content)["description"], file_in(content, "README.md")):
        assert "版次：现行数据（尚未定版）" in told
    scope = as_edition(review_scope())
    edition = package_of(scope, Site(SITE))
    assert descriptor(edition)["version"] == "1.0.0"
    for label, words in data_lines(Imprint(scope)):
        assert f"{label}：{words}。" in descriptor(edition)["description"]
        assert f"- {label}：{words}\n" in file_in(edition, "README.md")
    assert "2017—2021年，第1版，2026年11月24日。数据读自" in file_in(edition, "README.md").partition("## 引用")[2]
    assert verdict(edition, tmp_path).flatten(["title", "message"]) == []


def test_every_column_has_a_type_and_a_chinese_title(content):
    for resource in descriptor(content)["resources"]:
        heads = file_in(content, resource["path"]).removeprefix("\ufeff").splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == heads.split(",")
        for field in resource["schema"]["fields"]:
            assert field["type"] in ("string", "number", "integer", "date", "boolean")
            assert not field["title"].isascii()


def test_a_column_of_set_words_lists_them_with_what_they_mean(content):
    [figures] = [one for one in descriptor(content)["resources"] if one["name"] == "figures"]
    [qualifier] = [field for field in figures["schema"]["fields"] if field["name"] == "qualifier"]
    assert {"value": "over", "label": "多于"} in qualifier["categories"]


@pytest.mark.parametrize("name", ["figures", "facts"])
def test_figures_and_facts_are_those_of_the_site(content, client, name):
    answer = client.get(f"/{name}.csv")
    assert file_in(content, f"{name}.csv") == b"".join(answer.streaming_content).decode()


def test_every_organisation_that_is_named_is_in_it(content):
    names = {row["name"] for row in rows_of(content, "organisations")}
    assert {"新沂市科学技术协会", "《新华日报》"} <= names
    for row in rows_of(content, "enterprise_links"):
        assert set(filter(None, row["companies"].split("、"))) <= names


def test_passages_are_known_by_number_and_digest_and_their_words_are_not_in_it(content, review):
    lines = review.read_text(encoding="utf-8").split("\n")
    passages = rows_of(content, "passages")
    assert len(passages) == 21
    assert list(passages[0]) == ["document", "paragraph", "role", "service", "length", "digest", "url"]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())
    assert not [line for line in lines if len(line) > 20 and line in everything]


def test_the_readme_tells_what_is_in_it_how_to_read_it_and_how_to_cite_it(content):
    readme = file_in(content, "README.md")
    assert "| `figures.csv` | 全部数字 | 37 |" in readme
    assert "| 多于（`over`） | 10余家、4200多名 |" in readme
    assert "数据读自《新沂市科协五年工作回顾》，新沂市科学技术协会，2021年12月27日发布。http://testserver/" in readme
    assert "没有声明许可" in readme


def test_the_same_records_give_the_same_bytes(content):
    assert made() == content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist() == ["datapackage.json", "README.md", *(f"{name}.csv" for name in TABLES)]


def test_a_title_that_looks_like_a_formula_is_harmless_and_the_package_still_valid(tmp_path):
    correct_training(title="=HYPERLINK(1)")
    changed = made()
    assert "'=HYPERLINK(1)" in [row["title"] for row in rows_of(changed, "trainings")]
    assert verdict(changed, tmp_path).valid
