"""What the tests of the PDF share: its words, as poppler reads them, and what the printer complains of."""

import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def complaints_of_printer() -> Iterator[list[str]]:
    """What is said meanwhile at the printer's."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield heard
    logger.removeHandler(handler)


def words_of_pdf(content: bytes) -> str:
    """The text of a PDF without spaces or line breaks."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return "".join(read.stdout.decode().split())
