"""Row by row: what an upload would add, change or leave as it is, and what in it can't be, with row, column and reason."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from xinyi_sat.facts.changes.differences import NOTHING
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.uploads.columns import (
    Named,
    Texts,
    columns_of,
    fill,
    passage_of,
    refusals_of,
    row_of,
    settle_places,
)
from xinyi_sat.facts.uploads.names import CellError, known_by
from xinyi_sat.facts.uploads.reading import FileError, Sheet
from xinyi_sat.facts.uploads.records import Records
from xinyi_sat.facts.uploads.since import changed_since, last_change
from xinyi_sat.facts.uploads.tables import table_of

NO_RECORD = "必填。合计、说明、填表人等不是记录，请删去这一行，或写在标题行的上方。"
HIDDEN = "这一行是隐藏的，或被筛选掉了。要保存就取消隐藏或筛选再上传，不要就删去。"
WITHDRAWN = "这条记录已撤回，要更改请先在后台恢复公布。"
UNSTAMPED = (
    "已有这条记录，与表中不同；而“标识”一列的标题里没有本网站的更改号，看不出别人后来有没有改过，不能用这张表改动。"
    "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。"
)
DELETED = "下载此表之后{by}删除了这条记录。不要了就删去这一行，还要就重新下载，另起一行录入。"
RENAMED = "下载此表之后{by}把这条记录的标识改成了“{slug}”，请照此修改这一行的标识。"
KEPT = "{heading}：下载此表之后{by}改成了“{now}”，照此保留。"
CONTRADICTED = "下载此表之后{by}填了“{now}”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"


class Outcome(TextChoices):
    """What saving would do with a row."""

    REFUSED = "refused", "有误"
    CHANGED = "changed", "改动"
    NEW = "new", "新增"
    UNCHANGED = "unchanged", "未变"


@dataclass
class Row:
    """One row beside the record that it is of; a new record has none."""

    sheet: str
    kind: type[Fact]
    number: int
    slug: str = ""
    title: str = ""
    existing: Fact | None = None
    refusals: list[list[str]] = field(default_factory=list)  # the heading, empty for the row as a whole, and why
    differences: list[list[str]] = field(default_factory=list)  # heading, old and new text
    kept: list[str] = field(default_factory=list)  # what others have changed since the download, and stays
    fact: Fact | None = None  # as it would be saved
    named: Named = field(default_factory=dict)

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

    def line(self) -> dict:
        names = ("sheet", "number", "slug", "title", "refusals", "kept", "differences")
        called = str(self.kind._meta.verbose_name)
        return {"outcome": self.outcome.value, "called": called} | {name: getattr(self, name) for name in names}


class SheetComparison:
    """The rows of one sheet beside the records of their kind; FileError where the sheet has no table."""

    def __init__(self, sheet: Sheet, kind: type[Fact], records: Records, user_id: int):
        self.kind, self.records = kind, records
        self.columns = columns_of(kind, records)
        self.table = table_of(sheet, self.columns)
        self.refuse_other_period()
        self.headings = {column.name: column.heading for column in self.columns}
        self.document = self.stated_document()
        self.facts = records.facts(kind)
        change = self.table.change
        self.is_stamped = change is not None and change <= last_change(kind)  # a later one is of another site
        self.since = changed_since(change, records.period, kind, self.columns, user_id) if self.is_stamped else {}
        self.first_rows: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        for number, cells in self.table.rows:
            row = Row(self.table.sheet.title, self.kind, number)
            typed = self.table.cells(cells)
            slug = typed["slug"]
            if slug and isinstance(slug, str):
                self.compare(row, self.read(row, typed))
            else:
                row.refuse(self.headings["slug"], slug["reason"] if slug else NO_RECORD)
            yield row

    def refuse_other_period(self) -> None:
        """The sheet itself may say of which period it is; then that is the one it is uploaded for."""
        period = self.records.period
        for said in self.table.periods:
            if known_by(said) not in (known_by(period.title), period.slug):
                title = self.table.sheet.title
                raise FileError(f"工作表“{title}”写明的时期是“{said}”，上传时选的是“{period}”。请核对。")

    def stated_document(self) -> str:
        """The document of a new row that names none: that above the headings, or the only one."""
        column = next(column for column in self.columns if column.name == "document")
        try:
            return column.read(self.table.document) or self.records.only_document
        except CellError as error:
            raise FileError(f"工作表“{self.table.sheet.title}”上方写的文献：{error}") from error

    def read(self, row: Row, cells: dict[str, str | dict]) -> Texts:
        """What the cells of a row say; what can't be is noted."""
        texts = {}
        for column in self.table.columns.values():
            try:
                texts[column.name] = column.read(text_of(cells[column.name]))
            except CellError as error:
                row.refuse(column.heading, str(error))
        return texts

    def compare(self, row: Row, texts: Texts) -> None:
        """One row beside its record, or as a new one."""
        row.slug = texts.get("slug", "")
        row.existing = self.facts.get(row.slug)
        if row.slug and (first := self.first_rows.setdefault(row.slug, row.number)) != row.number:
            row.refuse(self.headings["slug"], f"与第 {first} 行的标识相同，一条记录只能有一行。")
        now = row_of(row.existing, self.columns) if row.existing else dict.fromkeys(self.headings, "")
        row.title = texts.get("title") or now["title"]
        texts["document"] = texts.get("document") or now["document"] or self.document
        if row.existing is None:
            self.refuse_as_new(row)
            after = {column.name: column.default for column in self.columns} | texts
        else:
            self.merge(row, now, texts)
            after = now | texts
        settle_places(self.kind, now, after)
        if now != after:
            self.refuse_change(row)
            self.build(row, now, after)

    def refuse_as_new(self, row: Row) -> None:
        """A new record has every column it needs, and is not one that was deleted or renamed since the download."""
        there = set(self.table.columns.values())
        for column in self.columns:
            if column.is_required and column not in there:
                row.refuse(column.heading, "表里没有这一列；新增的记录必填。")
        slugs = {fact.pk: slug for slug, fact in self.facts.items()}
        for key, past in self.since.items():
            if not past.is_added and past.rows[0]["slug"] == row.slug:
                words = RENAMED if key in slugs else DELETED
                row.refuse(self.headings["slug"], words.format(by=past.by, slug=slugs.get(key)))

    def merge(self, row: Row, now: Texts, texts: Texts) -> None:
        """Keep what others have changed since the download, and refuse what contradicts it."""
        past = self.since.get(row.existing.pk)
        for column in self.columns if past else ():
            name = column.name
            text = texts.get(name, now[name])
            if text == now[name] or not past.has_touched(name, now[name]) or (column.is_place and not text):
                continue
            shown = now[name] or NOTHING
            if past.had(name, text):
                texts[name] = now[name]
                row.kept += [] if column.is_place else [KEPT.format(heading=column.heading, by=past.by, now=shown)]
            elif not past.is_own:
                row.refuse(column.heading, CONTRADICTED.format(by=past.by, now=shown))

    def refuse_change(self, row: Row) -> None:
        """Nothing is changed by a row that nobody sees, nor a record that is withdrawn, nor any by a sheet of unknown age."""
        if row.number in self.table.sheet.hidden_rows:
            row.refuse("", HIDDEN)
        if row.existing and row.existing.state == FactState.WITHDRAWN:
            row.refuse(self.headings["slug"], WITHDRAWN)
        elif row.existing and not self.is_stamped:
            row.refuse(self.headings["slug"], UNSTAMPED)

    def refuse_passage(self, row: Row, after: Texts) -> None:
        """A row names a paragraph that is registered."""
        if not after["document"]:
            row.refuse(self.headings["document"], "请写明文献：本时期没有登记文献，或不止一份。")
        elif after["paragraph"]:
            try:
                passage_of(after, self.records)
            except CellError as error:
                row.refuse(self.headings["paragraph"], str(error))

    def build(self, row: Row, now: Texts, after: Texts) -> None:
        """Make the record that a row stands for, and see what it changes and whether it can be."""
        self.refuse_passage(row, after)
        if row.refusals:
            return
        row.fact = copy(row.existing) if row.existing else self.kind(period=self.records.period)
        row.named = fill(row.fact, after, self.columns)
        try:
            row.fact.full_clean()
        except ValidationError as error:
            row.refusals += refusals_of(error, self.columns)
        else:
            after |= {column.name: column.of(row.fact) for column in self.columns if column.is_place}
            pairs = [(self.headings[name], now[name], after[name]) for name in now if now[name] != after[name]]
            row.differences = [[heading, old or NOTHING, new or NOTHING] for heading, old, new in pairs]


def text_of(cell: str | dict) -> str:
    """The text of a cell; CellError where it has none that can be taken."""
    if isinstance(cell, dict):
        raise CellError(cell["reason"])
    return cell
