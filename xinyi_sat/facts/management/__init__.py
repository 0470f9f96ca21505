"""What is done at the terminal."""

import gettext
import os
from pathlib import Path

UNFINISHED = "未完成"  # what a command says before the reason for which it could not be done
LOCALE = Path(__file__).resolve().parents[1] / "locale"


def speak_chinese() -> None:
    """Let Python say in Chinese what is wrong with what is typed after the name of a command, of any command."""
    os.environ["LANGUAGE"] = "zh_Hans"
    gettext.bindtextdomain("argparse", LOCALE)
    gettext.textdomain("argparse")
