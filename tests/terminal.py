"""What an operator reads at the terminal."""

import runpy
import sys

import pytest
from django.conf import settings


def at_terminal(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What manage.py says of a command that ends with an error."""
    monkeypatch.setattr(sys, "argv", ["manage.py", *words])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(settings.BASE_DIR / "manage.py"), run_name="__main__")
    return str(ended.value)
