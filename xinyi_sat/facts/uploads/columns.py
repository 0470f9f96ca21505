"""What the fields of a kind are in a sheet: a column each, whose cells are text. Nothing else here knows fields.

A column reads what somebody typed into the text that a sheet of ours would show, tells that text of a record or of a former
state of one, and gives the value for a record back from it. So everything else compares text with text.
"""

import re
from typing import Any
from unicodedata import normalize

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from xinyi_sat.facts.fields import END, NUMBER, START, QuantityField
from xinyi_sat.facts.invisible import INVISIBLE
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage
from xinyi_sat.facts.models.history import Change
from xinyi_sat.facts.uploads.names import BETWEEN_NAMES, CellError, known_by
from xinyi_sat.facts.uploads.reading import plain
from xinyi_sat.facts.uploads.records import Records

EXAMPLE = "示例"
YES, NO = "是", "否"
FLAGS = {YES: {YES, "true", "1", "√", "y", "yes"}, NO: {NO, "false", "0", "×", "x", "n", "no"}}
WHOLE_NUMBER = re.compile(r"第?([0-9]{1,9})段?")
PLACE_HELP = "可不填。数字在段落中的字位，从 0 数起，止位不含；不填时保留已有的，或在已载入的原文中自动查找。"
Texts = dict[str, str]  # the text of each column, by its name
Named = dict[str, list[Organisation]]  # what a record names in each of its relations to many


class Column:
    """One field of a fact, or of its passage, as text that somebody may write in a cell."""

    is_number = is_place = False

    def __init__(self, field: models.Field, records: Records):
        self.field, self.records, self.name = field, records, field.name
        self.heading, self.help = str(field.verbose_name), str(field.help_text)
        self.options: list[str] = []
        self.example = {"title": f"{EXAMPLE}：上传时不读取", "slug": EXAMPLE}.get(self.name, "")
        self.is_required = not field.blank and not field.has_default() and field.related_model is not Document

    def read(self, text: str) -> str:
        """The text that a sheet of ours would have for what was typed; CellError."""
        if INVISIBLE.search(text):
            raise CellError("这一格含有看不见的控制字符，请清除后重新输入。")
        if "\n" in text and not isinstance(self.field, models.TextField | models.ManyToManyField):
            raise CellError("这一格有换行，请改成一行。")
        if not text and self.is_required:
            raise CellError("必填。")
        return self.typed(text) if text else self.default

    @property
    def default(self) -> str:
        """What an empty cell stands for."""
        return self.shown(self.field.get_default()) if self.field.has_default() else ""

    def typed(self, text: str) -> str:
        """What `read` gives where something was typed."""
        if text == "0":
            raise CellError("这一格是 0，可能是公式算出来的。请写文字；没有的留空。")
        return checked(self.field, normalize("NFKC", text) if isinstance(self.field, models.SlugField) else text)

    def value(self, text: str) -> Any:
        """What a record has whose sheet shows this text."""
        return text

    def shown(self, value: Any) -> str:
        """The text of a value."""
        return plain(value)

    def cell(self, text: str) -> str | int:
        """What a spreadsheet has in a cell of this text."""
        return int(text) if text and self.is_number else text

    def of(self, record: Fact | Change) -> str:
        """The text of a record, or of what it was at a change; its passage may be gone since."""
        holder = record.passage if self.field.model is Passage else record
        return self.shown(getattr(holder, self.name, None))


class ChoiceColumn(Column):
    """One of a few words, or yes or no."""

    def __init__(self, field: models.Field, records: Records):
        super().__init__(field, records)
        choices = field.flatchoices or [(True, YES), (False, NO)]
        self.labels = {value: str(label) for value, label in choices}
        self.options = list(self.labels.values())
        self.example = self.options[0] if field.choices else ""
        self.help = f"从列表中选一项{'' if field.choices else f'，不填为“{NO}”'}。{self.help}"

    def typed(self, text: str) -> str:
        for value, label in self.labels.items():
            if known_by(text) in {known_by(label), value, *FLAGS.get(label, ())}:
                return label
        raise CellError(f"没有“{text}”这一项，应为：{'、'.join(self.options)}。")

    def value(self, text: str) -> Any:
        return next(value for value, label in self.labels.items() if label == text)

    def shown(self, value: Any) -> str:
        return self.labels.get(value, value)


class FigureColumn(Column):
    """A figure as printed."""

    def __init__(self, field: QuantityField, records: Records):
        super().__init__(field, records)
        unit = field.units[0] if field.units else ""
        units = f"，单位用“{'”“'.join(field.units)}”" if field.units else ""
        self.example = f"17{unit}"
        self.help = f"照原文写数字和单位{units}，例如“17{unit}”“4200多{unit}”；原文没有的数字留空，不要填 0。"

    def typed(self, text: str) -> str:
        return checked(self.field, text)

    def value(self, text: str) -> str | None:
        return text or None


class NumberColumn(Column):
    """A number that counts paragraphs or characters."""

    is_number = True

    def __init__(self, field: models.Field, records: Records):
        super().__init__(field, records)
        self.is_place = self.name.endswith((START, END))
        self.example = "" if self.is_place else "10"
        self.help = PLACE_HELP if self.is_place else self.help

    def typed(self, text: str) -> str:
        if match := WHOLE_NUMBER.fullmatch(known_by(text)):
            return str(int(match[1]))
        raise CellError(f"“{text}”不是整数，应写作数字，例如 {self.example or '136'}。")

    def value(self, text: str) -> int | None:
        return int(text) if text else None


class ReferenceColumn(Column):
    """Records of another model by their names: one, or several with a mark between."""

    def __init__(self, field: models.Field, records: Records):
        super().__init__(field, records)
        is_document = field.related_model is Document
        self.names = records.documents if is_document else records.organisations
        self.options = records.document_labels if is_document else []
        several = f"；几家用“{BETWEEN_NAMES}”隔开" if field.many_to_many else ""
        self.help = f"{field.related_model._meta.verbose_name}的名称或标识，应已在后台登记{several}。{self.help}"

    def typed(self, text: str) -> str:
        return self.shown(self.value(text))

    def value(self, text: str) -> Any:
        if self.field.many_to_many:
            return self.names.several(text)
        return self.names.one(text) if text else None

    def shown(self, value: Any) -> str:
        found = [value] if isinstance(value, models.Model) else value or []
        return BETWEEN_NAMES.join(self.names.label(one) for one in sorted(set(found), key=lambda one: one.slug))

    def of(self, record: Fact | Change) -> str:
        if not self.field.many_to_many:
            return super().of(record)
        rows = getattr(record, self.name)
        if isinstance(record, Fact):
            return self.shown(rows.all())
        return self.shown(Organisation.objects.filter(pk__in=rows.values(self.field.m2m_reverse_field_name())))


def checked(field: models.Field, text: str) -> str:
    """A text as its field takes it; CellError with the field's own reason."""
    try:
        return str(field.clean(text, None))
    except ValidationError as error:
        raise CellError("".join(dict.fromkeys(error.messages))) from error


def column_of(field: models.Field, records: Records) -> Column:
    """The column that a field makes."""
    sorts = [
        (field.choices or isinstance(field, models.BooleanField), ChoiceColumn),
        (isinstance(field, QuantityField), FigureColumn),
        (isinstance(field, models.PositiveIntegerField), NumberColumn),
        (field.is_relation, ReferenceColumn),
    ]
    return next((sort for fits, sort in sorts if fits), Column)(field, records)


def columns_of(kind: type[Fact], records: Records) -> list[Column]:
    """The columns of a kind, in the order an office fills them in; where the figures stand comes last."""
    figures = kind.figure_names()
    before = ["title", "slug", *kind.own_names(), *kind.organisation_names(), *figures, "basis", "service"]
    after = ["is_headline", "note", *(name + end for name in figures for end in (START, END))]
    fields = [
        *(kind._meta.get_field(name) for name in before),
        *(Passage._meta.get_field(name) for name in ("document", "paragraph")),
        *(kind._meta.get_field(name) for name in after),
    ]
    return [column_of(field, records) for field in fields]


def row_of(record: Fact | Change, columns: list[Column]) -> Texts:
    """What a sheet shows of a record, or showed of it at a change."""
    return {column.name: column.of(record) for column in columns}


def passage_of(row: Texts, records: Records) -> Passage:
    """The passage that a row names; CellError where there is none."""
    return records.passage(records.documents.one(row["document"]), int(row["paragraph"]))


def fill(fact: Fact, row: Texts, columns: list[Column]) -> Named:
    """Put a row into a fact, unsaved; what is returned is to be saved after it."""
    values = {one.name: one.value(row[one.name]) for one in columns if one.field.model is not Passage}
    fact.passage = passage_of(row, columns[0].records)
    named = {field.name: values.pop(field.name) for field in fact._meta.many_to_many}
    for name, value in values.items():
        setattr(fact, name, value)
    return named


def settle_places(kind: type[Fact], now: Texts, row: Texts) -> None:
    """Where no place is written a known one stays, unless it is of another figure or paragraph; an empty figure has none."""
    is_moved = any(now[name] != row[name] for name in ("document", "paragraph"))
    for figure in kind.figure_names():
        places = [figure + START, figure + END]
        known, written = ([one[name] for name in places] for one in (now, row))
        if not any(written) and now[figure] == row[figure] and not is_moved:
            written = known
        elif not row[figure] or (is_moved and written == known):
            written = ["", ""]
        row |= dict(zip(places, written, strict=True))


def refusals_of(error: ValidationError, columns: list[Column]) -> list[list[str]]:
    """What the rules of a record say: the heading that each message is about, empty for the row as a whole, and the message."""
    headings = {column.name: column.heading for column in columns}
    headings |= {name + NUMBER: heading for name, heading in headings.items()}
    headings |= {"passage": headings["paragraph"], NON_FIELD_ERRORS: ""}
    said = ValidationError(error).message_dict
    return [[headings.get(name, ""), "".join(messages)] for name, messages in said.items()]
