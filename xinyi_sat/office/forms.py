"""The form of a record: what is entered, why a published record is changed, and never over what somebody else changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser

from xinyi_sat.facts.choices import CHOSEN_BY_ADMINS, ChangeKind
from xinyi_sat.facts.history import changes_of, named_as_of, row_as_of
from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.facts.models import Change, Tracked, record_change

WHY = ("change_kind", "change_reason")
SEEN = "change_seen"
UNSAID = {
    "change_kind": "已公布的内容有改动，请选择是更正还是修订。",
    "change_reason": "已公布的内容有改动，请写明理由。",
}


class WhyFields(forms.Form):
    """Why a record is changed, and the number of the last change of it that was on the page."""

    change_kind = forms.ChoiceField(
        label="性质",
        required=False,
        choices=[(kind.value, kind.label) for kind in CHOSEN_BY_ADMINS],
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


class TrackedForm(WhyFields, forms.ModelForm):
    """A record as entered. The admin makes a subclass for each request, which names the `user`.

    Where it names a `former` change, the form is filled in with what the record was after it: saving restores that.
    """

    user: AbstractBaseUser | None = None
    former: Change | None = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        is_there = self.instance.pk is not None
        self.is_published = is_there and self.instance.is_published()
        self.latest = changes_of(self.instance).first() if is_there else None
        self.initial[SEEN] = self.latest and self.latest.pk
        if self.former and not self.is_bound:
            self.initial |= self.values_as_of(self.former.pk)
        self.is_repeated = False  # whether this user has saved just these values before: the second of two clicks

    @property
    def changed_names(self) -> list[str]:
        """The fields of the record that are not as the database has them."""
        return [name for name in self.changed_data if name not in (*WHY, SEEN)]

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.latest is None:
            return
        self.is_repeated = not self.errors and self.latest.user == self.user and not self.differs()
        if self.is_repeated:
            return
        if self.is_published and self.changed_names:
            self._ask_why()
        if self.cleaned_data.get(SEEN) != self.latest.pk:
            self._refuse_over_another(self.cleaned_data.get(SEEN) or 0)

    def differs(self) -> bool:
        """Whether the values that were sent, which are valid, are not those the database has."""
        saved = type(self.instance)._default_manager.get(pk=self.instance.pk)
        fields = [field.attname for field in self.instance._meta.concrete_fields if field.editable]
        many = [field.name for field in self.instance._meta.many_to_many if field.name in self.cleaned_data]
        return any(getattr(saved, name) != getattr(self.instance, name) for name in fields) or any(
            {*getattr(saved, name).all()} != {*self.cleaned_data[name]} for name in many
        )

    def save_change(self) -> None:
        """Save the record with what it names as one change, where there is anything to save."""
        if not self.changed_names or self.is_repeated:
            return
        kind = ChangeKind(self.cleaned_data["change_kind"]) if self.is_published else ChangeKind.ENTERED
        with record_change(self.instance, kind, self.cleaned_data["change_reason"], user=self.user):
            self.save()

    def _ask_why(self) -> None:
        for name in WHY:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, UNSAID[name])

    def _refuse_over_another(self, seen: int) -> None:
        """Say what others changed since the form was opened; what was typed stays, the rest becomes as it is now."""
        self.data = self.data.copy()
        self.data[self.add_prefix(SEEN)] = str(self.latest.pk)
        before = self.values_as_of(seen)
        for name in before.keys() & self.fields.keys():
            if not self._is_typed(name, before[name]):
                self._take_present(name)
        others = list(changes_of(self.instance).filter(pk__gt=seen).order_by("pk"))
        first = (
            f"您打开之后，{self.latest.author}保存过这条记录，您的改动还没有保存。"
            "您改过的各项仍是您填写的内容，没有改过的已换成最新的，请核对后再保存一次。"
        )
        self.add_error(None, [first, *(line for change in others for line in lines_of(change))])

    def values_as_of(self, number: int) -> dict[str, Any]:
        """What the form showed when this was the number of the last change; nothing where there was no record."""
        row = row_as_of(self.instance, number)
        return forms.model_to_dict(row.instance) | named_as_of(row) if row else {}

    def _is_typed(self, name: str, shown: Any) -> bool:
        field = self.fields[name]
        return field.has_changed(shown, field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))

    def _take_present(self, name: str) -> None:
        value = self.fields[name].prepare_value(self.initial.get(name))
        if isinstance(value, bool):
            value = ["on"] if value else []
        values = value if isinstance(value, list) else ["" if value is None else value]
        self.data.setlist(self.add_prefix(name), [str(one) for one in values])


def lines_of(change: Change) -> Iterator[str]:
    """What somebody else changed, and why, as the second of two is told."""
    yield from (f"{change.author}改了　{one}" for one in change.differences)
    if change.reason:
        yield f"{change.author}的理由　{change.reason}"


def saved_before(form: TrackedForm) -> Tracked | None:
    """The record that a first click on the same form for a new record has made; None where there is none."""
    record = form.instance
    try:
        there = type(record)._default_manager.get_by_natural_key(*record.natural_key())
    except (type(record).DoesNotExist, AttributeError, ValueError):
        return None
    again = type(form)(form.data, form.files, instance=there)
    return there if again.is_valid() and again.is_repeated else None
