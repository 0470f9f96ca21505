"""Entering the figures of a fact: from forms, uploaded sheets and fixtures alike."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import Dimension
from xinyi_sat.facts.models import Fact, Figure, Measure

START, END = "_start", "_end"  # after the slug of a measure: the offsets of its figure, in forms


@dataclass(frozen=True)
class FigureEntry:
    """A figure as somebody enters it; offsets in the passage from 0, None where nobody has located it."""

    wording: str
    start: int | None = None
    end: int | None = None


Entries = Mapping[Measure, FigureEntry | None]


def checked_figures(fact: Fact, entries: Entries) -> dict[Measure, Figure | None]:
    """The figures of these entries, unsaved and with their places; None for a figure that the fact is to lose.

    ValidationError is keyed by the measure, or its `_end` where the place is wrong. The fact itself may be unsaved.
    """
    errors: dict[str, list[str]] = {}
    existing = {one.measure_id: one for one in fact.figures.all()} if fact.pk else {}
    figures = {
        measure: entry and entered(copy(existing.get(measure.pk)) or Figure(measure=measure), fact, entry)
        for measure, entry in entries.items()
    }
    for measure, figure in figures.items():
        if figure is not None:
            errors |= errors_of(measure, figure)
    errors = errors or people_beyond_attendances([one for one in figures.values() if one])
    if errors:
        raise ValidationError(errors)
    return figures


def entered(figure: Figure, fact: Fact, entry: FigureEntry) -> Figure:
    """A figure of a fact with what was entered."""
    figure.fact = fact
    figure.wording, figure.start, figure.end = entry.wording, entry.start, entry.end
    return figure


def errors_of(measure: Measure, figure: Figure) -> dict[str, list[str]]:
    """The errors of a figure, by the names of the fields it was entered in."""
    try:
        figure.clean_fields(exclude={"fact", "measure", "number", "unit", "dimension", "qualifier"})
        figure.clean()
    except ValidationError as error:
        names = {"start": measure.slug + START, "end": measure.slug + END}
        return {names.get(name, measure.slug): messages for name, messages in error.message_dict.items()}
    return {}


def people_beyond_attendances(figures: list[Figure]) -> dict[str, list[str]]:
    """Errors for more people than attendances: people are counted once, attendances each time."""
    people = [one for one in figures if one.dimension == Dimension.PEOPLE]
    attendances = [one for one in figures if one.dimension == Dimension.ATTENDANCES]
    return {
        one.measure.slug: ["人数不能多于人次。"]
        for one in people
        if any(one.number > other.number for other in attendances)
    }


def save_figures(fact: Fact, figures: Mapping[Measure, Figure | None]) -> None:
    """Save checked figures of a saved fact, within the change that is being recorded: only those that differ."""
    existing = {one.measure: one for one in fact.figures.select_related("measure")}
    for measure, figure in figures.items():
        old = existing.get(measure)
        if figure is None:
            if old is not None:
                old.delete()
        elif old is None or (old.wording, old.start, old.end) != (figure.wording, figure.start, figure.end):
            figure.fact = fact
            figure.save()
