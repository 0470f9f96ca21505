"""What an upload would do, worked out from its sheets and the records there are; the preview shows it, saving repeats it."""

from collections import Counter
from dataclasses import dataclass, field

from xinyi_sat.facts.models import Fact, fact_kinds
from xinyi_sat.office.doubts import doubts_of
from xinyi_sat.office.models import StoredUpload
from xinyi_sat.office.uploads.comparing import Outcome, Row, SheetComparison
from xinyi_sat.office.uploads.reading import FileError, Sheet
from xinyi_sat.office.uploads.records import Records
from xinyi_sat.office.uploads.tables import sheets_by_kind


@dataclass
class Check:
    """Every row of an upload beside the records there are, and what is wrong with the file as a whole."""

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def changes(self) -> list[Row]:
        """The rows that add or change something."""
        return [row for row in self.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]

    @property
    def counts(self) -> Counter:
        """How many rows there are of each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def can_be_saved(self) -> bool:
        """Whether there is something to save and nothing that can't be."""
        return bool(self.changes) and not self.problems and not self.counts[Outcome.REFUSED]

    def note_doubts(self) -> None:
        """Say of each row what is odd about it; those rows come first, with those of which something is kept."""
        for row in self.changes:
            row.doubts = doubts_of(row.fact, [one for one in row.figures.values() if one])
        self.rows.sort(key=lambda row: not (row.doubts or row.kept))


def check(upload: StoredUpload, allowed: list[type[Fact]]) -> Check:
    """Compare an upload with what is there; `allowed` are the kinds that its user may enter and change."""
    found, records = Check(), Records(upload.period)
    try:
        for sheet, kind in sheets_by_kind([Sheet(**sheet) for sheet in upload.sheets]):
            try:
                refuse_sheet(sheet, kind, allowed)
                found.rows += SheetComparison(sheet, kind, records, upload.user_id).rows()
            except FileError as error:
                found.problems.append(str(error))
    except FileError as error:
        found.problems.append(str(error))
    if not found.rows and not found.problems:
        found.problems.append("表里没有填写任何一行。")
    return found


def refuse_sheet(sheet: Sheet, kind: type[Fact] | None, allowed: list[type[Fact]]) -> None:
    """FileError for a sheet of no kind, of one that its user may not enter, or that nobody sees: none is left out silently."""
    if sheet.is_hidden:
        raise FileError(f"工作表“{sheet.title}”是隐藏的。要上传就取消隐藏，不要就删去。")
    if kind is None:
        names = "、".join(str(one._meta.verbose_name) for one in fact_kinds())
        raise FileError(f"“{sheet.title}”不是一类记录的名称。请把工作表（或 CSV 文件）改名为：{names}；不要的请删去。")
    if kind not in allowed:
        raise FileError(f"您没有录入和更改“{kind._meta.verbose_name}”的权限。")
