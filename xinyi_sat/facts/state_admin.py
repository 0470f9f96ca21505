"""How an admin takes a fact from state to state: drafts are confirmed, what was published is withdrawn and brought back."""

from contextlib import nullcontext
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from xinyi_sat.facts.admin_forms import StateForm
from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.models import Fact
from xinyi_sat.facts.tracked_admin import TrackedAdmin, named


class StateAdmin(TrackedAdmin):
    """The state of a fact is shown in its form and changed on a page of its own; that of drafts in the list too."""

    change_form_template = "facts/admin/change_form.html"
    readonly_fields = ("state",)
    actions = ("confirm", *TrackedAdmin.actions)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        page = path("<path:object_id>/state/", self.admin_site.admin_view(self.state_view), name=name)
        return [page, *super().get_urls()]

    def page_of(self, fact: Fact, page: str) -> str:
        """The address of a page of the admin about a fact."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[fact.pk])

    def may_go_on(self, request: HttpRequest, fact: Fact) -> bool:
        """Whether the next state is offered: what readers never saw needs no withdrawal."""
        makes_sense = fact.state != FactState.CONFIRMED or fact.was_public()
        return makes_sense and self.has_change_permission(request, fact)

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form, with the way to the next state for who may go it."""
        fact = kwargs.get("obj")
        if fact is not None and self.may_go_on(request, fact):
            context |= {"step": FactState(fact.state).step, "step_url": self.page_of(fact, "state")}
        return super().render_change_form(request, context, **kwargs)

    def state_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The next state of a fact, and why."""
        with transaction.atomic() if request.method == "POST" else nullcontext():
            fact = self.get_object(request, object_id)
            if fact is None:
                raise Http404
            if not self.may_go_on(request, fact):
                raise PermissionDenied
            form = StateForm(request.POST or None, record=fact)
            if not form.is_valid():
                return self.ask_why(request, "facts/admin/state.html", form, title=f"{form.step}：{fact}")
            form.take(request.user)
            self.log_change(request, fact, form.step)
        self.message_user(request, f"{self.opts.verbose_name}“{fact}”：已{form.step}。", messages.SUCCESS)
        return redirect(self.page_of(fact, "change"))

    @admin.action(description="确认公布所选的待确认记录", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Confirm the drafts; those that break a rule are named, with the rule, and stay drafts."""
        others = list(queryset.exclude(state=FactState.DRAFT))
        drafts = list(queryset.filter(state=FactState.DRAFT).values_list("pk", flat=True))
        refused = [reason for pk in drafts if (reason := self.confirm_one(request, pk))]
        for reason in refused:
            self.message_user(request, reason, messages.ERROR)
        if others:
            self.message_user(request, f"{named(others)}：不是待确认的，没有改动。", messages.WARNING)
        if len(drafts) > len(refused):
            self.message_user(request, f"已确认公布 {len(drafts) - len(refused)} 条。", messages.SUCCESS)

    @transaction.atomic
    def confirm_one(self, request: HttpRequest, pk: int) -> str:
        """Confirm one draft; why it can't be, in words, or nothing. While it is being saved, nobody else saves it."""
        fact = self.model.objects.select_for_update().get(pk=pk)
        try:
            fact.go_on()
        except ValidationError as error:
            return f"“{fact}”还不能确认：{'；'.join(error.messages)}"
        fact.save_as(ChangeKind.ENTERED, user=request.user)
        self.log_change(request, fact, FactState.DRAFT.step)
        return ""
