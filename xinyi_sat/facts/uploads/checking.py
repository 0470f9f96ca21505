"""What an upload would do, worked out from the file and the records there are; the preview shows it, saving repeats it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from xinyi_sat.facts.editing.doubts import doubts_of
from xinyi_sat.facts.jobs.process import Noted
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.uploads.comparing import Outcome, Row, SheetComparison
from xinyi_sat.facts.uploads.known import Known
from xinyi_sat.facts.uploads.refusal import RefusedFile
from xinyi_sat.facts.uploads.sheets import Sheet, read_sheets
from xinyi_sat.facts.uploads.tables import Table, named_sheets, refuse_other_period, refuse_unnamed, table_of


@dataclass
class Checked:
    """Every row of an upload beside the records there are, and what is wrong with the file as a whole."""

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    examples: int = 0

    def doubt(self) -> None:
        """Note beside each row that would be saved what should be looked at once more."""
        saved = [row for row in self.rows if row.is_saved]
        for row, doubts in zip(saved, doubts_of([row.fact for row in saved]), strict=True):
            row.doubts = doubts

    def summary(self) -> dict:
        """What the preview says of all rows."""
        counts = Counter(row.outcome for row in self.rows)
        doubtful = Counter(row.outcome for row in self.rows if row.doubts)
        return {
            "counts": {outcome: counts[outcome] for outcome in Outcome.values},
            "doubtful": {outcome.label: count for outcome, count in doubtful.items()},
            "kept": sum(bool(row.kept) for row in self.rows),
            "problems": self.problems,
            "examples": self.examples,
            "kinds": list(dict.fromkeys(row.kind.kind() for row in self.rows)),
            "touched": list(dict.fromkeys(row.kind.kind() for row in self.rows if row.is_saved)),
            "is_public": any(row.is_public for row in self.rows),
        }

    def fingerprints(self) -> dict[str, list]:
        """What an admin saw of each row, to know at the saving whether it is still so."""
        return {row.place: [row.outcome, row.title, row.seen, *map(str, row.differences)] for row in self.rows}


@dataclass(frozen=True)
class Asked:
    """A file, the period it is for, and of which kind it may be."""

    path: Path
    name: str
    period: Period
    kind: type[Fact] | None  # None for every kind that its sheets are named after
    allowed: list[type[Fact]]  # what the admin may enter and change
    user: int | None = None  # who uploads it


def check(asked: Asked, progress: Noted) -> Checked:
    """Read a file, and compare it with what is there."""
    progress("正在读取文件", 0, 0)
    try:
        return check_sheets(read_sheets(asked.path, asked.name), asked, progress)
    except RefusedFile as error:
        return Checked(problems=[str(error)])


def check_sheets(sheets: list[Sheet], asked: Asked, progress: Noted) -> Checked:
    """Compare the sheets of a file with what is there; RefusedFile where it is unclear which to read."""
    pairs = named_sheets(sheets, asked.kind)
    total = sum(len(sheet.rows) for sheet, _ in pairs)
    known, checked = Known(asked.period), Checked()
    for sheet, kind in pairs:
        try:
            table = table_for(asked, sheet, kind)
            for row in SheetComparison(table, known, asked.user).rows():
                checked.rows.append(row)
                progress("正在逐行核对", len(checked.rows), total)
            checked.examples += table.examples
        except RefusedFile as error:
            checked.problems.append(str(error))
    if not checked.rows and not checked.problems:
        checked.problems.append("表里没有填写任何一行。")
    return checked


def table_for(asked: Asked, sheet: Sheet, kind: type[Fact] | None) -> Table:
    """The table of a sheet, which is of the period and of a kind that the admin may enter; RefusedFile."""
    if kind is None:
        refuse_unnamed(sheet)
    if kind not in asked.allowed:
        raise RefusedFile(f"您没有录入和更改“{kind._meta.verbose_name}”的权限。")
    table = table_of(sheet, kind)
    refuse_other_period(table, asked.period)
    return table


def as_lines(rows: list[Row]) -> Iterator[tuple[Outcome, dict]]:
    """Rows as the preview shows them, those first of which something is odd."""
    for row in sorted(rows, key=lambda row: not (row.doubts or row.kept)):
        yield (
            row.outcome,
            {
                "sheet": row.sheet,
                "number": row.number,
                "kind": str(row.kind._meta.verbose_name),
                "slug": row.slug,
                "title": row.title,
                "refusals": row.refusals,
                "doubts": row.doubts,
                "kept": row.kept,
                "differences": [[one.label, one.old, one.new] for one in row.differences],
            },
        )
