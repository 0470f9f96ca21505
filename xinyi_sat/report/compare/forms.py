"""Which periods are compared, and which part of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.models import Measure, Period, fact_kinds
from xinyi_sat.facts.models.vocabulary import words_of
from xinyi_sat.pages.forms import ALL
from xinyi_sat.report.compare.periods import Comparison

FEWEST, MOST = 2, 6  # periods, each a column


class CompareForm(forms.Form):
    """The question in the address; without a period it is about the current one and the latest other of its length."""

    period = forms.MultipleChoiceField(label=f"时期（{FEWEST} 至 {MOST} 个）", widget=forms.CheckboxSelectMultiple)
    service = forms.ChoiceField(label="服务", required=False, choices=[ALL, *Service.choices])
    kind = forms.ChoiceField(label="类别", required=False)

    def __init__(self, data: QueryDict, periods: list[Period]):
        """`periods` are at least two that readers may see, the current one first."""
        self.periods = sorted(periods, key=lambda one: (one.ends_on, one.starts_on, one.slug))
        if "period" not in data:
            data = data.copy()
            data.setlist("period", [one.slug for one in default_periods(periods)])
        super().__init__(data)
        self.fields["period"].choices = [(one.slug, one.title_with_state) for one in self.periods]
        counting = {noun for measure in Measure.objects.all() for noun in words_of(measure.kinds)}
        kinds = [(kind.noun(), kind._meta.verbose_name) for kind in fact_kinds() if kind.noun() in counting]
        self.fields["kind"].choices = [ALL, *kinds]

    def clean_period(self) -> list[Period]:
        named = set(self.cleaned_data["period"])
        if not FEWEST <= len(named) <= MOST:
            raise ValidationError(f"一次对比 {FEWEST} 至 {MOST} 个不同的时期，现在选了 {len(named)} 个。")
        return [one for one in self.periods if one.slug in named]

    def comparison(self) -> Comparison:
        asked = self.cleaned_data
        return Comparison(asked["period"], asked["service"], asked["kind"])


def default_periods(periods: list[Period]) -> tuple[Period, Period]:
    """The current period, which is the first, and the latest other of its length, or else the latest other."""
    current, *others = periods
    return current, next((one for one in others if one.length == current.length), others[0])
