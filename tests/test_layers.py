"""Imports go one way, from what is read to what is served: a module imports only what stands before it in ORDER.

A word may name a folder that has no line of its own: its modules may import each other, as long as none goes round.
"""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

ORDER = [
    # Text becomes quantities.
    ("xinyi_sat.reading", "plain_text vocabulary qualifiers context numerals phrases quantity non_quantities"),
    ("xinyi_sat.reading", "expressions paragraphs"),
    # Who may log in, and what they may do.
    (
        "xinyi_sat.accounts",
        "known_addresses roles carried sessions lockout second_step passwords models forms views login user_forms",
    ),
    ("xinyi_sat.accounts", "user_admin admin site terminal management migrations apps"),
    # What documents say is recorded, and every change of it.
    ("xinyi_sat.facts", "choices quotation constraints invisible search"),
    ("xinyi_sat.facts.models", "changes recording texts tracked addresses association vocabulary organisations"),
    ("xinyi_sat.facts.models", "kinds periods sources fact figure drafts fixture_log"),
    ("xinyi_sat.facts", "models entry history"),
    ("xinyi_sat.facts.fixtures", "files rows history dumping loading"),
    ("xinyi_sat.facts", "audit drafting association_names state_rules background atomic_files error_pages"),
    ("xinyi_sat.facts", "management migrations apps"),
    # What readers see of it.
    ("xinyi_sat.pages", "period_choice figure_links exports forms columns tables filters error_pages lists"),
    ("xinyi_sat.pages", "sources fact_pages organisations corrections middleware context_processors templatetags"),
    ("xinyi_sat.pages", "urls apps"),
    # How staff enter, correct and publish it.
    (
        "xinyi_sat.office",
        "models links rights forms unseen_changes doubts state_form tracked_admin suggestions draft_admin",
    ),
    ("xinyi_sat.office", "state_admin fact_form fact_admin association_admin vocabulary_admin"),
    ("xinyi_sat.office.periods", "copying outlook forms period_admin"),
    ("xinyi_sat.office.uploads", "names records columns reading tables since comparing checking saving template forms"),
    ("xinyi_sat.office.uploads", "views urls"),
    ("xinyi_sat.office", "admin site migrations apps"),
    # The kinds of fact.
    ("achievements", "models tables urls migrations apps"),
    ("outreach", "models tables urls migrations apps"),
    # What is made of a period: what it holds, how it is drawn and told, its files, and who may have them.
    ("xinyi_sat.report", "choices permanence"),
    ("xinyi_sat.report.models", "digests editions published"),
    ("xinyi_sat.report", "models scope typefaces"),
    ("xinyi_sat.report.charts", "svg axis marks layout chart choice records"),
    ("xinyi_sat.report", "sections imprint references prose notes colophon contents chapters"),
    ("xinyi_sat.report", "archive data word glyphs conformance pdf formats"),
    ("xinyi_sat.report.publishing", "limits reasons making parts offers serving views"),
    ("xinyi_sat.report.editions", "issuing verifying views"),
    ("xinyi_sat.report.compare", "change periods forms views"),
    ("xinyi_sat.report", "preview views templatetags file_admin admin management migrations urls preview_urls apps"),
    # The site as a whole, and how it runs.
    ("xinyi_sat", "public_urls urls environment settings statics wsgi"),
    ("xinyi_sat.operations", "address data_folder tasks processes management apps"),
]
TOP = ("xinyi_sat", "achievements", "outreach")
APART = [("xinyi_sat.accounts", "xinyi_sat.facts"), ("achievements", "outreach")]  # neither knows the other
ENTRIES = [f"{package}.{name}" for package, names in ORDER for name in names.split()]


def modules() -> dict[str, Path]:
    """Every module of the project with its file; an `__init__` that says nothing is none."""
    found = [path for folder in TOP for path in (settings.BASE_DIR / folder).rglob("*.py")]
    return {module_name(path): path for path in found if path.name != "__init__.py" or imported(path)}


def module_name(path: Path) -> str:
    """What a file is imported as."""
    parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place_of(module: str) -> int:
    """The place of a module in ORDER, by its own name or that of the nearest folder; above all where it has none."""
    while module and module not in ENTRIES:
        module = module.rpartition(".")[0]
    return ENTRIES.index(module) if module else len(ENTRIES)


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports of the project."""
    known = modules()
    return {
        name: {one if one in known else one.rpartition(".")[0] for one in imported(path)} & known.keys()
        for name, path in known.items()
    }


def imported(path: Path) -> set[str]:
    """The full names that a file imports, of modules or of what is in them; those for type checkers only are left out."""
    nodes = [ast.parse(path.read_text(encoding="utf-8"))]
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            nodes += ast.iter_child_nodes(node)
    return names


def test_every_module_has_its_place():
    found = modules()
    assert [name for name in found if place_of(name) == len(ENTRIES)] == []
    assert [name for name in ENTRIES if not any(f"{one}.".startswith(f"{name}.") for one in found)] == []


def test_a_module_imports_only_what_stands_before_it():
    backward = [(name, one) for name, names in imports().items() for one in names if place_of(one) > place_of(name)]
    assert sorted(backward) == []


def test_no_imports_go_round():
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_beside_each_other_do_not_know_each_other(one, other):
    pairs = [{name, known} for name, names in imports().items() for known in names]
    assert [
        pair for pair in pairs if all(any(name.startswith(folder) for name in pair) for folder in (one, other))
    ] == []


def test_the_reader_of_figures_needs_no_django():
    files = [path for name, path in modules().items() if name.startswith("xinyi_sat.reading")]
    assert [path for path in files if any(name.startswith("django") for name in imported(path))] == []
