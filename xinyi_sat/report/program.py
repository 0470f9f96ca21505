"""Which program printed a report: the same records printed by another one may look different."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from xinyi_sat.report.typefaces import typefaces_used

PRINTED_BY = ("xinyi_sat", "achievements", "outreach", "templates")
LIBRARIES = ("Django", "WeasyPrint", "pydyf", "XlsxWriter", "resvg_py")


@cache
def program_version() -> str:
    """SHA-256 of what decides how a file looks: code, templates, styles, typefaces and the libraries that write files."""
    libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    digest = hashlib.sha256(f"{libraries} {typefaces_used()}".encode())
    for folder in PRINTED_BY:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()
