"""How the site bears 100,000 facts in 20 periods; run by hand: python -m tests.benchmarks.periods

Each page is visited on a database with the published facts only and on the full one, in turn, thrice; the median is shown,
and what it takes for one of the small database's. Commands are measured as whole processes beside a plain program that
reads or writes as much: bare SQL. `pages`, `commands` or `files` as an argument measures that alone;
FACTS=2000 in the environment makes periods of so many facts in place of 5,000.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.processes import Run, run_of
from tests.benchmarks.visits import Visit, Visitor

FACTS = int(os.environ.get("FACTS", "5000"))
YEARS = range(2011, 2031)
LATEST = str(YEARS[-1])
SIX = "&".join(f"period={year}" for year in YEARS[-6:])
ROUNDS = 3
MOST_SECONDS = 2  # that a page may take
PYTHON = sys.executable
PAGES = [
    *("/", "/services/innovation/", "/outreach/trainings/", "/outreach/trainings/?page=999"),
    *(
        f"/outreach/trainings/?period=all&sort={name}"
        for name in ("title", "-participants", "basis", "service", "source")
    ),
    *("/outreach/trainings/?period=all&page=999", "/outreach/trainings/?period=all&service=innovation"),
    *("/outreach/trainings/?period=all&q=科", "/outreach/trainings/?period=all&q=讲座"),
    *("/figures/", "/figures/?period=all", "/figures/?period=all&page=9999", "/figures/?period=all&sort=-quantity"),
    *("/figures/?period=all&sort=title", "/figures/?period=all&q=科", "/figures/?period=all&q=讲座"),
    *("/compare/", "/compare/?page=999", f"/compare/?{SIX}"),
    *("/corrections/", "/corrections/?page=999", "/corrections.atom"),
    *("/sources/", "/organisations/", "/organisations/xinyi-ast/", "/editions/", "/about/"),
    *("/admin/", "/admin/outreach/training/", "/admin/outreach/training/?q=讲座", "/admin/outreach/training/add/"),
    *("/admin/facts/passage/?q=12", "/admin/facts/period/", "/admin/upload/"),
]
DOWNLOADS = [
    *("/outreach/trainings.csv?period=all", "/outreach/trainings.json?period=all", "/figures.csv"),
    *("/compare.csv", f"/compare.csv?{SIX}", "/corrections.csv"),
    *("/facts.csv?period=all", "/figures.csv?period=all", "/figures.json?period=all"),
]
PLAIN_DUMP = """
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
for table in [name for name, in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]:
    with open(f"{sys.argv[2]}/{table}.json", "w") as file:
        json.dump(base.execute(f'SELECT * FROM "{table}"').fetchall(), file, ensure_ascii=False, default=str)
"""
PLAIN_LOAD = """
import json, pathlib, sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.execute("CREATE TABLE records (model, fields)")
for path in pathlib.Path(sys.argv[1]).glob("*.json"):
    rows = [(one.get("model"), json.dumps(one)) for one in json.loads(path.read_text())]
    base.executemany("INSERT INTO records VALUES (?, ?)", rows)
base.commit()
"""


@dataclass(frozen=True)
class Database:
    """A database in a folder of its own."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What leads a process to it."""
        return {"DATA_DIR": str(self.folder), "DATABASE_URL": f"sqlite:///{self.path}", "PYTHONUTF8": "1"}

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "facts.sqlite3"

    def manage(self, *words: str) -> list[str]:
        """A command of the project on it, quiet."""
        assigned = [f"{name}={value}" for name, value in self.environment.items()]
        return ["env", *assigned, PYTHON, "-W", "ignore", "manage.py", *words]

    def run(self, code: str) -> str:
        """Run a few lines of our own on it; what they printed."""
        command = self.manage("shell", "--no-imports", "--command", code)
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def main(asked: list[str]) -> int:
    """Print the figures of each part; 1 where a page takes longer than it may."""
    parts = {"pages": pages, "commands": commands, "files": files}
    with TemporaryDirectory(prefix="benchmark-") as name:
        small, large = (made(Path(name, folder)) for folder in ("small", "large"))
        fill(large)
        missed = [parts[part](small, large) for part in asked or parts]
    return int(any(missed))


def made(folder: Path) -> Database:
    """A database with the published facts."""
    folder.mkdir()
    base = Database(folder)
    for command in ("migrate", "load_facts"):
        subprocess.run(base.manage(command, "--verbosity", "0"), check=True)
    return base


def fill(base: Database) -> None:
    """Add the periods, and correct one figure in a hundred."""
    words = "from tests.benchmarks.many_facts import record_many_facts, correct_some; correct_some(record_many_facts({}, '{}'))"
    for year in YEARS:
        base.run(words.format(FACTS, year))
    print(f"{len(YEARS)} periods of {FACTS:,} facts each: {base.path.stat().st_size / 1e6:.0f} MB")


def pages(small: Database, large: Database) -> bool:
    """Pages and downloads; whether a page takes longer than it may."""
    missed = False
    with Visitor(small.environment) as few, Visitor(large.environment) as many:
        for address in (*PAGES, f"/sources/linhu-{LATEST}/", *DOWNLOADS):
            rounds = ROUNDS if address in PAGES else 1
            visits = [(few.visit(address), many.visit(address)) for _ in range(rounds)]
            reference, visit = (middle(of_one) for of_one in zip(*visits, strict=True))
            missed |= address in PAGES and visit.seconds > MOST_SECONDS
            show_visit(address, visit, reference)
    return missed


def middle(visits: list[Visit]) -> Visit:
    """The visit whose time is the median."""
    return min(visits, key=lambda visit: abs(visit.seconds - median(one.seconds for one in visits)))


def show_visit(address: str, visit: Visit, reference: Visit) -> None:
    """Print what a page took, and how much that is for one of the small database's."""
    ratio = visit.processor / reference.processor if reference.status == 200 else float("nan")
    print(
        f"{visit.seconds:7.2f} s   processor {visit.processor:6.2f} s   {visit.megabytes:5.0f} MB   "
        f"{visit.queries:4} questions   {visit.kilobytes:8.0f} kB   {visit.status}   ×{ratio:6.1f}   {address}",
        flush=True,
    )


def commands(small: Database, large: Database) -> bool:
    """Dumping everything, loading it into an empty database, loading it again, reconciling and drafting."""
    folder, plain, again = large.folder / "fixtures", large.folder / "plain", made(large.folder / "again")
    for one in (folder, plain):
        one.mkdir()
    dump = [PYTHON, "-c", PLAIN_DUMP, str(large.path), str(plain)]
    show("dump_facts", run_of(large.manage("dump_facts", "--fixtures", str(folder))), run_of(dump))
    load = run_of([PYTHON, "-c", PLAIN_LOAD, str(folder), str(plain / "loaded.sqlite3")])
    for name in ("load_facts", "load_facts, again"):
        show(name, run_of(again.manage("load_facts", "--fixtures", str(folder))), load)
    text = large.folder / "review.txt"
    large.run(f"from tests.benchmarks.many_facts import write_review; write_review('{LATEST}', '{text}')")
    read = run_of(
        [PYTHON, "-c", f"from xinyi_sat.reading.expressions import *; read_expressions(open('{text}').read())"]
    )
    show("audit_source", run_of(large.manage("audit_source", str(text), "--period", LATEST)), read)
    show("load_source", run_of(large.manage("load_source", str(text), "--document", f"linhu-{LATEST}")), read)
    large.run("from tests.benchmarks.many_facts import *; made_document(made_period('2031', 'draft'))")
    load = large.manage("load_source", str(text), "--document", "linhu-2031", "--register")
    show("load_source --register", run_of(load), read)
    show("draft_facts", run_of(large.manage("draft_facts", str(text), "--period", "2031")), read)
    begin = "from tests.benchmarks.many_facts import begin_after; begin_after('{}')"
    few, many = (
        run_of(base.manage("shell", "--no-imports", "--command", begin.format(slug)))
        for base, slug in ((small, "2017-2021"), (large, LATEST))
    )
    show("a period begun after another", many, few)
    return False


def files(small: Database, large: Database) -> bool:
    """The workbook and the data package of one period, beside those of the published facts."""
    for ending in ("zip", "xlsx"):
        name = f"report.{ending}"
        few = run_of(small.manage("export_report", "--output", str(small.folder / name)))
        many = large.manage("export_report", "--output", str(large.folder / name), "--period", LATEST)
        show(f"export_report {name}", run_of(many), few)
    return False


def show(name: str, run: Run, reference: Run) -> None:
    """Print what a command took, and how much that is for one of the plain program's."""
    print(
        f"{run.seconds:7.1f} s   processor {run.processor:6.1f} s   {run.megabytes:5.0f} MB   "
        f"×{run.processor / max(reference.processor, 0.01):6.1f}   {name}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
