"""What the sheet of a kind looks like: a column for each field, in the words of an office; it knows no kind by name."""

from functools import cache

from django.db import models

from xinyi_sat.facts.fields import END, START, QuantityField
from xinyi_sat.facts.models import Fact, Organisation, Passage
from xinyi_sat.facts.uploads.column import Column
from xinyi_sat.facts.uploads.reference_columns import (
    DocumentColumn,
    OrganisationColumn,
    OrganisationsColumn,
    ParagraphColumn,
)
from xinyi_sat.facts.uploads.value_columns import (
    ChoiceColumn,
    FigureColumn,
    FlagColumn,
    PlaceColumn,
    SlugColumn,
    TextColumn,
)


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
