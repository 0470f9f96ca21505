"""The form of a fact: its figures stand in fields named by their measures, beside those of the fact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError

from xinyi_sat.facts.entry import END, START, FigureEntry, checked_figures, save_figures
from xinyi_sat.facts.history import figures_as_of
from xinyi_sat.facts.models import Fact, Figure, Measure
from xinyi_sat.office.forms import TrackedForm


class FactForm(TrackedForm):
    """A fact as entered, with the figures of its `measures`; `fact_form` makes the subclass of a kind."""

    measures: tuple[Measure, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.figures: dict[Measure, Figure | None] = {}
        if self.instance.pk:
            self.initial = values_of(self.instance.figures.select_related("measure")) | self.initial

    def clean(self) -> dict:
        """A place that was read from one passage says nothing of another."""
        cleaned = super().clean()
        if "passage" in self.changed_data:
            for measure in self.measures:
                places = (measure.slug + START, measure.slug + END)
                if not {*places} & {*self.changed_data}:
                    cleaned |= dict.fromkeys(places)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if "passage" in self.errors:
            return
        try:
            self.figures = checked_figures(self.instance, {one: self._entry(one) for one in self.measures})
        except ValidationError as error:
            self.add_error(None, error)

    def _entry(self, measure: Measure) -> FigureEntry | None:
        wording, *place = (self.cleaned_data.get(measure.slug + part) for part in ("", START, END))
        return FigureEntry(wording, *place) if wording else None

    def differs(self) -> bool:
        there = {one.measure: one for one in Figure.objects.filter(fact=self.instance.pk).select_related("measure")}
        figures = {measure: entered(figure) for measure, figure in self.figures.items() if figure}
        return figures != {measure: entered(figure) for measure, figure in there.items()} or super().differs()

    def save(self, commit: bool = True) -> Fact:  # noqa: FBT001, FBT002 (Django's signature)
        fact = super().save(commit)
        if commit:
            save_figures(fact, self.figures)
        return fact

    def values_as_of(self, number: int) -> dict[str, Any]:
        """What the form showed when this was the number of the last change, with the figures there were then."""
        values = super().values_as_of(number)
        empty = {measure.slug + part: None for measure in self.measures for part in ("", START, END)}
        return values and empty | values | values_of(figures_as_of(self.instance, number))


def entered(figure: Figure) -> FigureEntry:
    """A figure as it is entered."""
    return FigureEntry(figure.wording, figure.start, figure.end)


def values_of(figures: list[Figure]) -> dict[str, Any]:
    """Figures in the fields of a form."""
    values = {}
    for one in figures:
        slug = one.measure.slug
        values |= {slug: one.wording, slug + START: one.start, slug + END: one.end}
    return values


def fact_form(model: type[Fact]) -> type[FactForm]:
    """The form of a kind, with a field for each of its measures, and two for the place of the figure."""
    fields: dict[str, Any] = {"measures": tuple(model.measures())}
    for measure in fields["measures"]:
        longest = Figure._meta.get_field("wording").max_length
        wording = forms.CharField(
            label=measure.label, required=False, max_length=longest, widget=AdminTextInputWidget()
        )
        start, end = (
            forms.IntegerField(
                label=f"{measure.label}{label}", required=False, min_value=0, widget=AdminIntegerFieldWidget()
            )
            for label in ("起于第几字", "止于第几字")
        )
        fields |= {measure.slug: wording, measure.slug + START: start, measure.slug + END: end}
    return type("FactForm", (FactForm,), fields)
