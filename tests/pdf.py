"""The words of a PDF, as poppler reads them."""

import subprocess


def words_of_pdf(content: bytes) -> str:
    """The text of a PDF without spaces or line breaks."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return "".join(read.stdout.decode().split())
