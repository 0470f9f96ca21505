"""What the sheet of a kind looks like: a column for each field, in the words of an office; it knows no kind by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import models

from xinyi_sat.facts.fields import END, START, QuantityField
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage
from xinyi_sat.facts.uploads.cells import known_by, line, printed_figure, trimmed, whole_number, words
from xinyi_sat.facts.uploads.refusal import RefusedCell

if TYPE_CHECKING:
    from xinyi_sat.facts.uploads.known import Known

EXAMPLE = "示例"
BETWEEN_NAMES = "、"
YES, NO = "是", "否"
YESES = {YES, "true", "1", "√", "y", "yes"}
NOES = {"", NO, "false", "0", "×", "x", "n", "no"}


@dataclass(frozen=True)
class Column:
    """One field of a fact as a column of a sheet."""

    field: models.Field

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def header(self) -> str:
        """The words of the field."""
        return str(self.field.verbose_name)

    @property
    def is_required(self) -> bool:
        """Whether a record needs something here."""
        return not self.field.blank and not self.field.has_default()

    @property
    def options(self) -> list[str]:
        """The words it takes, where they are few."""
        return []

    @property
    def help(self) -> str:
        """What to write here."""
        return str(self.field.help_text)

    @property
    def example(self) -> str:
        """What might stand here."""
        return ""

    def of(self, fact: Fact) -> Any:
        """What a record has here."""
        return getattr(fact, self.name)

    def read(self, cell: Any, known: Known) -> Any:
        """What a cell says; RefusedCell where it can't be."""
        value = self.meant(cell, known)
        if value in (None, "", ()):
            if self.is_required:
                raise RefusedCell("必填。")
            return self.field.get_default() if self.field.has_default() else value
        return value

    def meant(self, cell: Any, known: Known) -> Any:
        """What a cell says, or nothing."""
        raise NotImplementedError

    def shown(self, value: Any) -> Any:
        """A value as it stands in a sheet."""
        return "" if value is None else str(value)


class TextColumn(Column):
    """Words of our own, or of the document."""

    @property
    def example(self) -> str:
        return f"{EXAMPLE}：上传时不读取" if self.name == "title" else EXAMPLE if self.name == "slug" else ""

    def of(self, fact: Fact) -> Any:
        value = getattr(fact, self.name)
        return trimmed(value) if isinstance(value, str) else value

    def meant(self, cell: Any, known: Known) -> Any:
        if isinstance(self.field, models.TextField):
            return words(cell)
        text = line(cell)
        return checked(self.field, text) if text else text


class SlugColumn(TextColumn):
    """The name in addresses; full-width letters are taken as plain ones."""

    def meant(self, cell: Any, known: Known) -> str:
        text = normalize("NFKC", line(cell))
        return checked(self.field, text) if text else text


class ChoiceColumn(Column):
    """One of a few words."""

    @property
    def options(self) -> list[str]:
        return [str(label) for _, label in self.field.flatchoices]

    @property
    def example(self) -> str:
        return self.options[0]

    @property
    def help(self) -> str:
        return f"从列表中选一项。{self.field.help_text}"

    def meant(self, cell: Any, known: Known) -> str:
        text = line(cell)
        for value, label in self.field.flatchoices:
            if known_by(text) in (known_by(str(label)), str(value)):
                return value
        if text:
            raise RefusedCell(f"没有“{text}”这一项，应为：{'、'.join(self.options)}。")
        return ""

    def shown(self, value: str) -> str:
        return str(dict(self.field.flatchoices).get(value, value))


class FlagColumn(Column):
    """Yes or no; nothing is no."""

    @property
    def options(self) -> list[str]:
        return [YES, NO]

    @property
    def help(self) -> str:
        return f"填“{YES}”或“{NO}”，不填为“{NO}”。{self.field.help_text}"

    def meant(self, cell: Any, known: Known) -> bool:
        text = known_by(line(cell))
        if text not in YESES | NOES:
            raise RefusedCell(f"应填“{YES}”或“{NO}”。")
        return text in YESES

    def shown(self, value: bool) -> str:  # noqa: FBT001 (it is the value)
        return YES if value else NO


class FigureColumn(Column):
    """A figure as printed."""

    field: QuantityField

    @property
    def unit(self) -> str:
        """A counting word it takes."""
        return self.field.units[0] if self.field.units else ""

    @property
    def help(self) -> str:
        units = f"，单位用“{'”“'.join(self.field.units)}”" if self.field.units else ""
        return f"照原文写数字和单位{units}，例如“17{self.unit}”“4200多{self.unit}”；原文没有的数字留空，不要填 0。"

    @property
    def example(self) -> str:
        return f"17{self.unit}"

    def meant(self, cell: Any, known: Known) -> Any:
        wording = printed_figure(cell, self.unit)
        return checked(self.field, wording) if wording else None


class WholeColumn(Column):
    """A number that counts paragraphs or characters."""

    def meant(self, cell: Any, known: Known) -> int | None:
        return whole_number(cell, self.example or "136")

    def shown(self, value: int | None) -> Any:
        return "" if value is None else value


class PlaceColumn(WholeColumn):
    """Where a figure begins or ends in its paragraph."""

    @property
    def help(self) -> str:
        return "可不填。数字在段落中的字位，从 0 数起，止位不含；不填时保留已有的，或在已载入的原文中自动查找。"


class OrganisationColumn(Column):
    """One organisation, by its name."""

    @property
    def help(self) -> str:
        return f"机构的名称，应已在后台“机构”中登记。{self.field.help_text}"

    def meant(self, cell: Any, known: Known) -> Organisation | None:
        text = words(cell)
        return known.organisation(text) if text else None


class OrganisationsColumn(Column):
    """Organisations, by their names."""

    @property
    def help(self) -> str:
        return f"机构的名称，应已在后台“机构”中登记；几家用“{BETWEEN_NAMES}”隔开。{self.field.help_text}"

    def of(self, fact: Fact) -> tuple[Organisation, ...]:
        return in_order(fact.organisations(self.name))

    def meant(self, cell: Any, known: Known) -> tuple[Organisation, ...]:
        return in_order(known.organisations(words(cell)))

    def shown(self, value: tuple[Organisation, ...]) -> str:
        return BETWEEN_NAMES.join(one.slug if BETWEEN_NAMES in one.name else one.name for one in value)


class DocumentColumn(Column):
    """The document a fact was read from."""

    @property
    def name(self) -> str:
        return "document"

    @property
    def is_required(self) -> bool:
        return False

    @property
    def help(self) -> str:
        return "文献的名称或标识；不填则为表头上方写明的文献，那里也没有写时，为本时期唯一的一份。"

    def of(self, fact: Fact) -> Document:
        return fact.passage.document

    def meant(self, cell: Any, known: Known) -> Document | None:
        text = words(cell)
        return known.document(text) if text else None


class ParagraphColumn(WholeColumn):
    """The paragraph a fact was read from."""

    @property
    def name(self) -> str:
        return "paragraph"

    @property
    def example(self) -> str:
        return "10"

    def of(self, fact: Fact) -> int:
        return fact.passage.paragraph


def checked(field: models.Field, value: Any) -> Any:
    """A value as its field takes it; RefusedCell with the field's own reason."""
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise RefusedCell("；".join(error.messages)) from error


def in_order(organisations: list[Organisation]) -> tuple[Organisation, ...]:
    """Organisations as every list has them, each once."""
    return tuple(sorted(set(organisations), key=lambda one: (one.kind, one.slug)))


def column_of(field: models.Field) -> Column:
    """The column that a field of a fact makes."""
    sorts = [
        (field.choices, ChoiceColumn),
        (isinstance(field, models.BooleanField), FlagColumn),
        (isinstance(field, QuantityField), FigureColumn),
        (isinstance(field, models.SlugField), SlugColumn),
        (field.name.endswith((START, END)), PlaceColumn),
        (field.related_model is Organisation and field.many_to_many, OrganisationsColumn),
        (field.related_model is Organisation, OrganisationColumn),
    ]
    return next((sort for fits, sort in sorts if fits), TextColumn)(field)


@cache
def columns_of(kind: type[Fact]) -> list[Column]:
    """The columns of a kind, in the order an office fills them in; where the figures stand comes last."""
    figures = kind.figure_names()
    before = ["title", "slug", *kind.own_names(), *kind.organisation_names(), *figures, "basis", "service"]
    after = ["is_headline", "note", *(name + end for name in figures for end in (START, END))]
    field = kind._meta.get_field
    source = [
        DocumentColumn(Passage._meta.get_field("document")),
        ParagraphColumn(Passage._meta.get_field("paragraph")),
    ]
    return [*(column_of(field(name)) for name in before), *source, *(column_of(field(name)) for name in after)]
