"""What a reader can ask of all facts, figures and corrections at once; kept in the address."""

from django import forms
from django.db.models import Q

from xinyi_sat.facts.choices import EXPLAINED, Basis, Service
from xinyi_sat.facts.models import Change, Fact, Figure, fact_kinds
from xinyi_sat.facts.models.changes import ChangeQuerySet
from xinyi_sat.facts.models.fact import FactQuerySet
from xinyi_sat.facts.models.figure import TOO_LARGE, FigureQuerySet
from xinyi_sat.facts.search import refuse_many_words, words_in
from xinyi_sat.pages.period_choice import PeriodChoice

ALL = ("", "全部")
MOST_FACTS = 30


class LeastField(forms.DecimalField):
    """The least that a figure is to be."""

    default_error_messages = {"min_value": "应不小于 0。", "max_value": "应不大于一万亿。"}

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"min_value": 0, "max_value": TOO_LARGE})


class PeriodForm(forms.Form):
    """A question about the period shown."""

    def __init__(self, *args, period_choice: PeriodChoice, **kwargs):
        super().__init__(*args, **kwargs)
        self.period_choice = period_choice


class FactForm(PeriodForm):
    """A question about facts of every kind."""

    q = forms.CharField(label="查找", required=False, max_length=100, validators=[refuse_many_words])
    kind = forms.ChoiceField(label="类别", required=False)
    service = forms.ChoiceField(label="服务", required=False, choices=[ALL, *Service.choices])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ALL, *((kind.noun(), kind._meta.verbose_name) for kind in fact_kinds())]

    @property
    def words(self) -> list[str]:
        return words_in(self.cleaned_data["q"])

    def chosen(self, *names: str) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}

    def facts(self) -> FactQuerySet:
        facts = self.period_choice.narrow(Fact.objects.public())
        return facts.filter(**self.chosen("kind", "service")).search(self.words)


class FigureForm(FactForm):
    """A question about figures of every kind."""

    basis = forms.ChoiceField(label="口径", required=False, choices=[ALL, *Basis.choices])
    at_least = LeastField(label="数字不少于", required=False)

    def figures(self) -> FigureQuerySet:
        """The figures that a valid question asks for; none for any other."""
        if not self.is_valid():
            return Figure.objects.none()
        chosen = self.chosen("kind", "service", "basis")
        figures = self.period_choice.narrow(Figure.objects.public())
        figures = figures.filter(**{f"fact__{name}": value for name, value in chosen.items()})
        if self.cleaned_data["at_least"] is not None:
            figures = figures.filter(number__gte=self.cleaned_data["at_least"])
        return figures.search(self.words)

    def facts_found(self) -> list[Fact]:
        """The first facts that have the words looked for, those without a figure too; none where nothing is."""
        if not self.is_valid() or not self.words:
            return []
        return list(self.facts().with_source().in_reading_order()[:MOST_FACTS])


class CorrectionForm(PeriodForm):
    """A question about the public log."""

    change = forms.ChoiceField(
        label="性质", required=False, choices=[ALL, *((kind.value, kind.label) for kind in EXPLAINED)]
    )

    def changes(self) -> ChangeQuerySet:
        """What a valid question asks for, newest first; nothing for any other."""
        if not self.is_valid():
            return Change.objects.none()
        period, kind = self.period_choice.period, self.cleaned_data["change"]
        asked = Q(period=period) if period else Q()
        return Change.objects.explained().filter(asked, **({"kind": kind} if kind else {})).select_related("period")
