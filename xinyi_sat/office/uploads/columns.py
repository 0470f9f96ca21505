"""The columns of a sheet: what is typed into a cell, as the value that a record has. Nothing else here knows fields."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from xinyi_sat.facts.entry import FigureEntry, checked_figures
from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.facts.models import Document, Fact, Figure, Measure, Organisation, Passage, Term, TermField
from xinyi_sat.facts.models.changes import Shown
from xinyi_sat.office.uploads.names import BETWEEN_NAMES, Names
from xinyi_sat.office.uploads.records import Records

PASSAGE, OF_PASSAGE = "passage", ("document", "paragraph")  # what changes call as one what a sheet has in two columns
Values = dict[str, Any]  # what a record has, by the names of its columns


class Column:
    """A field of a record, or of its passage, as a column: a text or a whole number."""

    options: list[str] = []

    def __init__(self, field: models.Field):
        self.field, self.name, self.empty = field, field.name, field.get_default()
        self.heading, self.explanation = str(field.verbose_name), str(field.help_text)
        self.is_required = not field.blank and not field.has_default() and field.related_model is not Document
        self.is_number = isinstance(field, models.IntegerField)

    def read(self, text: str) -> Any:
        """The value that was typed; ValidationError."""
        refuse_invisible(text)
        if not text and self.is_required:
            raise ValidationError("必填。")
        return self.value(text) if text else self.empty

    def value(self, text: str) -> Any:
        """What `read` gives where something was typed."""
        if "\n" in text and not isinstance(self.field, models.TextField):
            raise ValidationError("这一格有换行，请改成一行。")
        if self.is_number and not text.isdecimal():
            raise ValidationError(f"“{text}”不是整数，应写作数字，例如 8。")
        return self.field.clean(text, None)

    def of(self, fact: Fact) -> Any:
        """The value that a record has, whose figures were fetched."""
        return getattr(fact.passage if self.field.model is Passage else fact, self.name)

    def text(self, value: Any) -> str:
        """A value as a sheet shows it, and as changes do."""
        return "" if value is None else str(value)


class NameColumn(Column):
    """A choice or a record by its name."""

    def __init__(self, field: models.Field, names: Names):
        super().__init__(field)
        self.names, self.options = names, names.options

    def value(self, text: str) -> Any:
        return self.names.one(text)

    def text(self, value: Any) -> str:
        return self.names.label(value) if value else ""


class SeveralNamesColumn(NameColumn):
    """Several records by their names; their order says nothing."""

    def __init__(self, field: models.Field, names: Names):
        super().__init__(field, names)
        self.empty, self.explanation = set(), f"几家用“{BETWEEN_NAMES}”隔开。{self.explanation}"

    def value(self, text: str) -> set:
        return self.names.several(text)

    def of(self, fact: Fact) -> set:
        return set(getattr(fact, self.name).all())

    def text(self, value: set) -> str:
        return BETWEEN_NAMES.join(sorted(map(self.names.label, value)))


class FigureColumn(Column):
    """A figure as printed."""

    empty, is_required, is_number = "", False, False

    def __init__(self, measure: Measure):
        units = measure.unit_words
        self.measure, self.name, self.heading = measure, measure.slug, measure.label
        self.explanation = (
            f"照原文写数字和单位，单位用“{'”“'.join(units)}”，例如“17{units[0]}”；原文没有的数字留空，不要填 0。"
        )

    def value(self, text: str) -> str:
        figure = Figure(measure=self.measure, wording=text)
        figure.read_wording()
        return figure.wording

    def of(self, fact: Fact) -> str:
        figure = fact.figure(self.name)
        return figure.wording if figure else ""


class KindColumns:
    """The columns of a kind, in the order an office fills them in, and the record that they make."""

    def __init__(self, kind: type[Fact], records: Records):
        self.records, self.measures = records, kind.measures()
        self.columns: list[Column] = [
            *columns_of(kind, ["title", "slug", *kind.own_names(), *kind.organisation_names()], records),
            *map(FigureColumn, self.measures),
            *columns_of(kind, ["basis", "service"], records),
            *columns_of(Passage, OF_PASSAGE, records),
            *columns_of(kind, ["headline_rank", "note"], records),
        ]

    def values_of(self, fact: Fact | None) -> Values:
        """What a record has, its figures fetched; without one, what empty cells stand for."""
        return {column.name: column.of(fact) if fact else column.empty for column in self.columns}

    def shown(self, values: Values) -> Shown:
        """The fields of a record as changes show them."""
        shown = {column.name: (column.heading, column.text(values[column.name])) for column in self.columns}
        document, paragraph = (shown.pop(name)[1] for name in OF_PASSAGE)
        return shown | {PASSAGE: ("出处", f"{document}第 {paragraph} 段")}

    def fill(self, fact: Fact, values: Values) -> None:
        """Put values into an unsaved fact; ValidationError without a passage. Figures and relations to many come after it."""
        for column in self.columns:
            if column.name not in OF_PASSAGE and not isinstance(column, FigureColumn | SeveralNamesColumn):
                setattr(fact, column.name, values[column.name])
        if values["paragraph"]:  # else it was refused already
            fact.passage = self.records.passage(values["document"], values["paragraph"])

    def checked(self, fact: Fact, values: Values) -> dict[Measure, Figure | None]:
        """The figures of a filled fact, unsaved; ValidationError where it breaks a rule.

        Slugs and the records that it names were looked up for all rows together; constraints are left to the database.
        """
        relations = {field.name for field in fact._meta.fields if field.is_relation}
        fact.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
        entries = {}
        for measure in self.measures:
            wording, figure = values[measure.slug], fact.figure(measure.slug) if fact.pk else None
            if figure and figure.wording == wording and figure.fact.passage_id == fact.passage_id:
                entries[measure] = FigureEntry(wording, figure.start, figure.end)
            elif wording or figure:
                entries[measure] = FigureEntry(wording) if wording else None
        return checked_figures(fact, entries)

    def refusals_of(self, error: ValidationError) -> list[list[str]]:
        """What is wrong with a record: the heading that a message is about, empty for the whole row, and the message."""
        headings = {column.name: column.heading for column in self.columns} | {NON_FIELD_ERRORS: ""}
        return [
            [headings.get(name, headings["paragraph"]), "".join(found)] for name, found in error.message_dict.items()
        ]


def columns_of(model: type[models.Model], names: Iterable[str], records: Records) -> Iterator[Column]:
    """The columns that these fields of a model make."""
    for field in map(model._meta.get_field, names):
        if found := names_of(field, records):
            yield (SeveralNamesColumn if field.many_to_many else NameColumn)(field, found)
        else:
            yield Column(field)


def names_of(field: models.Field, records: Records) -> Names | None:
    """What a field chooses from; None where it doesn't."""
    called = str(field.verbose_name)
    if isinstance(field, TermField):
        terms = Term.objects.filter(vocabulary=field.vocabulary)
        return Names(called, ((one, one.slug, one.label) for one in terms), is_complete=True)
    if field.choices:
        return Names(called, ((value, value, label) for value, label in field.flatchoices), is_complete=True)
    return {Organisation: records.organisations, Document: records.documents}.get(field.related_model)
