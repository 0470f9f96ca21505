"""Which program printed a report: the same records printed by another one may look different."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

from xinyi_sat.report.libraries import printing_libraries, versions
from xinyi_sat.report.typefaces import typeface_files

PRINTED_BY = ("xinyi_sat", "achievements", "outreach", "templates")
WRITTEN_BY = ("Django", "XlsxWriter", "resvg_py")


@cache
def program_version() -> str:
    """SHA-256 of what decides how a file looks: code, templates, styles, typefaces and the libraries that write files."""
    libraries = [*versions(WRITTEN_BY), *printing_libraries()]
    digest = hashlib.sha256(" ".join(libraries).encode())
    for one in sorted(map(content_digest, typeface_files())):
        digest.update(one)
    for folder in PRINTED_BY:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()


def content_digest(path: str) -> bytes:
    """SHA-256 of a file's content, whenever and wherever it was put; empty for one that nobody may read, or print with."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""
