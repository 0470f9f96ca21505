"""What a command of the site loads before it begins."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = ("weasyprint", "fontTools", "xlsxwriter", "openpyxl", "docx", "lxml", "PIL", "resvg_py", "segno")


def loaded_by(code: str) -> list[str]:
    """The modules that a process has loaded when the code has run."""
    code = f"import sys, django; django.setup(); {code}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    environment = {"DJANGO_SETTINGS_MODULE": "xinyi_sat.settings", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout.split()


def admins(modules: list[str]) -> list[str]:
    return [name for name in modules if name.endswith("admin") and name != "django.contrib.admin"]


def test_a_command_loads_no_admin_and_no_library_that_makes_files():
    modules = loaded_by("pass")
    assert admins(modules) == []
    assert [name for name in HEAVY if name in modules] == []


def test_who_writes_public_addresses_loads_no_admin():
    modules = loaded_by(
        "from django.urls import reverse, set_urlconf; set_urlconf('xinyi_sat.public_urls'); print(reverse('figures'))"
    )
    assert "/figures/" in modules
    assert admins(modules) == []


def test_the_checks_see_the_admin():
    assert "xinyi_sat.office.admin" in loaded_by(
        "from django.core.management import call_command; call_command('check')"
    )
