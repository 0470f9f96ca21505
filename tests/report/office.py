"""What the tests of office files share: LibreOffice where there is one, and an empty period."""

import io
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.support import corrected, fact, new_period
from xinyi_sat.facts.models import Period

SITE = "http://testserver"
OFFICE = shutil.which("soffice")
with_libreoffice = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed: the file is not opened in it.")


@cache
def profile() -> TemporaryDirectory:
    """The settings of LibreOffice, made at its first start and used by all tests of this process."""
    return TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True)


def converted(path: Path, ending: str) -> Path:
    """The file as LibreOffice reads it, written in another format or in the same one."""
    folder = path.parent / "converted"
    profile_option = f"-env:UserInstallation=file://{profile().name}"
    command = [OFFICE, profile_option, "--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{ending}"


def words_of_docx(content: bytes) -> str:
    """The words of a Word file without spaces or line breaks."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join("".join(text.text or "" for text in body.iter(qn("w:t"))).split())


def empty_period() -> Period:
    """A published period that nothing is recorded of."""
    return new_period("2030")


def correct_training(**values: Any) -> None:
    """Change one record as an admin would."""
    corrected(fact("continuing-education"), **values)
