"""What is inside a zipped workbook, looked at with bounds before any reader of workbooks is let near it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from xinyi_sat.facts.uploads.refusal import RefusedFile

MEGABYTE = 1 << 20
MOST_UNPACKED = 300 * MEGABYTE
MOST_PARTS = 2_000
SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
DAMAGED = f"文件损坏，或者不是工作簿。{SAVE_AS}"
TOO_LARGE = f"工作簿解压后超过 {MOST_UNPACKED // MEGABYTE} MB，不能读取。请删去不需要的工作表和图片，或分几次上传。"
USUAL = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The parts of a zipped workbook that are XML, each with its content; RefusedFile where it is not safe to go on.

    What the directory of a zip says of sizes may be a lie: every part is unpacked piece by piece, and counted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_by_directory(archive)
            yield from unpacked(archive)
    except RefusedFile:
        raise
    except BROKEN_ZIP as error:
        raise RefusedFile(DAMAGED) from error


def refuse_by_directory(archive: zipfile.ZipFile) -> None:
    """Refuse what the directory of the zip alone tells."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RefusedFile(TOO_LARGE)
    if len(names) < len(parts) or not {part.compress_type for part in parts} <= USUAL:
        raise RefusedFile(DAMAGED)
    if "xl/vbaProject.bin" in names:
        raise RefusedFile(f"这是带宏的工作簿，不予读取。{SAVE_AS}")
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise RefusedFile(f"不是 .xlsx 或 .ods 工作簿。{SAVE_AS}")


def unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The XML of an archive; pictures and the like are unpacked and counted only."""
    room = MOST_UNPACKED
    for part in archive.infolist():
        kept = [] if part.filename.endswith((".xml", ".rels")) else None
        with archive.open(part) as stream:
            while piece := stream.read(MEGABYTE):
                room -= len(piece)
                if room < 0:
                    raise RefusedFile(TOO_LARGE)
                if kept is not None:
                    kept.append(piece)
        if kept is not None:
            yield part.filename, without_entities(b"".join(kept))


def without_entities(xml: bytes) -> bytes:
    """The XML itself; no program writes entities into a workbook, and a few lines of them can stand for gigabytes."""
    if ENTITIES.search(xml) or xml.startswith(UTF_16):
        raise RefusedFile(DAMAGED)
    return xml
