"""What an upload would do, worked out from its sheets and the records there are; the preview shows it, saving repeats it."""

from collections import Counter
from dataclasses import dataclass, field

from xinyi_sat.facts.editing.doubts import doubts_of
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, StoredUpload
from xinyi_sat.facts.uploads.comparing import Outcome, Row, SheetComparison
from xinyi_sat.facts.uploads.reading import FileError, Sheet
from xinyi_sat.facts.uploads.records import Records
from xinyi_sat.facts.uploads.tables import sheets_by_kind


@dataclass
class Check:
    """Every row of an upload beside the records there are, and what is wrong with the file as a whole."""

    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def saved(self) -> list[Row]:
        """The rows that add or change something."""
        return [row for row in self.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]

    def preview(self) -> dict:
        """What the preview shows, as JSON has it; rows of which something is odd come first."""
        doubts = doubts_of([row.fact for row in self.saved])
        doubts_by_row = {id(row): one for row, one in zip(self.saved, doubts, strict=True)}
        lines = [row.line() | {"doubts": doubts_by_row.get(id(row), [])} for row in self.rows]
        counts = Counter(line["outcome"] for line in lines)
        doubtful = Counter(line["outcome"] for line in lines if line["doubts"])
        return {
            "lines": sorted(lines, key=lambda line: not (line["doubts"] or line["kept"])),
            "counts": {outcome.value: counts[outcome] for outcome in Outcome},
            "doubtful": {outcome.label: doubtful[outcome] for outcome in Outcome if doubtful[outcome]},
            "kept": sum(bool(line["kept"]) for line in lines),
            "problems": self.problems,
            "notes": self.notes,
            "kinds": sorted({row.kind.kind() for row in self.rows}),
            "touched": sorted({row.kind.kind() for row in self.saved}),
            "is_public": any(row.is_public for row in self.rows),
        }


def check(upload: StoredUpload, allowed: list[type[Fact]]) -> Check:
    """Compare an upload with what is there; `allowed` are the kinds that its user may enter and change."""
    found = Check()
    chosen = next((kind for kind in fact_kinds() if kind.kind() == upload.kind), None)
    try:
        pairs = sheets_by_kind([Sheet(**sheet) for sheet in upload.sheets], chosen)
    except FileError as error:
        return Check(problems=[str(error)])
    records = Records(upload.period)
    for sheet, kind in pairs:
        try:
            refuse_sheet(sheet, kind, allowed)
            comparison = SheetComparison(sheet, kind, records, upload.user_id)
            found.rows += comparison.rows()
            found.notes += [*sheet.notes, *comparison.table.notes]
        except FileError as error:
            found.problems.append(str(error))
    if not found.rows and not found.problems:
        found.problems.append("表里没有填写任何一行。")
    return found


def refuse_sheet(sheet: Sheet, kind: type[Fact] | None, allowed: list[type[Fact]]) -> None:
    """FileError for a sheet of no kind, of one that its user may not enter, or that nobody sees: none is left out silently."""
    if sheet.is_hidden:
        raise FileError(f"工作表“{sheet.title}”是隐藏的。要上传就取消隐藏，不要就删去。")
    if kind is None and not sheet.title:
        raise FileError("CSV 文件没有工作表名称，请选择是哪一类记录。")
    if kind is None:
        names = "、".join(str(one._meta.verbose_name) for one in fact_kinds())
        raise FileError(f"工作表“{sheet.title}”不是一类记录的名称。应为：{names}；不需要的工作表请删去。")
    if kind not in allowed:
        raise FileError(f"您没有录入和更改“{kind._meta.verbose_name}”的权限。")
