"""The site of another association: its name everywhere, and nowhere the name of the one it was first made for."""

import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from tests.pages.crawling import answers, words_in
from tests.roles import logged_in
from tests.tasks import a_line_each, publish_all
from xinyi_sat.accounts.roles import MANAGER
from xinyi_sat.facts.fixtures.files import fixture_files
from xinyi_sat.facts.models import Period

NAME = "临湖县科学技术协会"
FIRST = re.compile("新沂|徐州")
CODE = ("xinyi_sat", "achievements", "outreach", "templates", ".ci", "manage.py", "pyproject.toml")
NO_TEXT = (".pyc", ".ttf", ".woff2", ".png", ".mo")

PERIOD = {"slug": "2024", "title": "2024年", "starts_on": "2024-01-01", "ends_on": "2024-12-31", "state": "published"}
LECTURES = {"title": "银杏栽培讲座", "slug": "ginkgo-lectures", "service": "literacy", "headline_rank": 1}
ROWS = {
    "facts.association": {
        "name": NAME,
        "short_name": "临湖县科协",
        "site_name": "临湖县科协工作回顾",
        "region": "临湖县",
        "prefecture": "江北市",
        "site_url": "https://kexie.linhu.example",
    },
    "facts.measure": {"slug": "people", "label": "人数", "dimension": "people", "units": "人", "kinds": "training"},
    "facts.term": {"vocabulary": "training-form", "slug": "lecture", "label": "讲座"},
    "facts.organisation": {"slug": "linhu-ast", "name": NAME, "kind": "association"},
    "facts.period": PERIOD,
    "facts.document": {
        "slug": "linhu-2024",
        "title": "2024年工作总结",
        "published_on": "2025-01-10",
        "publisher": ["linhu-ast"],
        "period": ["2024"],
    },
    "facts.passage": {"document": ["linhu-2024"], "paragraph": 1, "role": "body", "length": 80, "digest": "0" * 64},
    "outreach.training": LECTURES
    | {
        "period": ["2024"],
        "passage": ["linhu-2024", 1],
        "form": "lecture",
        "partners": [["linhu-ast"]],
        "figures": {"people": {"wording": "320人", "start": 5, "end": 9}},
    },
}


@pytest.fixture
def lake_county(db, tmp_path) -> Path:
    """A new site of the association, loaded from fixtures of its own."""
    mine = ("facts", "achievements", "outreach", "report")
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in mine and not model._meta.proxy:
            model._base_manager.all()._raw_delete("default")
    for filename, in_file in fixture_files().items():
        labels = [model._meta.label_lower for model in in_file]
        rows = [{"model": label, "fields": ROWS[label]} for label in labels if label in ROWS]
        (tmp_path / filename).write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "changes.json").write_text("[]")
    call_command("load_facts", fixtures=tmp_path, verbosity=0)
    return tmp_path


def test_every_page_is_the_associations(client, lake_county):
    a_line_each(Period.objects.get())
    read = dict(answers(client, ["/", "/corrections.atom", "/admin/login/"]))
    assert [path for path, words in read.items() if FIRST.search(words)] == []
    home = read["/"]
    assert NAME in home
    assert "临湖县科协工作回顾</title>" in home
    assert "320人" in home
    assert NAME in read["/corrections.atom"]
    assert NAME in client.get("/nowhere/").content.decode()
    assert {"/outreach/trainings/2024/ginkgo-lectures/?", "/figures.csv?", "/help/?", "/about/?"} <= {*read}


def test_the_admin_is_the_associations(lake_county):
    client = logged_in(MANAGER)
    for path in ("", "outreach/training/", "outreach/training/add/", "facts/association/1/change/", "upload/"):
        page = client.get(f"/admin/{path}").content.decode()
        assert "临湖县科协工作回顾 · 数据管理" in page
        assert not FIRST.search(page)


@pytest.mark.slow
def test_every_file_names_the_association(client, lake_county):
    publish_all()
    for path in ("/report.pdf", "/report.docx", "/report.xlsx", "/data.zip"):
        words = words_in(client.get(path))
        assert NAME in words, path
        assert not FIRST.search(words), path
        assert "kexie.linhu.example" in words, path
    cover = words_in(client.get("/report.pdf"))[:200]
    assert cover.startswith(NAME)


def test_no_code_names_an_association():
    files = [file for name in CODE for file in [settings.BASE_DIR / name, *(settings.BASE_DIR / name).rglob("*")]]
    texts = [file for file in files if file.is_file() and file.suffix not in NO_TEXT and "prose" not in file.parts]
    assert len(texts) > 300
    assert [str(file) for file in texts if FIRST.search(file.read_text(encoding="utf-8"))] == []
