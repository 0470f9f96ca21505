"""The admin of periods: published as a planned act, archived, and the next one begun after the pattern of the last."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from xinyi_sat.facts.editing.links import upload_for
from xinyi_sat.facts.editing.state_admin import StateAdmin
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.periods.forms import CopyForm, PeriodStateForm
from xinyi_sat.facts.periods.publishing import Outlook
from xinyi_sat.facts.uploads.rights import kinds_for


@admin.register(Period)
class PeriodAdmin(StateAdmin):
    """Periods: five years, or one. Their state is changed on a page that says what readers will find."""

    list_display = ("title", "state", "starts_on", "ends_on", "inferred")
    list_filter = ("state",)
    search_fields = ("title", "slug")
    change_form_template = "facts/admin/period.html"
    state_form = PeriodStateForm
    state_template = "facts/admin/period_state.html"

    @admin.display(description="起止为推断", ordering="is_inferred")
    def inferred(self, period: Period) -> str:
        """In a word: the text behind Django's sign is English."""
        return "是" if period.is_inferred else "否"

    def get_fieldsets(self, request: HttpRequest, obj: Period | None = None) -> list:
        """For who may only read, the same word in the form."""
        shown = super().get_fieldsets(request, obj)
        if obj is not None and not self.has_change_permission(request, obj):
            fields = shown[0][1]["fields"]
            fields[fields.index("is_inferred")] = "inferred"
        return shown

    def get_urls(self) -> list[URLPattern]:
        page = path("<path:object_id>/copy/", self.admin_site.admin_view(self.copy_view), name="facts_period_copy")
        return [page, *super().get_urls()]

    def before_step(self, record: Period) -> dict:
        return {"outlook": Outlook(record)}

    def view_on_site(self, period: Period) -> str:
        """The home page of the period."""
        return f"{reverse('home')}?{urlencode({'period': period.slug})}"

    def may_copy(self, request: HttpRequest) -> bool:
        """Whether whoever asks may begin a period, for which documents are entered too."""
        return self.has_add_permission(request) and request.user.has_perm("facts.add_document")

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form, with the way to a new period for who may go it."""
        period = kwargs.get("obj")
        if period is not None and self.may_copy(request):
            context["copy_url"] = self.page_of(period, "copy")
        if period is not None and kinds_for(request):
            context["upload_url"] = upload_for(period)
        return super().render_change_form(request, context, **kwargs)

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new period after the pattern of this one, and the document it will be read from."""
        pattern = self.get_object(request, object_id)
        if pattern is None:
            raise Http404
        if not self.may_copy(request):
            raise PermissionDenied
        form = CopyForm(request.POST or None, request.FILES or None, pattern=pattern)
        if request.method == "POST" and (period := self.copied(request, form)):
            return redirect("admin:facts_period_change", period.pk)
        title = f"以{pattern}为底稿新建时期"
        shown = {"title": title, "opts": self.opts, "object": pattern, "form": form}
        return render(request, "facts/admin/period_copy.html", self.admin_site.each_context(request) | shown)

    def copied(self, request: HttpRequest, form: CopyForm) -> Period | None:
        """The period that a form has made, now or by a first click; none where it is refused, and then nothing is saved."""
        try:
            with transaction.atomic():
                drafts = form.save(request.user) if form.is_valid() else None
        except IntegrityError:
            drafts = None
            form.period.add_error(
                "slug", "刚才有人用这个标识，或用这个文献标识，新建了时期：请先在时期列表中查看。什么也没有保存。"
            )
        if drafts is None:
            return form.saved_before(request.user)
        self.message_user(request, what_was_made(form.period.instance, len(drafts)), messages.SUCCESS)
        return form.period.instance


def what_was_made(period: Period, drafts: int) -> str:
    """What a copy has made, and what comes next."""
    passages = sum(document.passages.count() for document in period.document_set.all())
    return (
        f"已新建时期“{period}”：登记文献 {passages} 段，起草记录 {drafts} 条，都没有数字。"
        "填写它们：点右上角的“用工作簿录入或更正”，下载时勾选“填入已有的记录”；也可以在各类记录中逐条填写。"
    )
