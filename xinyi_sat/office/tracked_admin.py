"""The admin of a record whose changes are kept: why it is changed, what it was, and how to get that back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.timezone import localtime

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.choices import ChangeKind
from xinyi_sat.facts.history import changes_of
from xinyi_sat.facts.models import Fact, Tracked, record_change
from xinyi_sat.facts.models.addresses import Addressed
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.office.forms import SEEN, WHY, TrackedForm, saved_before

FORMER = "former"  # in the address of a form: the change after which the record was as the form is filled in


class TrackedAdmin(KnownAddresses, admin.ModelAdmin):
    """What the admin of every record has: a change says why, and is one change of the history."""

    form = TrackedForm
    actions = ("delete_selected",)

    def get_fieldsets(self, request: HttpRequest, obj: Tracked | None = None) -> list:
        names = self.get_fields(request, obj)
        own = [one.name for one in (*self.opts.fields, *self.opts.many_to_many) if one.name in names]
        return [(None, {"fields": own}), *self.why_fieldset(request, obj)]

    def why_fieldset(self, request: HttpRequest, obj: Tracked | None = None) -> list:
        """The question why, for who may change a published record; the hidden number of its last change, with any."""
        if obj is None or not self.has_change_permission(request, obj):
            return []
        if not obj.is_published():
            return [("更改", {"fields": [SEEN], "classes": ["seen"]})]
        return [("更改理由", {"fields": [*WHY, SEEN], "description": "有改动时必填。"})]

    def get_form(self, request: HttpRequest, obj: Tracked | None = None, **kwargs: Any) -> type[TrackedForm]:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        if FORMER in request.GET and obj is not None and self.has_change_permission(request, obj):
            number = request.GET[FORMER]
            form.former = get_object_or_404(changes_of(obj), pk=number if number.isdecimal() else None)
        return form

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form; it says so where it is filled in with what the record was."""
        form = context["adminform"].form
        if form.former and not form.is_bound:
            moment = date_format(localtime(form.former.made_at), "Y年n月j日 H:i")
            said = f"表单中已填入 {moment} 的内容，还没有保存。请核对，写明理由，再保存。"
            self.message_user(request, said, messages.WARNING)
        return super().render_change_form(request, context, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Tracked | None = None) -> tuple:
        """The address of a record stays once readers have seen it."""
        fixed = ("slug",) if isinstance(obj, Addressed) and obj.is_published() else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_view_on_site_url(self, obj: Tracked | None = None) -> str | None:
        """Readers have no page of a draft."""
        return super().get_view_on_site_url(obj) if obj is not None and obj.is_published() else None

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        """A form offers to add and change what a record names, not to delete it."""
        made = super().formfield_for_dbfield(db_field, request, **kwargs)
        if made and isinstance(made.widget, RelatedFieldWidgetWrapper):
            made.widget.can_delete_related = False
        return made

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Tracked:
        """The record; while it is being saved, nobody else saves it."""
        if request.method == "POST" and transaction.get_connection().in_atomic_block and object_id.isdecimal():
            self.model.objects.select_for_update().order_by("pk").filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    @contextmanager
    def held(self, request: HttpRequest, object_id: str) -> Iterator[Tracked]:
        """The record, which nobody else saves from the reading of it to the end of its change."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            yield self.get_object(request, object_id)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """A new record; the second of two clicks is answered as the first."""
        answer = super().add_view(request, form_url, extra_context)
        shown = getattr(answer, "context_data", None) if request.method == "POST" else None
        record = shown and saved_before(shown["adminform"].form)
        return self.response_add(request, record) if record else answer

    def save_model(self, request: HttpRequest, obj: Tracked, form: TrackedForm, change: bool) -> None:  # noqa: FBT001
        form.save_change()

    def save_related(self, request: HttpRequest, form: TrackedForm, formsets: list, change: bool) -> None:  # noqa: FBT001
        """Nothing: the form has saved what the record names in the same change."""

    def has_delete_permission(self, request: HttpRequest, obj: Tracked | None = None) -> bool:
        """Nobody deletes what readers have seen, whatever his role."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_published())

    @admin.action(description="删除所选的未公布记录", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Django's own action, for those that may be deleted; the others are named and stay."""
        allowed = [record.pk for record in queryset if self.has_delete_permission(request, record)]
        if kept := queryset.exclude(pk__in=allowed):
            self.message_user(request, f"{named(kept)}：公布过或正被引用，不能删除。", messages.WARNING)
        return delete_selected(self, request, queryset.filter(pk__in=allowed)) if allowed else None

    def get_deleted_objects(self, objs: Iterable[Tracked], request: HttpRequest) -> tuple:
        """The records that are deleted; of the rows that go with them only how many, and none that join them to others."""
        _, counts, *others = super().get_deleted_objects(objs, request)
        joins = [Fact._meta, *(field.remote_field.through._meta for field in self.opts.many_to_many)]
        hidden = {str(one.verbose_name_plural) for one in joins}
        return [*map(str, objs)], {name: count for name, count in counts.items() if str(name) not in hidden}, *others

    def delete_model(self, request: HttpRequest, obj: Tracked) -> None:
        with record_change(obj, ChangeKind.ENTERED, user=request.user):
            obj.delete()

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Delete all or none."""
        for record in queryset:
            self.delete_model(request, record)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Every change of a record: what it changed, why, and who made it."""
        record = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        shown = {
            "title": f"更改记录：{record}",
            "changes": changes_of(record),
            "former": FORMER,
            "may_restore": self.has_change_permission(request, record),
        }
        return self.page_about(request, record, "office/changes.html", **shown)

    def page_about(self, request: HttpRequest, record: models.Model, template: str, **context: Any) -> HttpResponse:
        """A page of the admin about a record."""
        shared = {"opts": self.opts, "object": record}
        return render(request, template, self.admin_site.each_context(request) | shared | context)


def named(records: Iterable[Tracked], most: int = 5) -> str:
    """Records by name; of many the first, and how many there are."""
    names = [quoted(record) for record in records]
    return "、".join(names[:most]) + (f"等 {len(names)} 条" if len(names) > most else "")
