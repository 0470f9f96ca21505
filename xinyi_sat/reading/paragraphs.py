"""The paragraphs of a document are the lines of its file; they are numbered from 1."""

import re
from pathlib import Path

OFFICE_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")  # .docx and .wps alike; .doc; .pdf
BINARY = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class UnreadableDocumentError(ValueError):
    """The file is not readable text; the message says why, in Chinese."""


def read_paragraphs(path: Path | str) -> list[str]:
    """The lines of a UTF-8 or GB18030 file, paragraph 1 first; UnreadableDocumentError where there is no text."""
    return paragraphs_in(_read_bytes(Path(path)), path)


def paragraphs_in(content: bytes, name: Path | str) -> list[str]:
    """The lines of the bytes of such a file; messages call it `name`."""
    if content.startswith(OFFICE_FILES):
        raise UnreadableDocumentError(f"这是 Word、PDF 一类的文件，请在原来的程序中另存为纯文本（.txt）：{name}")
    text = decoded(content, name)
    if not text.strip():
        raise UnreadableDocumentError(f"文件是空的：{name}")
    # Not splitlines(): it also breaks at characters inside a line, and every later paragraph would have a wrong number.
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines if lines[-1] else lines[:-1]


def _read_bytes(path: Path) -> bytes:
    if not path.exists():
        raise UnreadableDocumentError(f"找不到文件：{path}")
    if not path.is_file():
        raise UnreadableDocumentError(f"不是文件，而是文件夹或其他：{path}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(f"读不了文件：{path}（{error.strerror}）") from error


def decoded(content: bytes, name: Path | str) -> str:
    """The text of bytes in UTF-8 or GB18030; UnreadableDocumentError, whose message calls the file `name`, for any other."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return text
    raise UnreadableDocumentError(f"不是文本文件，或编码既不是 UTF-8 也不是 GB18030：{name}")
