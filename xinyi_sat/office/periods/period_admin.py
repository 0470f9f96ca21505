"""The admin of periods: published as a planned act, archived, and the next one begun after the pattern of the last."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from xinyi_sat.facts.models import Period
from xinyi_sat.office.links import page_in_admin, preview_page, upload_page
from xinyi_sat.office.periods.forms import CopyForm, PeriodStateForm
from xinyi_sat.office.periods.outlook import Outlook
from xinyi_sat.office.rights import kinds_for
from xinyi_sat.office.state_admin import StateAdmin


def yes_or_no(name: str, label: str) -> Any:
    """A truth in a word: the text behind Django's sign is English."""

    @admin.display(description=label, ordering=name)
    def word(record: Period) -> str:
        return "是" if getattr(record, name) else "否"

    word.__name__ = name
    return word


INFERRED, FRONT = yes_or_no("is_inferred", "起止为推断"), yes_or_no("is_front", "放在首页")


@admin.register(Period)
class PeriodAdmin(StateAdmin):
    """Periods: five years, or one. Their state is changed on a page that says what readers will find."""

    list_display = ("title", "state", "starts_on", "ends_on", INFERRED, FRONT)
    list_filter = ("state",)
    search_fields = ("title", "slug")
    change_form_template = "office/period.html"
    state_form = PeriodStateForm
    state_template = "office/period_state.html"

    def get_fieldsets(self, request: HttpRequest, obj: Period | None = None) -> list:
        """The form; for who may only read, the words of what others tick."""
        shown = super().get_fieldsets(request, obj)
        if obj is not None and not self.has_change_permission(request, obj):
            words = {"is_inferred": INFERRED, "is_front": FRONT}
            shown[0][1]["fields"] = [words.get(name, name) for name in shown[0][1]["fields"]]
        return shown

    def get_urls(self) -> list[URLPattern]:
        page = path("<path:object_id>/copy/", self.admin_site.admin_view(self.copy_view), name="facts_period_copy")
        return [page, *super().get_urls()]

    def before_step(self, record: Period) -> dict[str, Any]:
        return {"outlook": Outlook(record), "preview_url": preview_page(record)}

    def view_on_site(self, period: Period) -> str:
        """The home page of the period."""
        return f"{reverse('home')}?{urlencode({'period': period.slug})}"

    def may_copy(self, request: HttpRequest) -> bool:
        """Whether whoever asks may begin a period, for which documents are entered too."""
        return self.has_add_permission(request) and request.user.has_perm("facts.add_document")

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form, with the way to a new period for who may go it."""
        period = kwargs.get("obj")
        if period is not None:
            context["preview_url"] = preview_page(period)
            context["copy_url"] = page_in_admin(period, "copy") if self.may_copy(request) else ""
            context["upload_url"] = upload_page(period=period.slug) if kinds_for(request) else ""
        return super().render_change_form(request, context, **kwargs)

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new period after the pattern of this one, and the document it will be read from."""
        pattern = self.get_object(request, object_id)
        if not self.may_copy(request):
            raise PermissionDenied
        form = CopyForm(request.POST or None, request.FILES or None, pattern=pattern)
        if request.method == "POST" and (made := self.copied(request, form)):
            return made
        title = f"以{pattern}为底稿新建时期"
        return self.page_about(request, pattern, "office/period_copy.html", title=title, form=form)

    @transaction.atomic
    def copied(self, request: HttpRequest, form: CopyForm) -> HttpResponse | None:
        """Save what a form begins, and lead there; None where the form is refused."""
        if not form.is_valid():
            return None
        drafts = form.save(request.user)
        period = form.period.instance
        self.message_user(request, what_was_made(period, len(drafts)), messages.SUCCESS)
        return redirect(page_in_admin(period))


def what_was_made(period: Period, drafts: int) -> str:
    """What a copy has made, and what comes next."""
    passages = sum(document.passages.count() for document in period.document_set.all())
    return (
        f"已新建时期“{period}”：登记文献 {passages} 段，起草记录 {drafts} 条，都没有数字。"
        "填写它们：点右上角的“用工作簿录入或更正”，下载时勾选“填入已有的记录”；也可以在各类记录中逐条填写。"
    )
