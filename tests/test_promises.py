"""The promises that `.github/DECISIONS.md` lists have the tests that it names."""

import re

from django.conf import settings


def test_every_promise_has_its_tests_by_name():
    told = (settings.BASE_DIR / ".github" / "DECISIONS.md").read_text(encoding="utf-8")
    promises = re.split(r"^\d+\. ", told.split("## The promises and their tests")[1], flags=re.M)[1:]
    named = [re.findall(r"`(test_\w+)`", promise) for promise in promises]
    assert [bool(names) for names in named] == [True] * 10
    tests = "".join(path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "tests").rglob("test_*.py"))
    assert [name for names in named for name in names if f"def {name}(" not in tests] == []
