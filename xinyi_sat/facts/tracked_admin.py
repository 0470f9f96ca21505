"""The admin of a record whose changes are kept: why it is changed, what it was, and how to get that back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from simple_history.admin import SimpleHistoryAdmin

from xinyi_sat.facts.admin_forms import SEEN, WHY, RestoreForm, TrackedForm, why_fieldset
from xinyi_sat.facts.changes import with_differences
from xinyi_sat.facts.models import Tracked
from xinyi_sat.facts.models.history import begin_change, end_change


class TrackedAdmin(SimpleHistoryAdmin):
    """What the admin of every record has: a change says why, and is one change of the history."""

    form = TrackedForm
    object_history_list_template = "facts/admin/changes.html"

    def get_fieldsets(self, request: HttpRequest, obj: Tracked | None = None) -> list:
        own = [name for name in self.get_fields(request, obj) if name not in (*WHY, SEEN)]
        return [(None, {"fields": own}), *why_fieldset(obj)]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Tracked | None:
        """The record; while it is being saved, nobody else saves it."""
        if request.method == "POST":
            self.model.objects.select_for_update().filter(pk=unquote(object_id)).first()
        return super().get_object(request, object_id, from_field)

    def save_model(self, request: HttpRequest, obj: Tracked, form: TrackedForm, change: bool) -> None:  # noqa: FBT001
        """Save; the history waits for the relations."""
        begin_change(obj, form.kind, form.cleaned_data.get("change_reason", "").strip(), user=request.user)
        if form.changed_names or not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: TrackedForm, formsets: list, change: bool) -> None:  # noqa: FBT001
        """Save what the record names, and then put the whole into its history, if anything changed."""
        super().save_related(request, form, formsets, change)
        end_change(form.instance, changed=bool(form.changed_names) or not change)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Page, **kwargs: Any) -> None:
        """Beside each change on the page, what it changed."""
        with_differences(historical_records)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """A former state beside the present one, and the form that restores it: itself a change, with its reason."""
        record = get_object_or_404(self.model, pk=unquote(object_id))
        former = get_object_or_404(record.history, pk=version_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        form = RestoreForm(request.POST or None, record=record, former=former)
        if request.method == "POST" and form.is_valid():
            form.restore(request.user)
            self.message_user(request, f"{record._meta.verbose_name}“{record}”已恢复到所选的状态。", messages.SUCCESS)
            return redirect("..")
        context = {
            **self.admin_site.each_context(request),
            "title": f"恢复：{record}",
            "opts": self.opts,
            "object": record,
            "former": former,
            "form": form,
        }
        return render(request, "facts/admin/restore.html", context)
