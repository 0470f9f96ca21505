"""How long the printed report takes, beside Chromium printing the same HTML; run by hand: python -m tests.benchmarks.report

Whole processes are measured, from their start to their end, in turn; of each the median run is shown. Memory is the most
that all processes of a run held at one moment, shared pages counted once (PSS). Then our PDF is read: whether page
numbers, repeated table heads and the pages in the contents are right. `five-years`, `annex` or `ten-thousand` as an
argument measures that alone.

Each run of ours that is compared prints every chapter; one more shows what it takes to print a report again whose chapters
are kept.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.processes import Run, run_of

CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    # Without these it looks for its maker's hosts, which takes time.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
)
PYTHON = sys.executable
FACTS = 10_000
CONTENTS_LINE = re.compile(r"^\s*(\S.*?) ?·{3,}\s*(\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One comparison: what is printed, how often, and the goals."""

    name: str
    period: str
    command: list[str]  # ours, without the file
    rounds: int
    most_of_chromium: float  # the goal: our seconds for one of Chromium's
    most_megabytes: float | None = None


def export(period: str) -> list[str]:
    """The command that writes the report of a period."""
    return [PYTHON, "manage.py", "export_report", "--verbosity", "0", "--period", period, "--output"]


CASES = {
    "five-years": Case("the five-year report", "2017-2021", export("2017-2021"), 5, 0.5),
    "annex": Case(f"an annex of {FACTS:,} facts", "2030", [PYTHON, "-m", "tests.benchmarks.annex", "2030"], 3, 1, 400),
    "ten-thousand": Case(f"a whole report of {FACTS:,} facts", "2030", export("2030"), 3, 1, 400),
}


def main(asked: list[str]) -> int:
    """Print the figures of each case; 1 where a goal is missed or a PDF is not right."""
    missed = False
    with TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/facts.sqlite3", "PYTHONUTF8": "1"}
        prepare()
        for name in asked or CASES:
            missed |= compared(CASES[name], Path(folder))
    return int(missed)


def prepare() -> None:
    """A database with the published facts and a period of ten thousand made ones."""
    for command in (["migrate", "--verbosity", "0"], ["load_facts", "--verbosity", "0"]):
        subprocess.run([PYTHON, "manage.py", *command], check=True, stdout=subprocess.DEVNULL)
    record = f"from tests.benchmarks.many_facts import record_many_facts as record; record({FACTS})"
    subprocess.run([PYTHON, "manage.py", "shell", "--no-imports", "--command", record], check=True)


def compared(case: Case, folder: Path) -> bool:
    """Measure both and print it; whether a goal was missed."""
    html, ours, theirs = folder / "report.html", folder / "ours.pdf", folder / "chromium.pdf"
    part = ["annex"] if case.name.startswith("an annex") else []
    subprocess.run([PYTHON, "-m", "tests.benchmarks.annex", case.period, str(html), *part], check=True)
    print(f"\n{case.name}, median of {case.rounds} runs in turn")
    runs = [(printed_anew(case, ours), printed_by_chromium(html, theirs)) for _ in range(case.rounds)]
    mine, other = middle([one for one, _ in runs]), middle([other for _, other in runs])
    show("ours", mine, ours)
    show("Chromium", other, theirs)
    show("again", run_of([*case.command, str(ours)]), ours)
    ratio = mine.seconds / other.seconds
    print(f"  ours takes {ratio:.2f} of Chromium's time; the goal is {case.most_of_chromium}")
    faults = list(faults_of(ours))
    print("  page numbers, table heads and contents:", "; ".join(faults) or "right")
    too_much = case.most_megabytes is not None and mine.megabytes > case.most_megabytes
    return ratio > case.most_of_chromium or too_much or bool(faults)


def printed_anew(case: Case, output: Path) -> Run:
    """One run of ours that finds no chapter printed before."""
    shutil.rmtree(output.parent / "sheets", ignore_errors=True)
    return run_of([*case.command, str(output)])


def printed_by_chromium(html: Path, output: Path) -> Run:
    """One run of Chromium, with a profile of its own that is new."""
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        return run_of([*CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={output}", html.as_uri()])


def middle(runs: list[Run]) -> Run:
    """The run whose time is the median, or the quicker of the two in the middle."""
    return min(runs, key=lambda run: abs(run.seconds - median(one.seconds for one in runs)))


def show(name: str, run: Run, path: Path) -> None:
    """Print what a run took and what came of it."""
    size, pages = path.stat().st_size / 1e6, len(pages_of(path))
    print(
        f"  {name:9} {run.seconds:7.2f} s   processor {run.processor:7.2f} s   "
        f"{run.megabytes:6.0f} MB   file {size:6.2f} MB   {pages:5} pages"
    )


def pages_of(path: Path) -> list[str]:
    """The text of each page."""
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return read.stdout.split("\f")[:-1]


def faults_of(path: Path) -> Iterator[str]:
    """What is not right in one of our PDFs."""
    pages = pages_of(path)
    for number, text in enumerate(pages[1:], 2):
        last = text.rstrip().rsplit("\n", 1)[-1]
        if last.strip() != f"—{number}—" and last.strip() != f"— {number} —":
            yield f"page {number} is numbered {last.strip()!r}"
        elif (len(last) - len(last.lstrip()) > 20) != bool(number % 2):
            yield f"the number of page {number} is on the wrong side"
    yield from wrong_heads(pages)
    yield from wrong_contents(pages)


def wrong_heads(pages: list[str]) -> Iterator[str]:
    """The pages of the annex that lack the head of its table."""
    begun = next((number for number, text in enumerate(pages) if "附表" in text and "····" not in text), len(pages))
    ended = next((number for number, text in enumerate(pages) if number > begun and "限定词的含义" in text), len(pages))
    yield from (
        f"no table head on page {number + 1}" for number in range(begun, ended) if "原文写作" not in pages[number]
    )


def wrong_contents(pages: list[str]) -> Iterator[str]:
    """The lines of the contents that name a page where their heading is not."""
    lines = [line for text in pages if "····" in text for line in CONTENTS_LINE.findall(text)]
    if not lines:
        yield "there are no contents"
    for title, number in lines:
        if squeezed(title) not in squeezed(pages[int(number) - 1]):
            yield f"{title} is not on page {number}"


def squeezed(text: str) -> str:
    """Text without spaces."""
    return "".join(text.split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
