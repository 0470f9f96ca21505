"""Commands, and Chinese messages for what is typed wrong."""

import gettext
import os
from pathlib import Path

from django.core.management import CommandError

from xinyi_sat.reading.paragraphs import UnreadableDocumentError, read_paragraphs

UNFINISHED = "未完成"  # before the reason why a command failed
LOCALE = Path(__file__).resolve().parents[1] / "locale"


def speak_chinese() -> None:
    """Translate the messages of argparse about wrong options and arguments."""
    os.environ["LANGUAGE"] = "zh_Hans"
    gettext.bindtextdomain("argparse", LOCALE)
    gettext.textdomain("argparse")


def paragraphs_of(path: Path) -> list[str]:
    """The paragraphs of the file that a command was given; CommandError where it has no text."""
    try:
        return read_paragraphs(path)
    except UnreadableDocumentError as error:
        raise CommandError(str(error)) from error
