"""Forms of records that keep no history: what somebody else changed meanwhile is not overwritten unseen."""

from typing import Any

from django import forms


class UnseenChangesForm(forms.ModelForm):
    """A form that carries the values it was opened with, and refuses a save over others that came since."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def clean(self) -> dict[str, Any]:
        """ValidationError beside each field that somebody changed since; what was typed stays in the form."""
        cleaned = super().clean()
        for name, field in self.fields.items():
            opened_with = field.widget.value_from_datadict(self.data, self.files, self[name].html_initial_name)
            if opened_with is not None and field.has_changed(self.initial.get(name), opened_with):
                self.add_error(name, f"别人刚刚改为“{self.initial.get(name)}”。请核对，仍要改就再保存一次。")
                self._show_current(name)
        return cleaned

    def _show_current(self, name: str) -> None:
        self.data = self.data.copy()
        current = self.fields[name].prepare_value(self.initial.get(name))
        values = current if isinstance(current, list) else ["" if current is None else current]
        self.data.setlist(self[name].html_initial_name, values)
