"""Forms of the admin: a record as entered, and why it was changed."""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from xinyi_sat.facts.changes.differences import author_of, differences, gone_from, latest_change, values_of
from xinyi_sat.facts.choices import EXPLAINED, ChangeKind, FactState, PeriodState
from xinyi_sat.facts.fields import END, NUMBER, START
from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.facts.models import Fact, Period, Tracked, one_change
from xinyi_sat.facts.models.history import RECORDS, Change
from xinyi_sat.reading.quantity import Quantity

WHY = ("change_kind", "change_reason")
UNSAID = {
    "change_kind": "已公布的内容有改动，请选择是更正还是修订。",
    "change_reason": "已公布的内容有改动，请写明理由。",
}
SEEN = "change_seen"


class TrackedForm(forms.ModelForm):
    """A record as entered; a change of what readers may have seen says why, and never goes over another's."""

    change_kind = forms.ChoiceField(
        label="性质",
        required=False,
        choices=[(kind.value, kind.label) for kind in EXPLAINED],
        widget=forms.RadioSelect,
        help_text="更正：原来有错。修订：原来没错，按计划改动。",
    )
    change_reason = forms.CharField(
        label="理由",
        required=False,
        max_length=500,
        validators=[refuse_invisible],
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text="为什么改、依据什么；会连同改前改后的内容一起公布，不公布姓名。",
    )
    change_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.latest = latest_change(self.instance)
        self.was_draft = self.instance.pk is None or self.instance.is_draft
        self.initial[SEEN] = self.latest and self.latest.pk

    @property
    def changed_names(self) -> list[str]:
        """The fields of the record that are not as they were."""
        return [name for name in self.changed_data if name not in (*WHY, SEEN)]

    @property
    def kind(self) -> ChangeKind:
        """The kind of this change; while a record is a draft, it is being entered."""
        return ChangeKind(self.cleaned_data.get("change_kind") or ChangeKind.ENTERED)

    def clean(self) -> dict:
        cleaned = super().clean()
        self._refuse_over_another()
        if self.changed_names and not self.was_draft:
            for name in WHY:
                if name not in self.errors and not (cleaned.get(name) or "").strip():
                    self.add_error(name, UNSAID[name])
        return cleaned

    def _refuse_over_another(self) -> None:
        """Two admins had the record open: who comes second sees what the first did, and keeps what he typed.

        What he left as it was is not his word against the other's: there the form goes on with the other's.
        """
        seen = self.cleaned_data.get(SEEN)
        if self.latest is None or seen == self.latest.pk:
            return
        before = self.instance.history.filter(pk=seen).first() if seen else None
        changed = differences(before, self.latest) if before else []
        who = author_of(self.latest)
        self.data = self.data.copy()
        self.data[self.add_prefix(SEEN)] = str(self.latest.pk)
        for one in changed:
            if one.name in self.fields and not self._is_typed(one.name, before):
                self._take_present(one.name)
        raise ValidationError(
            [
                f"您打开之后，{who}保存过这条记录，您的改动还没有保存。"
                "您改过的各项仍是您填写的内容，没有改过的已换成最新的，请核对后再保存一次。",
                *(f"{who}改了　{one}" for one in changed),
                *([f"{who}的理由　{self.latest.history_change_reason}"] if self.latest.history_change_reason else []),
            ]
        )

    def _is_typed(self, name: str, before: Change) -> bool:
        """Whether what was sent of a field is other than what its form showed, when the record was as it was before."""
        field, model_field = self.fields[name], self._meta.model._meta.get_field(name)
        shown = values_of(model_field, [before])[before.pk]
        if isinstance(shown, Quantity):
            shown = str(shown)
        sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return field.has_changed(shown, sent)

    def _take_present(self, name: str) -> None:
        """Go on with the present value of a field, as if it had been sent."""
        field, key = self.fields[name], self.add_prefix(name)
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(value, bool):
            value = ["on"] if value else []
        elif value is None:
            value = [""]
        self.data.setlist(key, [str(one) for one in (value if isinstance(value, list) else [value])])


class FactForm(TrackedForm):
    """A fact as entered; rules that speak of numbers are checked before the database has to refuse."""

    def clean(self) -> dict:
        """A place that was read from one passage says nothing of another."""
        cleaned = super().clean()
        if "passage" in self.changed_data:
            for name in self.instance.figure_names():
                if not {name + START, name + END} & {*self.changed_data}:
                    cleaned[name + START] = cleaned[name + END] = None
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {name + NUMBER for name in self.instance.figure_names()}


class WhyForm(forms.Form):
    """Why a record is changed, where the change is not typed but chosen; not asked of what readers never saw.

    Like any change it never goes over another's.
    """

    change_kind = TrackedForm.base_fields["change_kind"]
    change_reason = TrackedForm.base_fields["change_reason"]
    change_seen = TrackedForm.base_fields["change_seen"]

    def __init__(self, *args: Any, record: Tracked, **kwargs: Any):
        self.record, self.latest = record, latest_change(record)
        super().__init__(*args, initial={SEEN: self.latest.pk}, **kwargs)
        was_public = record.was_public()
        for name in WHY:
            if was_public:
                self.fields[name].required = True
            else:
                del self.fields[name]

    @property
    def why(self) -> tuple[ChangeKind, str]:
        """Kind and reason of the change; what readers never saw is being entered."""
        kind = ChangeKind(self.cleaned_data.get("change_kind", ChangeKind.ENTERED))
        return kind, self.cleaned_data.get("change_reason", "").strip()

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get(SEEN) != self.latest.pk:
            raise ValidationError("您打开之后，别人保存过这条记录。请重新打开，核对后再提交。")
        return cleaned


OUTCOMES = {
    FactState.DRAFT: "确认之后，所属时期已公布的，人人可读；以后的改动要写明理由，不能删除，也不能退回待确认。",
    FactState.CONFIRMED: "撤回之后，各页面、文件和报告不再列出这条记录，原来的网址改为说明何时撤回、为何撤回；更改记录保留。"
    "报告和网页的文字中引用它的那一句也略去，并注明缘故，报告照常可以编成。",
    FactState.WITHDRAWN: "恢复之后，各页面、文件和报告重新列出这条记录；撤回一事仍留在更改记录中。",
}


class StateForm(WhyForm):
    """A fact goes over to its next state."""

    states: type[FactState] | type[PeriodState] = FactState
    outcomes: dict[str, str] = OUTCOMES

    def __init__(self, *args: Any, record: Fact | Period, **kwargs: Any):
        super().__init__(*args, record=record, **kwargs)
        self.step, self.outcome = self.states(record.state).step, self.outcomes[record.state]

    def clean(self) -> dict:
        cleaned = super().clean()
        try:
            self.record.go_on()
        except ValidationError as error:
            raise ValidationError([f"还不能{self.step}，请先改好：", *error.messages]) from error
        return cleaned

    def take(self, user: AbstractBaseUser) -> None:
        """Save the record in its next state."""
        self.record.save_as(*self.why, user=user)


class RestoreForm(WhyForm):
    """A former state of a record, to be made the present one; the change says why, as any other does."""

    def __init__(self, *args: Any, record: Tracked, former: Change, **kwargs: Any):
        super().__init__(*args, record=record, **kwargs)
        self.former = former
        self.differences = differences(self.latest, former)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.differences:
            raise ValidationError("这条记录现在就是这个状态，没有要恢复的内容。")
        self._refuse_what_cannot_be()
        return cleaned

    def _refuse_what_cannot_be(self) -> None:
        if gone := gone_from(self.former):
            named = (f"{one}。" for one in gone)
            raise ValidationError(
                ["不能恢复到这个状态，它所指的这些已经删除：", *named, "其余内容可以在修改页面中改回。"]
            )
        for field in RECORDS.fields_included(type(self.record)):
            setattr(self.record, field.attname, getattr(self.former, field.attname))
        try:
            self.record.full_clean()
        except ValidationError as error:
            raise ValidationError(["不能恢复到这个状态：", *error.messages]) from error

    def restore(self, user: AbstractBaseUser) -> None:
        """Make the former state the present one."""
        with one_change(self.record, *self.why, user=user):
            self.record.save()
            for field in self.record._meta.many_to_many:
                rows = getattr(self.former, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
                getattr(self.record, field.name).set(rows)


def why_fieldset(record: Tracked | None) -> list:
    """The question why, beside a record that readers may have seen; the hidden mark of what was seen, beside any."""
    if record is None:
        return []
    if record.is_draft:
        return [("更改", {"fields": [SEEN], "classes": ["seen"]})]
    return [("更改理由", {"fields": [*WHY, SEEN], "description": "有改动时必填。"})]
