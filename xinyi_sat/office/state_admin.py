"""How an admin takes a record from state to state, and knows what that does.

Drafts of facts are confirmed, what was published is withdrawn and brought back; periods are published and archived.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.office.links import page_in_admin
from xinyi_sat.office.state_form import StateForm
from xinyi_sat.office.tracked_admin import TrackedAdmin


class StateAdmin(TrackedAdmin):
    """The state of a record is shown in its form and changed on a page of its own."""

    change_form_template = "office/change_form.html"
    readonly_fields = ("state",)
    state_form = StateForm
    state_template = "office/state.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        page = path("<path:object_id>/state/", self.admin_site.admin_view(self.state_view), name=name)
        return [page, *super().get_urls()]

    def may_go_on(self, request: HttpRequest, record: Fact | Period) -> bool:
        return self.has_change_permission(request, record)

    def before_step(self, record: Fact | Period) -> dict[str, Any]:
        """What the page of the next state shows besides."""
        return {}

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form, with the way to the next state for who may go it."""
        record = kwargs.get("obj")
        if record is not None and self.may_go_on(request, record):
            step = self.state_form.states(record.state).step
            context |= {"step": step, "step_url": page_in_admin(record, "state")}
        return super().render_change_form(request, context, **kwargs)

    def state_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The next state of a record, and why; the second of two clicks is answered as the first."""
        with self.held(request, object_id) as record:
            form = self.state_form(request.POST or None, record=record, user=request.user)
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            if not form.is_repeated and (answer := self.take_step(request, form)):
                return answer
        self.message_user(request, f"{self.opts.verbose_name}{quoted(record)}：{form.done}。", messages.SUCCESS)
        return redirect(page_in_admin(record))

    def take_step(self, request: HttpRequest, form: StateForm) -> HttpResponse | None:
        """Save the record in its next state; the page to be shown where the form is not filled in."""
        if not self.may_go_on(request, form.record):
            raise PermissionDenied
        if form.is_valid():
            form.take()
            self.log_change(request, form.record, form.step)
            return None
        shown = {"form": form, "title": f"{form.step}：{form.record}"} | self.before_step(form.record)
        return self.page_about(request, form.record, self.state_template, **shown)
