"""The columns of what a fact refers to: organisations, and the paragraph it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xinyi_sat.facts.models import Document, Fact, Organisation
from xinyi_sat.facts.uploads.cells import words
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.value_columns import WholeColumn

if TYPE_CHECKING:
    from xinyi_sat.facts.uploads.known import Known

BETWEEN_NAMES = "、"


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

    def of(self, fact: Fact) -> Document | None:
        return fact.passage.document if fact.passage else None  # that of a former state may be deleted

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

    def of(self, fact: Fact) -> int | None:
        return fact.passage.paragraph if fact.passage else None


def in_order(organisations: list[Organisation]) -> tuple[Organisation, ...]:
    """Organisations as every list has them, each once."""
    return tuple(sorted(set(organisations), key=lambda one: (one.kind, one.slug)))
