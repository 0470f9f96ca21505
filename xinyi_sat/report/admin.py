"""The admin of the report: editions are issued and read, never changed; files are made by tasks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django_tasks_db.models import DBTaskResult

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.background import state_of
from xinyi_sat.facts.invisible import refuse_invisible
from xinyi_sat.facts.models import Period
from xinyi_sat.report.editions.issuing import issue_edition
from xinyi_sat.report.file_admin import PublishedFileAdmin
from xinyi_sat.report.imprint import site_address
from xinyi_sat.report.models import Edition

__all__ = ["EditionAdmin", "PublishedFileAdmin"]

AFTER_SAVING = "保存后随即编成 PDF、工作簿和数据包，全部编好就公布；公布以后不能改动，也不能删除。"

admin.site.unregister(DBTaskResult)  # English, and for programmers


class EditionForm(forms.ModelForm):
    """What an admin says of a new edition; its number is the next one."""

    class Meta:
        model = Edition
        fields = ("period", "dated_on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = Period.objects.with_facts()
        self.fields["dated_on"].initial = localdate
        self.fields["reason"].validators.append(refuse_invisible)
        self.fields["period"].initial = Period.objects.current()
        for right in ("add", "change", "delete", "view"):  # who issues an edition is not entering periods
            setattr(self.fields["period"].widget, f"can_{right}_related", False)


@admin.register(Edition)
class EditionAdmin(KnownAddresses):
    """Editions: a new one is made in the background, which the page of the edition watches."""

    form = EditionForm
    fieldsets = ((None, {"fields": EditionForm.Meta.fields, "description": AFTER_SAVING}),)
    list_display = ("__str__", "dated_on", "reason", "issued_at", "issuer")
    list_filter = ("period",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_files().select_related("period", "issued_by")

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        """Only one that was never issued; if it is being made, that comes to nothing."""
        is_left = obj is not None and obj.issued_at is None
        return is_left and super().has_delete_permission(request, obj)

    def response_delete(self, request: HttpRequest, *deleted: Any) -> HttpResponse:
        """On to the list, which Django shows to those only who may change what it lists."""
        super().response_delete(request, *deleted)
        return redirect("admin:report_edition_changelist")

    def save_model(self, request: HttpRequest, obj: Edition, form: EditionForm, change: bool) -> None:  # noqa: FBT001
        obj.number, obj.site = Edition.objects.next_number(obj.period), site_address()
        obj.as_of, obj.issued_by = now(), request.user
        super().save_model(request, obj, form, change)
        issue_edition.enqueue(obj.pk)

    def response_add(self, request: HttpRequest, obj: Edition, post_url_continue: str | None = None) -> HttpResponse:
        """On to the page that watches the making."""
        return redirect("admin:report_edition_change", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """An issued edition with its files; one that is being made, how far it is; one that failed, why."""
        edition = self.get_object(request, unquote(object_id))
        may_issue = edition.issued_at is None and self.has_add_permission(request)
        if not (may_issue if request.method == "POST" else self.has_view_permission(request, edition)):
            raise PermissionDenied
        state = state_of(issue_edition, edition.pk)
        if request.method == "POST":
            if not state.is_under_way:
                issue_edition.enqueue(edition.pk)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "title": str(edition),
            "opts": self.opts,
            "edition": edition,
            "is_being_made": edition.issued_at is None and state.is_under_way,
            "reason": state.failure or state.returned or "",
            "may_issue": may_issue,
            "may_delete": self.has_delete_permission(request, edition),
        }
        return render(request, "report/admin/edition.html", context)

    @admin.display(description="发布人", ordering="issued_by")
    def issuer(self, edition: Edition) -> str:
        user = edition.issued_by
        return user.get_full_name() or user.get_username() if user else "—"
