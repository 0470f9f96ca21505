"""Row by row: what an upload would add, change or leave as it is, and what in it can't be, with row, column and reason."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from xinyi_sat.facts.models import Change, Fact, Figure, Measure
from xinyi_sat.facts.models.changes import NOTHING, differences
from xinyi_sat.office.uploads.columns import OF_PASSAGE, PASSAGE, KindColumns, Values
from xinyi_sat.office.uploads.reading import Sheet
from xinyi_sat.office.uploads.records import Records
from xinyi_sat.office.uploads.since import ChangesSince, changes_since
from xinyi_sat.office.uploads.tables import SLUG, table_of

NO_RECORD = "必填。合计、说明、填表人等不是记录，请删去这一行，或写在标题行的上方。"
WITHDRAWN = "这条记录已撤回，要更改请先在后台恢复公布。"
NO_STAMP = (
    "已有这条记录，与表中不同；而“标识”一列的标题里没有本网站的更改号，看不出别人后来有没有改过，不能用这张表改动。"
    "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。"
)
GONE = "下载此表之后{author}删除了这条记录，或改了它的标识。不要了就删去这一行，还要就重新下载再改。"
KEPT = "{label}：下载此表之后{author}改成了“{now}”，照此保留。"
CONTRADICTED = "下载此表之后{author}填了“{now}”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"


class Outcome(TextChoices):
    """What saving would do with a row."""

    REFUSED = "refused", "有误"
    CHANGED = "changed", "改动"
    NEW = "new", "新增"
    UNCHANGED = "unchanged", "未变"


@dataclass(eq=False)
class Row:
    """One row beside the record that it is of; a new record has none."""

    kind_label: str
    number: int
    slug: str = ""
    title: str = ""
    existing: Fact | None = None
    refusals: list[list[str]] = field(default_factory=list)  # the heading, empty for the row as a whole, and why
    differences: list[list[str]] = field(default_factory=list)  # label, old and new text
    kept: list[str] = field(default_factory=list)  # what others have changed since the download, and stays
    doubts: list[str] = field(default_factory=list)  # what is odd and may be right
    fact: Fact | None = None  # as it would be saved, with its values and figures
    values: Values = field(default_factory=dict)
    figures: dict[Measure, Figure | None] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        if self.refusals:
            return Outcome.REFUSED
        if self.existing is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.differences else Outcome.UNCHANGED

    @property
    def is_public(self) -> bool:
        """Whether it changes what readers may have seen, and has to say why."""
        return self.outcome is Outcome.CHANGED and not self.existing.is_draft

    def refuse(self, heading: str, reason: str) -> None:
        self.refusals.append([heading, reason])


class SheetComparison:
    """The rows of one sheet beside the records of their kind; FileError where the sheet has no table."""

    def __init__(self, sheet: Sheet, kind: type[Fact], records: Records, user_id: int):
        self.kind, self.records, self.fields = kind, records, KindColumns(kind, records)
        self.table = table_of(sheet, self.fields.columns, records.period)
        self.facts, self.other_kinds = records.facts(kind), records.other_kinds(kind)
        stamp = self.table.change
        self.is_stamped = stamp is not None and stamp <= Change.objects.newest_number()  # later is of another site
        self.since = changes_since(stamp, records.period, kind, user_id) if self.is_stamped else {}
        self.first_rows: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        """Each row of the table, compared."""
        for number, cells in self.table.rows:
            row = Row(str(self.kind._meta.verbose_name), number)
            typed = {column.name: cells[at] for at, column in self.table.columns.items() if at < len(cells)}
            slug = typed.get("slug", "")
            if isinstance(slug, dict) or not slug:
                row.refuse(SLUG, slug["reason"] if slug else NO_RECORD)
            else:
                self.compare(row, typed)
            yield row

    def compare(self, row: Row, typed: dict[str, str | dict]) -> None:
        """One row beside its record, or as a new one."""
        row.slug = typed["slug"]
        row.existing = self.facts.get(row.slug)
        before = self.fields.values_of(row.existing)
        after = before | self.read(row, typed)
        after["document"] = after["document"] or before["document"] or self.records.only_document
        row.title = after["title"]
        if (first := self.first_rows.setdefault(row.slug, row.number)) != row.number:
            row.refuse(SLUG, f"与第 {first} 行的标识相同，一条记录只能有一行。")
        if row.existing is None:
            self.refuse_known_slug(row)
        elif before != after:
            self.merge(row, before, after)
        if before != after:
            self.build(row, before, after)

    def read(self, row: Row, typed: dict[str, str | dict]) -> Values:
        """The values of the cells, what can't be is noted; of a new record those of missing columns too, as if empty."""
        values, under = {}, self.table.columns.values()
        for column in under if row.existing else self.fields.columns:
            cell = typed.get(column.name, "")
            try:
                if isinstance(cell, dict):
                    raise ValidationError(cell["reason"])
                values[column.name] = column.read(cell)
            except ValidationError as error:
                row.refuse(column.heading, "".join(dict.fromkeys(error.messages)))
        return values

    def refuse_known_slug(self, row: Row) -> None:
        """A new record has a slug that no record of another kind has, and none of its own kind had at the download."""
        if row.slug in self.other_kinds:
            row.refuse(SLUG, f"本时期已有同一标识的{self.other_kinds[row.slug]}，请另取一个。")
        for since in self.since.values():
            if since.slug == row.slug and not since.is_new:
                row.refuse(SLUG, GONE.format(author=since.author))

    def merge(self, row: Row, before: Values, after: Values) -> None:
        """Keep what others have changed since the download, and refuse what contradicts it.

        Nothing changes a record that is withdrawn, nor a sheet of unknown age any that is there.
        """
        if row.existing.is_withdrawn or not self.is_stamped:
            row.refuse(SLUG, WITHDRAWN if row.existing.is_withdrawn else NO_STAMP)
        since = self.since.get(row.existing.pk) or ChangesSince(row.slug)
        for one in differences(self.fields.shown(before), self.fields.shown(after)):
            if not since.has_changed(one.name, one.old):
                continue
            told = {"label": one.label, "author": since.author, "now": one.old or NOTHING}
            if since.has_had(one.name, one.new):
                row.kept.append(KEPT.format_map(told))
                after |= {name: before[name] for name in (OF_PASSAGE if one.name == PASSAGE else [one.name])}
            elif not since.is_own:
                row.refuse(one.label, CONTRADICTED.format_map(told))

    def build(self, row: Row, before: Values, after: Values) -> None:
        """Make the record that a row stands for, and see whether it can be and what it changes."""
        fact = copy(row.existing) if row.existing else self.kind(period=self.records.period)
        try:
            self.fields.fill(fact, after)
            figures = {} if row.refusals else self.fields.checked(fact, after)
        except ValidationError as error:
            row.refusals += self.fields.refusals_of(error)
        if row.refusals:
            return
        row.fact, row.values, row.figures = fact, after, figures
        found = differences(self.fields.shown(before) if row.existing else {}, self.fields.shown(after))
        row.differences = [[one.label, one.old or NOTHING, one.new or NOTHING] for one in found]
