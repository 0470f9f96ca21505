"""Imports go down only: reading, then facts, then the kinds, then the report and what runs it; the two apps of kinds don't know each other."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROLES = "xinyi_sat.accounts.roles"  # migrations say who may do what
READING = "xinyi_sat.reading"
LAYERS = {
    "xinyi_sat/reading": (READING,),
    "xinyi_sat/accounts": ("xinyi_sat.accounts",),
    "xinyi_sat/facts": (READING, ROLES, "xinyi_sat.facts"),
    "achievements": (READING, ROLES, "xinyi_sat.facts", "achievements"),
    "outreach": (READING, ROLES, "xinyi_sat.facts", "outreach"),
    "xinyi_sat/report": (READING, ROLES, "xinyi_sat.facts", "xinyi_sat.report"),
    "xinyi_sat/operations": ("xinyi_sat.settings", "xinyi_sat.facts", "xinyi_sat.report", "xinyi_sat.operations"),
}
# Within a layer; each imports only those before it.
PACKAGES = {
    "xinyi_sat/facts": ["models", "fixtures", "changes", "editing", "uploads", "periods"],
    "xinyi_sat/report": ["models", "charts", "data", "word", "compare", "publishing", "editions"],
}
OF_DJANGO = {"management", "migrations", "templatetags"}
OURS = ("xinyi_sat", "achievements", "outreach", "tests")


def imported(path: Path) -> list[str]:
    """The modules of this project that a file imports."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.append(node.module)
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return [name for name in names if name.split(".")[0] in OURS]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_itself_and_what_lies_below(layer):
    files = sorted((settings.BASE_DIR / layer).rglob("*.py"))
    assert files
    for path in files:
        above = [name for name in imported(path) if not name.startswith(LAYERS[layer])]
        assert above == [], path


@pytest.mark.parametrize("layer", PACKAGES)
def test_every_package_has_its_place_among_the_others(layer):
    found = {path.parent.name for path in (settings.BASE_DIR / layer).glob("*/__init__.py")}
    assert found - OF_DJANGO == {*PACKAGES[layer]}


@pytest.mark.parametrize("layer", PACKAGES)
def test_a_package_imports_only_those_before_it(layer):
    names = [f"{layer.replace('/', '.')}.{name}" for name in PACKAGES[layer]]
    for place, name in enumerate(PACKAGES[layer], 1):
        files = sorted((settings.BASE_DIR / layer / name).rglob("*.py"))
        assert files
        for path in files:
            assert [one for one in imported(path) if one.startswith(tuple(names[place:]))] == [], path


def test_the_reader_of_figures_needs_no_django():
    files = sorted((settings.BASE_DIR / "xinyi_sat" / "reading").glob("*.py"))
    assert "quantity.py" in [path.name for path in files]
    for path in files:
        assert not re.search(r"^\s*(from|import) django", path.read_text(encoding="utf-8"), re.M), path
