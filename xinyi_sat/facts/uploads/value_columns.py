"""The columns of what a fact says itself: words, choices, figures and where these stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from django.db import models

from xinyi_sat.facts.fields import QuantityField
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.uploads.cells import known_by, line, printed_figure, trimmed, whole_number, words
from xinyi_sat.facts.uploads.column import Column, checked
from xinyi_sat.facts.uploads.refusal import RefusedCell

if TYPE_CHECKING:
    from xinyi_sat.facts.uploads.known import Known

EXAMPLE = "示例"
YES, NO = "是", "否"
YESES = {YES, "true", "1", "√", "y", "yes"}
NOES = {"", NO, "false", "0", "×", "x", "n", "no"}


class TextColumn(Column):
    """Words of our own, or of the document."""

    @property
    def example(self) -> str:
        return f"{EXAMPLE}：上传时不读取" if self.name == "title" else EXAMPLE if self.name == "slug" else ""

    def of(self, fact: Fact) -> Any:
        value = getattr(fact, self.name)
        return trimmed(value) if isinstance(value, str) else value

    def meant(self, cell: Any, known: Known) -> Any:
        if isinstance(cell, float) and not cell:
            raise RefusedCell("这一格是 0，可能是公式算出来的。请写文字；没有的留空。")
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
        wording = printed_figure(cell)
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
