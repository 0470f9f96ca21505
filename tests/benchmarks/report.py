"""The report's PDF beside what else prints the same HTML: python -m tests.benchmarks.report

Whole processes, from start to end, in turn: `export_report`, WeasyPrint alone, Chromium. Of each the run with the median
time is shown. Memory is the most that all processes of a run held at one moment, shared pages counted once (PSS).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median_low
from tempfile import TemporaryDirectory

import django

from tests.benchmarks.processes import Run, run_of

ROUNDS = 5
MOST_TIME, MOST_MEMORY = 1.3, 1.2  # of WeasyPrint alone: the goals
BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/a-2a')"
CHROMIUM = (
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
    # Without these it looks for its maker's hosts, which takes time.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"),
)


def main() -> int:
    """Print what each took; 1 where a goal is missed."""
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        prepare(folder)
        commands = {"export_report": ours, "WeasyPrint": bare(folder), "Chromium": chromium(folder)}
        runs = {printer: [] for printer in commands}
        for _ in range(ROUNDS):
            for printer, command in commands.items():
                runs[printer].append(run_of(command(folder / f"{printer}.pdf")))
        for printer, measured in runs.items():
            show(printer, middle(measured), folder / f"{printer}.pdf")
    return int(missed(middle(runs["export_report"]), middle(runs["WeasyPrint"])))


def prepare(folder: Path) -> None:
    """Load the published facts, and write the HTML of their report."""
    os.environ |= {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/facts.sqlite3", "PYTHONUTF8": "1"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "xinyi_sat.settings"
    django.setup()
    from django.core.management import call_command

    from xinyi_sat.facts.models import Period
    from xinyi_sat.report.chapters import printed_report
    from xinyi_sat.report.imprint import Site
    from xinyi_sat.report.pdf import print_stylesheet
    from xinyi_sat.report.scope import Scope

    call_command("migrate", verbosity=0)
    call_command("load_facts", verbosity=0)
    html, style = printed_report(Scope(Period.objects.get()), Site()), f"<style>{print_stylesheet()}</style>"
    (folder / "report.html").write_text(html.replace("</head>", f"{style}</head>"), encoding="utf-8")


def ours(output: Path) -> list[str]:
    """The command that writes the report."""
    return [sys.executable, "manage.py", "export_report", "--verbosity", "0", "--output", str(output)]


def bare(folder: Path) -> Callable[[Path], list[str]]:
    """WeasyPrint without a site around it."""
    return lambda output: [sys.executable, "-c", BARE, str(folder / "report.html"), str(output)]


def chromium(folder: Path) -> Callable[[Path], list[str]]:
    """Chromium with a profile of its own."""
    html = (folder / "report.html").as_uri()
    return lambda output: [*CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={output}", html]


def middle(runs: list[Run]) -> Run:
    """The run with the median time."""
    return next(run for run in runs if run.seconds == median_low(one.seconds for one in runs))


def show(printer: str, run: Run, path: Path) -> None:
    """Print what a run took and what came of it."""
    said = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    pages = next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:"))
    print(
        f"{printer:14} {run.seconds:6.2f} s   processor {run.processor:6.2f} s   "
        f"{run.megabytes:5.0f} MB   file {path.stat().st_size / 1e6:5.2f} MB   {pages:>4} pages"
    )


def missed(our: Run, other: Run) -> bool:
    """Print how we stand to WeasyPrint alone; whether that is more than the goals."""
    time, memory = our.seconds / other.seconds, our.megabytes / other.megabytes
    print(f"beside WeasyPrint alone: {time:.2f} of its time ({MOST_TIME}), {memory:.2f} of its memory ({MOST_MEMORY})")
    return time > MOST_TIME or memory > MOST_MEMORY


if __name__ == "__main__":
    sys.exit(main())
