"""The admin of periods: published as a planned act, archived, and the next one begun after the pattern of the last."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from xinyi_sat.facts.editing.links import upload_for
from xinyi_sat.facts.editing.state_admin import StateAdmin
from xinyi_sat.facts.jobs.kept import Kept
from xinyi_sat.facts.models import Period
from xinyi_sat.facts.periods.copying_process import NOT_DONE, begin, begun, form_again
from xinyi_sat.facts.periods.forms import CopyForm, PeriodStateForm
from xinyi_sat.facts.periods.publishing import Outlook
from xinyi_sat.facts.uploads.rights import kinds_for
from xinyi_sat.facts.uploads.views import working


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
        if request.method == "GET" and (key := request.GET.get("begun")):
            return self.copying(request, pattern, begun(key, request.user, pattern))
        form = CopyForm(request.POST or None, request.FILES or None, pattern=pattern)
        if request.method == "POST" and form.is_valid():
            return redirect(f"{request.path}?{urlencode({'begun': begin(form, request.user).key})}")
        return self.copy_page(request, form)

    def copying(self, request: HttpRequest, pattern: Period, kept: Kept | None) -> HttpResponse:
        """How far the new period is, or what became of it."""
        if kept is None:
            self.message_user(request, "这次新建已经过去一小时，或者不是您做的。建好的时期列在这里。", messages.WARNING)
            return redirect("admin:facts_period_changelist")
        if kept.is_worked_on:
            return working(request, kept, f"正在以{pattern}为底稿新建时期", "copying")
        ended = kept.read("ended") or {"refused": NOT_DONE}
        if "refused" in ended:
            return self.copy_page(request, form_again(kept), ended["refused"])
        self.message_user(request, ended["said"], messages.SUCCESS)
        return redirect("admin:facts_period_change", ended["period"])

    def copy_page(self, request: HttpRequest, form: CopyForm, refused: str = "") -> HttpResponse:
        """The form, with what is wrong once it was sent."""
        form.is_valid()
        title = f"以{form.pattern}为底稿新建时期"
        shown = {"title": title, "opts": self.opts, "object": form.pattern, "form": form, "refused": refused}
        return render(request, "facts/admin/period_copy.html", self.admin_site.each_context(request) | shown)
