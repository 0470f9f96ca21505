"""The admin of a record whose changes are kept: why it is changed, what it was, and how to get that back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db import transaction
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin

from xinyi_sat.facts.changes.differences import with_differences
from xinyi_sat.facts.editing.forms import RestoreForm, TrackedForm, WhyForm, why_fieldset
from xinyi_sat.facts.models import Tracked
from xinyi_sat.facts.models.addressed import Addressed
from xinyi_sat.facts.models.history import begin_change, end_change
from xinyi_sat.facts.quotation import quoted


class TrackedAdmin(SimpleHistoryAdmin):
    """What the admin of every record has: a change says why, and is one change of the history."""

    form = TrackedForm
    object_history_list_template = "facts/admin/changes.html"
    actions = ("delete_selected",)

    def get_fieldsets(self, request: HttpRequest, obj: Tracked | None = None) -> list:
        names = self.get_fields(request, obj)
        own = [one.name for one in (*self.opts.fields, *self.opts.many_to_many) if one.name in names]
        return [(None, {"fields": own}), *self.why_fieldset(request, obj)]

    def why_fieldset(self, request: HttpRequest, obj: Tracked | None = None) -> list:
        """The question why, for who may change the record."""
        return why_fieldset(obj) if self.has_change_permission(request, obj) else []

    def get_readonly_fields(self, request: HttpRequest, obj: Tracked | None = None) -> tuple:
        """The address of a record stays once readers have seen it."""
        fixed = ("slug",) if isinstance(obj, Addressed) and obj.was_public() else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_view_on_site_url(self, obj: Tracked | None = None) -> str | None:
        """Readers have no page of a draft."""
        return None if obj is None or obj.is_draft else super().get_view_on_site_url(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Tracked | None = None) -> bool:
        """Nobody deletes what readers have seen, whatever his role."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.was_public())

    @admin.action(description="删除所选的未公布记录", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Django's own action, for those that may be deleted; the others are named and stay."""
        allowed = [record.pk for record in queryset if self.has_delete_permission(request, record)]
        if kept := queryset.exclude(pk__in=allowed):
            self.message_user(request, f"{named(kept)}：公布过或正被引用，不能删除。", messages.WARNING)
        return delete_selected(self, request, queryset.filter(pk__in=allowed)) if allowed else None

    def get_deleted_objects(self, objs: Iterable[Tracked], request: HttpRequest) -> tuple:
        """What goes with records that are deleted; the rows that join them to others tell nobody anything."""
        told, counts, *others = super().get_deleted_objects(objs, request)
        joins = [field.remote_field.through._meta for field in self.opts.many_to_many]
        counts = {
            name: count for name, count in counts.items() if name not in [one.verbose_name_plural for one in joins]
        }
        return without(told, tuple(f"{capfirst(one.verbose_name)}: " for one in joins)), counts, *others

    def delete_model(self, request: HttpRequest, obj: Tracked) -> None:
        """Delete; the history knows who did."""
        obj._history_user = request.user
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Delete all or none."""
        for record in queryset:
            self.delete_model(request, record)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """A form offers to add and change what a record names, not to delete it."""
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made and isinstance(made.widget, RelatedFieldWidgetWrapper):
            made.widget.can_delete_related = False
        return made

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Tracked | None:
        """The record; while it is being saved, nobody else saves it."""
        if request.method == "POST" and object_id.isdecimal():
            self.model.objects.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    @contextmanager
    def held(self, request: HttpRequest, object_id: str) -> Iterator[Tracked]:
        """The record, which nobody else saves from the reading of it to the end of its change; Http404 where there is none."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            record = self.get_object(request, object_id)
            if record is None:
                raise Http404
            yield record

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
        with self.held(request, object_id) as record:
            former = get_object_or_404(record.history, pk=version_id if version_id.isdecimal() else None)
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            form = RestoreForm(request.POST or None, record=record, former=former)
            if not form.is_valid():
                title = f"恢复：{record}"
                return self.ask_why(request, "facts/admin/restore.html", form, title=title, former=former)
            form.restore(request.user)
        said = f"{record._meta.verbose_name}{quoted(record)}已恢复到所选的状态。"
        self.message_user(request, said, messages.SUCCESS)
        return redirect("..")

    def ask_why(self, request: HttpRequest, template: str, form: WhyForm, **context: Any) -> HttpResponse:
        """A page with a change of a record to be agreed to, and the question why."""
        shared = {"opts": self.opts, "object": form.record, "form": form}
        return render(request, template, self.admin_site.each_context(request) | shared | context)


def named(records: Iterable[Tracked], most: int = 5) -> str:
    """Records by name; of many the first, and how many there are."""
    names = [quoted(record) for record in records]
    return "、".join(names[:most]) + (f"等 {len(names)} 条" if len(names) > most else "")


def without(told: list, beginnings: tuple[str, ...]) -> list:
    """A list of lists of words without those that begin so."""
    left = [without(one, beginnings) if isinstance(one, list) else one for one in told]
    return [one for one in left if one and not (isinstance(one, str) and one.startswith(beginnings))]
