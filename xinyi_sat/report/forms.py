"""What a reader can ask of two periods."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.forms import ALL
from xinyi_sat.facts.kinds import fact_kinds, kind_named
from xinyi_sat.facts.models import Period
from xinyi_sat.report.compare import Comparison


class CompareForm(forms.Form):
    """Which two periods, and which part of them; kept in the address.

    Where none is named, the current one and the latest other of its length, for these can be compared.
    """

    a = forms.ChoiceField(label="前一时期")
    b = forms.ChoiceField(label="后一时期")
    service = forms.ChoiceField(label="服务", required=False, choices=[ALL, *Service.choices])
    kind = forms.ChoiceField(label="类别", required=False)

    def __init__(self, data: dict, periods: list[Period]):
        """`periods` are those that readers find something in, at least two, the current one first."""
        self.periods = {one.slug: one for one in periods}
        later, *others = periods
        earlier = next((one for one in others if one.length == later.length), others[0])
        super().__init__({"a": earlier.slug, "b": later.slug} | data)
        for name in ("a", "b"):
            self.fields[name].choices = [(one.slug, one.marked) for one in periods]
        counted = [kind for kind in fact_kinds() if kind.figure_names()]
        self.fields["kind"].choices = [ALL, *((kind.kind(), kind._meta.verbose_name) for kind in counted)]

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("a") and cleaned.get("a") == cleaned.get("b"):
            raise ValidationError("请选择两个不同的时期。")
        return cleaned

    def comparison(self) -> Comparison:
        """What a valid question compares."""
        asked: dict[str, Any] = self.cleaned_data
        kind = kind_named(asked["kind"]) if asked["kind"] else None
        return Comparison(self.periods[asked["a"]], self.periods[asked["b"]], asked["service"], kind)
