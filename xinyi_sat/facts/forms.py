"""What a reader can ask of all facts and figures at once."""

from dataclasses import replace

from django import forms
from django.db.models import QuerySet

from xinyi_sat.facts.changes.log import all_corrections
from xinyi_sat.facts.choices import EXPLAINED, Basis, Service
from xinyi_sat.facts.chosen import Chosen
from xinyi_sat.facts.fields import NUMBER, TOO_LARGE
from xinyi_sat.facts.figures import Statement, all_figures, all_statements
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.querysets import FactQuerySet, few_words, words_in

ALL = ("", "全部")
MOST_FACTS = 30


class LeastField(forms.DecimalField):
    """The least that a figure is to be."""

    default_error_messages = {"min_value": "应不小于 0。", "max_value": "应不大于一万亿。"}

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"min_value": 0, "max_value": TOO_LARGE})


class StatementForm(forms.Form):
    """A question about facts of every kind; kept in the address."""

    q = forms.CharField(label="查找", required=False, max_length=100, validators=[few_words])
    kind = forms.ChoiceField(label="类别", required=False)
    service = forms.ChoiceField(label="服务", required=False, choices=[ALL, *Service.choices])

    def __init__(self, *args, chosen: Chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.fields["kind"].choices = [ALL, *((kind.kind(), kind._meta.verbose_name) for kind in fact_kinds())]

    def facts(self, kind: type[Fact]) -> FactQuerySet:
        """The facts of a kind that a valid question leaves, whatever words it looks for."""
        question = self.cleaned_data
        if question["kind"] not in ("", kind.kind()):
            return kind.objects.none()
        facts = self.chosen.narrow(kind.objects.public())
        return facts.filter(service=question["service"]) if question["service"] else facts

    def stated(self, kind: type[Fact]) -> FactQuerySet:
        """Those of them that have the words looked for."""
        return self.facts(kind).search(words_in(self.cleaned_data["q"]), [])


class FigureForm(StatementForm):
    """A question about figures of every kind."""

    basis = forms.ChoiceField(label="口径", required=False, choices=[ALL, *Basis.choices])
    at_least = LeastField(label="数字不少于", required=False)

    def facts_named(self) -> list[Statement]:
        """The first facts that have the words looked for, those without a figure too; none where nothing is."""
        return list(all_statements(self.stated)[:MOST_FACTS]) if words_in(self.cleaned_data["q"]) else []

    def found_everywhere(self) -> tuple[int, int] | None:
        """How many figures and facts have the words looked for in all periods; none where there is no more to look through."""
        if not words_in(self.cleaned_data["q"]) or not self.chosen.several or self.chosen.mixes:
            return None
        everywhere = FigureForm(self.data, chosen=replace(self.chosen, period=None))
        everywhere.full_clean()
        return all_figures(everywhere.asked).count(), all_statements(everywhere.stated).count()

    def asked(self, kind: type[Fact], measure: str) -> FactQuerySet:
        """The facts of a kind that a valid question leaves, asked about one of its measures."""
        question, facts = self.cleaned_data, self.facts(kind)
        if question["basis"]:
            facts = facts.filter(basis=question["basis"])
        if question["at_least"] is not None:
            facts = facts.filter(**{f"{measure}{NUMBER}__gte": question["at_least"]})
        label, of = kind._meta.get_field(measure).verbose_name, kind._meta.verbose_name
        words = [word for word in words_in(question["q"]) if word not in (label, of, of + label)]
        return facts.search(words, [measure])


class CorrectionForm(forms.Form):
    """A question about the public log; kept in the address."""

    change = forms.ChoiceField(
        label="性质", required=False, choices=[ALL, *((kind.value, kind.label) for kind in EXPLAINED)]
    )

    def __init__(self, *args, chosen: Chosen, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen = chosen

    def corrections(self) -> QuerySet:
        """What a valid question asks for, newest first."""
        return all_corrections(self.chosen.period, self.cleaned_data["change"])
