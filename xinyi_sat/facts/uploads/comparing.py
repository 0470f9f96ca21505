"""Row by row: what an upload would add, change or leave as it is, and what in it can't be, with row, column and reason."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import TextChoices

from xinyi_sat.facts.changes.differences import NOTHING, Difference
from xinyi_sat.facts.choices import FactState
from xinyi_sat.facts.fields import END, NUMBER, START
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage
from xinyi_sat.facts.rules import broken_rules
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.known import Known, latest_changes
from xinyi_sat.facts.uploads.layout import columns_of
from xinyi_sat.facts.uploads.refusal import RefusedCell
from xinyi_sat.facts.uploads.since import Since, changed_since, last_change
from xinyi_sat.facts.uploads.tables import Table, stated_document
from xinyi_sat.facts.uploads.value_columns import PlaceColumn

BY_NAME = ("period", "slug")  # by this a row finds its record
UNSTAMPED = (
    "已有这条记录，与表中不同；而“标识”一列的标题里没有本网站的更改号，看不出别人后来有没有改过，不能用这张表改动。"
    "请勾选“填入已有的记录”重新下载，在下载的表中改好再上传。"
)


class Outcome(TextChoices):
    """What saving would do with a row."""

    REFUSED = "refused", "有误"
    CHANGED = "changed", "改动"
    NEW = "new", "新增"
    UNCHANGED = "unchanged", "未变"


@dataclass
class Row:
    """One row compared with what is there."""

    sheet: str
    number: int
    kind: type[Fact]
    slug: str = ""
    title: str = ""
    differences: list[Difference] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)  # the header, empty for the row as a whole, and why
    fact: Fact | None = None  # as it would be saved
    doubts: list[str] = field(default_factory=list)  # what may be right all the same
    kept: list[str] = field(default_factory=list)  # what others have changed since the download, and stays
    named: dict[str, list[Organisation]] = field(default_factory=dict)
    is_new: bool = True
    seen: int = 0  # the last change of the record that it was compared with

    @property
    def outcome(self) -> Outcome:
        """What saving would do with this row."""
        if self.refusals:
            return Outcome.REFUSED
        if self.is_new:
            return Outcome.NEW
        return Outcome.CHANGED if self.differences else Outcome.UNCHANGED

    @property
    def place(self) -> str:
        """Where it stands in the file."""
        return f"{self.sheet} {self.number}"

    @property
    def is_saved(self) -> bool:
        """Whether there is something in it to save."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def is_public(self) -> bool:
        """Whether this is a change of what readers may have seen, which says why."""
        return self.outcome is Outcome.CHANGED and not self.fact.is_draft

    def refuse(self, header: str, reason: str) -> None:
        """Note why a column of this row, or the row as a whole, can't be taken."""
        self.refusals.append((header, reason))


class SheetComparison:
    """The rows of one table beside the records of their kind."""

    def __init__(self, table: Table, known: Known, user: int | None):
        self.table, self.known = table, known
        self.columns = columns_of(table.kind)
        self.headers = headers_of(self.columns)
        self.document = stated_document(table, known)
        self.latest = latest_changes(known.period, table.kind)  # before the facts: a change in between is noticed
        self.facts = known.facts(table.kind)
        self.numbers: dict[str, int] = {}
        stamp, last = table.stamp, last_change(table.kind)
        self.is_stamped = stamp is not None and stamp.change <= last  # a later one is of another site, or made up
        asked = (known.period, table.kind, self.columns, user)
        self.since = changed_since(stamp.change, *asked) if self.is_stamped else {}
        former = {one.then["slug"]: key for key, one in self.since.items() if not one.is_added}
        self.gone = {slug: key for slug, key in former.items() if slug not in self.facts}
        self.slugs = {fact.pk: slug for slug, fact in self.facts.items()}

    def rows(self) -> Iterator[Row]:
        """Every row of the table, compared."""
        for number, cells in self.table.rows:
            yield self.compared(Row(self.table.title, number, self.table.kind), cells)

    def compared(self, row: Row, cells: list) -> Row:
        """One row beside its record, or as a new one."""
        if reason := self.table.no_record(cells):
            row.refuse("", reason)
            return row
        values = self.values(row, cells)
        row.slug, row.title = values.get("slug", ""), values.get("title", "")
        existing = self.facts.get(row.slug)
        row.is_new = existing is None
        self.refuse_second(row)
        values["document"] = values.get("document") or self.document_for(existing)
        if existing is None:
            self.refuse_gone(row)
            self.refuse_incomplete(row)
            before = {column.name: None for column in self.columns}
            after = {column.name: default_of(column) for column in self.columns} | values
        else:
            row.title = row.title or existing.title
            row.seen = self.latest.get(existing.pk, 0)
            before = {column.name: column.of(existing) for column in self.columns}
            if existing.pk in self.since:
                self.keep(row, self.since[existing.pk], before, values)
            after = before | values
        settle_places(self.table.kind, before, after, values)
        if existing:
            self.refuse_change(row, existing, is_other=before != after)
        if row.is_new or before != after:
            self.build(row, existing, before, after)
        return row

    def values(self, row: Row, cells: list) -> dict[str, Any]:
        """What the cells of a row say; what can't be is noted."""
        values = {}
        for column, cell in self.table.cells(cells).items():
            try:
                values[column.name] = column.read(cell, self.known)
            except RefusedCell as error:
                row.refuse(column.header, str(error))
        for place in self.table.headless(cells):
            row.refuse(f"第 {place + 1} 列", "这一格有内容，但这一列没有标题。请删去，或写上标题。")
        return values

    def keep(self, row: Row, since: Since, before: dict, values: dict) -> None:
        """Keep what others have changed since the download, and refuse what contradicts it."""
        for column in self.disputed(since, before, values):
            now = str(column.shown(before[column.name])) or NOTHING
            if since.had(column.name, values[column.name]):
                values[column.name] = before[column.name]
                if not isinstance(column, PlaceColumn):  # it goes with its figure
                    row.kept.append(f"{column.header}：下载此表之后{since.by}改成了“{now}”，照此保留。")
            elif not since.is_own:
                reason = f"下载此表之后{since.by}填了“{now}”，与表中不同。要保留就在表中照此填写，要改请重新下载再改。"
                row.refuse(column.header, reason)

    def disputed(self, since: Since, before: dict, values: dict) -> Iterator[Column]:
        """The columns in which a row is other than its record, which was given another value since the download."""
        for column in self.columns:
            name = column.name
            if name not in values or before[name] == values[name] or not since.is_touched(name, before[name]):
                continue
            if not (
                isinstance(column, PlaceColumn) and values[name] is None
            ):  # nobody's word: the figure is looked for
                yield column

    def refuse_change(self, row: Row, existing: Fact, *, is_other: bool) -> None:
        """What is withdrawn is not changed, nor anything by a sheet that doesn't say how old it is."""
        if is_other and existing.state == FactState.WITHDRAWN:
            row.refuse(self.headers["slug"], "这条记录已撤回，要更改请先在后台恢复公布。")
        elif is_other and not self.is_stamped:
            row.refuse(self.headers["slug"], UNSTAMPED)

    def refuse_second(self, row: Row) -> None:
        """Two rows of one record contradict each other, or one is not needed."""
        first = self.numbers.setdefault(row.slug, row.number) if row.slug else row.number
        if first != row.number:
            row.refuse(self.headers["slug"], f"与第 {first} 行的标识相同，一条记录只能有一行。")

    def refuse_gone(self, row: Row) -> None:
        """What was deleted or renamed since the download does not come back as if it were new."""
        if key := self.gone.get(row.slug):
            by = self.since[key].by
            renamed = self.slugs.get(key)
            reason = (
                f"下载此表之后{by}把这条记录的标识改成了“{renamed}”，请照此修改这一行的标识。"
                if renamed
                else f"下载此表之后{by}删除了这条记录。不要了就删去这一行，还要就重新下载，另起一行录入。"
            )
            row.refuse(self.headers["slug"], reason)

    def refuse_incomplete(self, row: Row) -> None:
        """A new record needs columns that a correction may leave out."""
        there = {column.name for column in self.table.columns.values()}
        for column in self.columns:
            if column.is_required and column.name not in there:
                row.refuse(column.header, "表里没有这一列；新增的记录必填。")

    def document_for(self, existing: Fact | None) -> Document | None:
        """The document of a row that names none."""
        return self.document or (existing.passage.document if existing else self.known.only_document)

    def passage(self, row: Row, document: Document | None, paragraph: int | None) -> Passage | None:
        """The passage of a row; where it can't be found, that is noted."""
        if document is None:
            row.refuse(self.headers["document"], "请写明文献：本时期没有登记文献，或不止一份。")
        elif paragraph is not None:
            try:
                return self.known.passage(document, paragraph)
            except RefusedCell as error:
                row.refuse(self.headers["paragraph"], str(error))
        return None

    def build(self, row: Row, existing: Fact | None, before: dict, after: dict) -> None:
        """Make the record a row stands for, and see what it changes and whether it can be."""
        passage = self.passage(row, after["document"], after["paragraph"])
        if row.refusals or passage is None:
            return
        many = {one.name for one in self.table.kind._meta.many_to_many}
        row.fact = copy(existing) if existing else self.table.kind(period=self.known.period)
        row.fact.passage = passage
        row.named = {name: list(after[name]) for name in many}
        for name in changed_names(before, after) - many - {"document", "paragraph"}:
            setattr(row.fact, name, after[name])
        self.check(row)
        places = {name + end for name in row.fact.figure_names() for end in (START, END)}
        after |= {name: getattr(row.fact, name) for name in places}
        row.differences = list(differing(self.columns, before, after))

    def check(self, row: Row) -> None:
        """Every rule of the fields, of the model and of the database."""
        relations = {field.name for field in row.fact._meta.fields if field.is_relation}  # they came from the database
        for rule in (partial(row.fact.clean_fields, exclude=relations), row.fact.clean):
            try:
                rule()
            except ValidationError as error:
                self.refuse_each(row, error)
        if not row.refusals:
            for names, reason in broken_rules(row.fact, known_unique=BY_NAME):
                headers = dict.fromkeys(header for name, header in self.headers.items() if name in names)
                row.refuse("、".join(headers), reason)

    def refuse_each(self, row: Row, error: ValidationError) -> None:
        """Note what a rule says of each field, under its header."""
        for name, messages in ValidationError(error).update_error_dict({}).items():
            reason = "".join(message for one in messages for message in one.messages)
            row.refuse("" if name == NON_FIELD_ERRORS else self.headers.get(name, ""), reason)


def changed_names(before: dict, after: dict) -> set[str]:
    """The columns in which a record would be another."""
    return {name for name in after if before[name] != after[name]}


def headers_of(columns: list[Column]) -> dict[str, str]:
    """Under which header a field is found; a number under that of its wording, a passage under that of its paragraph."""
    headers = {column.name: column.header for column in columns}
    return headers | {name + NUMBER: header for name, header in headers.items()} | {"passage": headers["paragraph"]}


def default_of(column: Column) -> Any:
    """What a new record has in a column that the sheet leaves out."""
    return () if column.field.many_to_many else column.field.get_default()


def settle_places(kind: type[Fact], before: dict, after: dict, values: dict) -> None:
    """Where figures stand: as given, else as known while figure and paragraph are the same; one paragraph says nothing
    of another, so what was true of the one is forgotten with it."""
    moved = [before[name] for name in ("document", "paragraph")] != [after[name] for name in ("document", "paragraph")]
    for figure in kind.figure_names():
        places = [figure + START, figure + END]
        known, given = [before[name] for name in places], [values.get(name) for name in places]
        if given == [None, None] and before[figure] == after[figure] and not moved:
            given = known
        elif moved and given == known:
            given = [None, None]
        after |= dict(zip(places, given if after[figure] else [None, None], strict=True))


def differing(columns: list[Column], before: dict, after: dict) -> Iterator[Difference]:
    """The columns that differ, each as a reader sees it; of a new record, what it has."""
    for column in columns:
        old, new = before[column.name], after[column.name]
        if old != new:
            words = [str(column.shown(value)) if value is not None else "" for value in (old, new)]
            if any(words):
                yield Difference(column.name, column.header, *(word or NOTHING for word in words))
