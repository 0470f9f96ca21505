"""Zip files whose bytes depend on nothing but what is in them; also the ones that office programs write."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file knows
PIECE = 1 << 18  # bytes that are read at once


def archive(files: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """The files in their order as a zip; a large one may come in pieces, which are never together in memory."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with packed.open(entry, "w") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
    return whole.getvalue()


def repacked(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same zip without its dates, some of its files changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return archive({name: pieces_of(packed, name) for name in packed.namelist()} | changed)


def pieces_of(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One file of a zip in pieces."""
    with packed.open(name) as file:
        yield from iter(partial(file.read, PIECE), b"")


def file_in(content: bytes, name: str) -> bytes:
    """One file of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name)
