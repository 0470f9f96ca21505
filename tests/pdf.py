"""What the tests of the PDF share: its words, as poppler reads them, and what the printer complains of."""

import io
import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pikepdf


@dataclass(frozen=True)
class PrintedPdf:
    """A PDF, and what WeasyPrint warned of while it was printed."""

    content: bytes
    warnings: list[str]

    @cached_property
    def text(self) -> str:
        """All its words."""
        return words_of_pdf(self.content)

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, title and page of each bookmark, level and page from 1."""
        with pikepdf.open(io.BytesIO(self.content)) as pdf, pdf.open_outline() as outline:
            pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return [
                (level, item.title, pages[item.destination[0].objgen])
                for chapter in outline.root
                for level, item in [(1, chapter), *((2, one) for one in chapter.children)]
            ]


@contextmanager
def complaints_of_printer() -> Iterator[list[str]]:
    """What WeasyPrint warns of meanwhile."""
    warnings: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield warnings
    logger.removeHandler(handler)


def words_of_pdf(content: bytes) -> str:
    """The text of a PDF without spaces or line breaks."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return "".join(read.stdout.decode().split())
