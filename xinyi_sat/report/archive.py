"""Zip files whose bytes depend on nothing but what is in them; also the ones that office programs write."""

import io
import zipfile

NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file knows


def archive(files: dict[str, bytes]) -> bytes:
    """The files in their order as a zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return whole.getvalue()


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The same zip without its dates, some of its files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return archive({name: packed.read(name) for name in packed.namelist()} | changed)


def file_in(content: bytes, name: str) -> bytes:
    """One file of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)
