"""The admin of the words that records choose: measures, with the kinds of fact that have them, and terms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.models import Measure, Term, fact_kinds, kind_named
from xinyi_sat.facts.models.vocabulary import BETWEEN_WORDS, Vocabulary, words_of
from xinyi_sat.office.unseen_changes import UnseenChangesForm


class KindsField(forms.MultipleChoiceField):
    """Kinds of fact, to be ticked; stored as words in one column."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any):
        choices = [(kind.noun(), kind._meta.verbose_name) for kind in fact_kinds()]
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value: Any) -> list[str]:
        return words_of(value) if isinstance(value, str) else value or []

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> str:
        return BETWEEN_WORDS.join(super().clean(value))


class MeasureForm(UnseenChangesForm):
    """A measure as an admin enters it."""

    kinds = KindsField(label="用于", help_text="哪几类记录有这个指标。")


class TermForm(UnseenChangesForm):
    """A term as an admin enters it."""

    vocabulary = forms.ChoiceField(label="词表", choices=lambda: vocabularies().items())


def vocabularies() -> dict[str, str]:
    """The vocabularies that kinds choose from, each with the fields that do: 奖项的类别."""
    found: dict[str, list[str]] = {}
    for kind in fact_kinds():
        for name in kind.term_names():
            field = kind._meta.get_field(name)
            found.setdefault(field.vocabulary, []).append(f"{kind._meta.verbose_name}的{field.verbose_name}")
    return {vocabulary: "、".join(labels) for vocabulary, labels in found.items()}


class VocabularyAdmin(KnownAddresses):
    """Words that stay while a record has them; records show a new label at once."""

    actions = None  # no deletion of many: each is looked at whether it is used
    list_per_page = 200
    fixed_while_used: tuple[str, ...] = ("slug",)

    def get_readonly_fields(self, request: HttpRequest, obj: Vocabulary | None = None) -> tuple:
        fixed = self.fixed_while_used if obj is not None and obj.is_used() else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Vocabulary | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_used())

    def save_model(self, request: HttpRequest, obj: Vocabulary, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            obj.after_change()


@admin.register(Measure)
class MeasureAdmin(VocabularyAdmin):
    """What is counted."""

    form = MeasureForm
    list_display = ("label", "kinds_shown", "dimension", "units", "slug", "position")
    list_filter = ("dimension",)
    search_fields = ("label", "slug", "units")

    @admin.display(description="用于", ordering="kinds")
    def kinds_shown(self, measure: Measure) -> str:
        return "、".join(kind_named(kind)._meta.verbose_name for kind in words_of(measure.kinds))

    def get_fields(self, request: HttpRequest, obj: Measure | None = None) -> list[str]:
        may_tick = obj is None or self.has_change_permission(request, obj)
        return ["label", "slug", "kinds" if may_tick else "kinds_shown", "dimension", "units", "position"]


class VocabularyFilter(admin.SimpleListFilter):
    """Terms of one vocabulary."""

    title = "词表"
    parameter_name = "vocabulary"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [*vocabularies().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(vocabulary=self.value()) if self.value() else queryset


@admin.register(Term)
class TermAdmin(VocabularyAdmin):
    """Words that kinds of fact choose from."""

    form = TermForm
    list_display = ("label", "vocabulary_shown", "slug", "position")
    list_filter = (VocabularyFilter,)
    search_fields = ("label", "slug")
    readonly_fields = ("vocabulary_shown",)
    fixed_while_used = ("slug", "vocabulary")

    @admin.display(description="词表", ordering="vocabulary")
    def vocabulary_shown(self, term: Term) -> str:
        return vocabularies().get(term.vocabulary, term.vocabulary)

    def get_fields(self, request: HttpRequest, obj: Term | None = None) -> list[str]:
        is_fixed = obj is not None and (obj.is_used() or not self.has_change_permission(request, obj))
        return ["vocabulary_shown" if is_fixed else "vocabulary", "label", "slug", "position"]
