"""What the Word file and the workbook of ten thousand facts take; run by hand: python -m tests.benchmarks.office_files

Whole processes are measured, from their start to their end. Memory is the most that all processes of a run held at one
moment, shared pages counted once (PSS). `docx`, `xlsx` or `zip` as an argument measures that alone.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.processes import run_of
from tests.benchmarks.report import FACTS, export, prepare

ENDINGS = ("xlsx", "docx", "zip")
MOST_MEGABYTES = 400
MOST_SECONDS = 3  # of processor time, for a thousand facts


def main(asked: list[str]) -> int:
    """Print the figures of each file; 1 where a goal is missed."""
    missed = False
    with TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/facts.sqlite3", "PYTHONUTF8": "1"}
        prepare()
        for ending in asked or ENDINGS:
            path = Path(folder, f"report.{ending}")
            run = run_of([*export("2030"), str(path)])
            print(
                f"{FACTS:,} facts, {ending:4}  {run.seconds:6.1f} s   processor {run.processor:6.1f} s   "
                f"{run.megabytes:5.0f} MB   file {path.stat().st_size / 1e6:6.2f} MB"
            )
            missed |= run.megabytes > MOST_MEGABYTES or run.processor > MOST_SECONDS * FACTS / 1000
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
