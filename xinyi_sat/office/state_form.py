"""The form that takes a record to its next state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError

from xinyi_sat.facts.choices import ChangeKind, FactState, PeriodState
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Fact, Period, record_change
from xinyi_sat.office.forms import SEEN, WhyFields


class StateForm(WhyFields):
    """A fact goes over to its next state; where readers can see it, somebody says why. Never over another's change."""

    next_state = forms.CharField(required=False, widget=forms.HiddenInput)

    states: type[FactState] | type[PeriodState] = FactState
    outcomes: dict[str, str] = {
        FactState.DRAFT: "确认之后，所属时期已公布的，人人可读；以后的改动要写明理由，不能删除，也不能退回待确认。",
        FactState.CONFIRMED: "撤回之后，各页面、文件和报告不再列出这条记录，原来的网址改为说明何时撤回、为何撤回；更改记录保留。"
        "报告和网页的文字中引用它的那一句也略去，并注明缘故，报告照常可以编成。",
        FactState.WITHDRAWN: "恢复之后，各页面、文件和报告重新列出这条记录；撤回一事仍留在更改记录中。",
    }

    def __init__(self, data: Any, *, record: Fact | Period, user: AbstractBaseUser):
        self.record, self.user, self.latest = record, user, changes_of(record).first()
        state = self.states(record.state)
        self.step, self.outcome = state.step, self.outcomes[state]
        super().__init__(data, initial={SEEN: self.latest.pk, "next_state": state.next.value})
        self.done = record.get_state_display() if self.is_repeated else f"已{state.step}"
        self.kind = ChangeKind.ENTERED
        self.fields["change_reason"].required = self.fields["change_kind"].required = True
        if not record.is_published():
            del self.fields["change_reason"], self.fields["change_kind"]
        elif state == FactState.CONFIRMED:
            self.kind = ChangeKind.WITHDRAWAL
            del self.fields["change_kind"]

    @property
    def is_repeated(self) -> bool:
        """Whether this is the second of two clicks: this user has brought the record into the state that is asked for."""
        asked = self.data.get("next_state") if self.is_bound else None
        return asked == self.record.state and self.latest.user == self.user

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get(SEEN) != self.latest.pk:
            raise ValidationError("您打开之后，别人保存过这条记录。请重新打开，核对后再提交。")
        try:
            self.record.go_on()
        except ValidationError as error:
            raise ValidationError([f"还不能{self.step}，请先改好：", *error.messages]) from error
        return cleaned

    def take(self) -> None:
        kind = ChangeKind(self.cleaned_data.get("change_kind", self.kind))
        with record_change(self.record, kind, self.cleaned_data.get("change_reason", ""), user=self.user):
            self.record.save()
