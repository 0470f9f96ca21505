#!/usr/bin/env python
"""Run a command of the site; `manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.db import OperationalError, ProgrammingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyi_sat.settings")
    CommandError.__name__ = "未完成"  # Django writes the name of the class before what a command says went wrong.
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        sys.exit(f"数据库用不了：{error}。第一次使用请先运行 manage.py serve，它会建好数据库并载入记录。")
