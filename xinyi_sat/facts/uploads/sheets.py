"""The sheets of an uploaded file, as the parser read them in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from xinyi_sat.facts.uploads import parser
from xinyi_sat.facts.uploads.refusal import RefusedFile

TOO_MUCH = "这个文件太大或太复杂，没有读完。请删去不需要的工作表和行列，或分几次上传。"
SECRETS = {"DATABASE_URL", "SECRET_KEY"}  # none of the business of whoever reads a stranger's file


@dataclass
class Sheet:
    """One sheet: its rows that have something in them, by their number in the spreadsheet.

    A cell is a string, a number, a truth value or None, {"date": text}, {"error": True} for a formula without result, or
    {"merged": address} where it was merged with the cell of that address.
    """

    title: str
    rows: list[tuple[int, list]] = field(default_factory=list)


def read_sheets(path: Path, name: str) -> list[Sheet]:
    """The sheets of the file at a path, which its owner called by a name; RefusedFile says why there are none."""
    sheets: list[Sheet] = []
    try:
        for line in printed(path, name):
            if isinstance(line, list):
                sheets[-1].rows.append((line[0], line[1]))
            elif "sheet" in line:
                sheets.append(Sheet(line["sheet"]))
            elif "refused" in line:
                raise RefusedFile(line["refused"])
            else:
                return sheets
    except json.JSONDecodeError as error:
        raise RefusedFile(TOO_MUCH) from error
    raise RefusedFile(TOO_MUCH)  # the parser was ended before it was done


def printed(path: Path, name: str) -> Iterator[dict | list]:
    """The lines of the parser."""
    with subprocess.Popen(
        [sys.executable, "-m", parser.__name__, path, name, str(settings.UPLOAD_ROWS)],
        cwd=settings.BASE_DIR,
        env={variable: value for variable, value in os.environ.items() if variable not in SECRETS},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # calamine would print where in itself it ran out of memory
    ) as process:
        yield from map(json.loads, process.stdout)
