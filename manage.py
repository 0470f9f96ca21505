#!/usr/bin/env python
"""Run a command of the site; `manage.py help` lists them."""

import os
import sys

from django.core.management import CommandError, execute_from_command_line

from xinyi_sat.facts.error_pages import explanation
from xinyi_sat.facts.management import UNFINISHED, speak_chinese


def run() -> None:
    """Run the command, and hand over all that it said."""
    try:
        execute_from_command_line(sys.argv)
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    CommandError.__name__ = UNFINISHED  # Django writes the name of the class before what a command says went wrong.
    speak_chinese()
    try:
        run()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again at the end
        sys.exit("输出没有写完：接收输出的程序（如 head）先结束了。")
    except Exception as error:
        if said := explanation(error):
            sys.exit(said)
        raise
