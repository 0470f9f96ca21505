"""How an admin takes a record from state to state, and knows what that does.

Drafts of facts are confirmed, what was published is withdrawn and brought back; periods are published and archived.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.editing.doubts import doubts_of, in_short
from xinyi_sat.facts.editing.forms import StateForm
from xinyi_sat.facts.editing.tracked_admin import TrackedAdmin, named
from xinyi_sat.facts.models import Fact, Period
from xinyi_sat.facts.models.many import named_by, save_many
from xinyi_sat.facts.quotation import quoted

MOST_CONFIRMED = 500  # drafts at once: their page is to answer in a moment
MOST_REASONS = 20


class StateAdmin(TrackedAdmin):
    """The state of a record is shown in its form and changed on a page of its own."""

    change_form_template = "facts/admin/change_form.html"
    readonly_fields = ("state",)
    state_form = StateForm
    state_template = "facts/admin/state.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_state"
        page = path("<path:object_id>/state/", self.admin_site.admin_view(self.state_view), name=name)
        return [page, *super().get_urls()]

    def page_of(self, record: Fact | Period, page: str) -> str:
        """The address of a page of the admin about a record."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[record.pk])

    def may_go_on(self, request: HttpRequest, record: Fact | Period) -> bool:
        """Whether the next state is offered."""
        return self.has_change_permission(request, record)

    def before_step(self, record: Fact | Period) -> dict:
        """What the page of the next state shows besides."""
        return {}

    def render_change_form(self, request: HttpRequest, context: dict, **kwargs: Any) -> HttpResponse:
        """The form, with the way to the next state for who may go it."""
        record = kwargs.get("obj")
        if record is not None and self.may_go_on(request, record):
            step = self.state_form.states(record.state).step
            context |= {"step": step, "step_url": self.page_of(record, "state")}
        return super().render_change_form(request, context, **kwargs)

    def state_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The next state of a record, and why."""
        with self.held(request, object_id) as record:
            if not self.may_go_on(request, record):
                raise PermissionDenied
            form = self.state_form(request.POST or None, record=record)
            if not form.is_valid():
                shown = {"title": f"{form.step}：{record}"} | self.before_step(record)
                return self.ask_why(request, self.state_template, form, **shown)
            form.take(request.user)
            self.log_change(request, record, form.step)
        self.message_user(request, f"{self.opts.verbose_name}{quoted(record)}：已{form.step}。", messages.SUCCESS)
        return redirect(self.page_of(record, "change"))


class FactStateAdmin(StateAdmin):
    """Facts, of which drafts are confirmed in the list too."""

    actions = ("confirm", *TrackedAdmin.actions)

    def may_go_on(self, request: HttpRequest, record: Fact) -> bool:
        """Whether the next state is offered: what readers never saw needs no withdrawal."""
        makes_sense = record.state != FactState.CONFIRMED or record.was_public()
        return makes_sense and super().may_go_on(request, record)

    def before_step(self, record: Fact) -> dict:
        """What is odd about a draft, before it is confirmed."""
        return {"doubts": doubts_of([record])[0] if record.state == FactState.DRAFT else []}

    @admin.action(description="确认所选的待确认记录（时期已公布的，随即公布）", permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Confirm the drafts, of very many the first; those that break a rule are named, with the rule, and stay drafts."""
        others = list(queryset.exclude(state=FactState.DRAFT))
        drafts = list(queryset.filter(state=FactState.DRAFT).order_by("pk").values_list("pk", flat=True))
        looked_at = drafts[:MOST_CONFIRMED]
        confirmed, refused = self.confirm_some(request, looked_at)
        for reason in refused[:MOST_REASONS]:
            self.message_user(request, reason, messages.ERROR)
        if others:
            self.message_user(request, f"{named(others)}：不是待确认的，没有改动。", messages.WARNING)
        left = len(drafts) - len(confirmed)
        if left > MOST_REASONS or len(drafts) > MOST_CONFIRMED:
            said = f"还有 {left} 条待确认；这次看过的 {len(looked_at)} 条中，{len(refused)} 条要先改好。"
            said += f"一次最多看 {MOST_CONFIRMED} 条，其余请在列表中翻到后面，分批选。"
            self.message_user(request, said, messages.WARNING)
        self.tell_of(request, confirmed)

    def tell_of(self, request: HttpRequest, confirmed: list[Fact]) -> None:
        """Say how many drafts were confirmed, whether readers see them now, and what is odd about them."""
        waiting = sum(fact.period.is_draft for fact in confirmed)
        if waiting:
            said = f"已确认 {waiting} 条，所属时期还是草稿，公布这个时期以后才人人可读。"
            self.message_user(request, said, messages.SUCCESS)
        if public := len(confirmed) - waiting:
            self.message_user(request, f"已确认公布 {public} 条。", messages.SUCCESS)
        for doubt in in_short(confirmed, doubts_of(confirmed)):
            self.message_user(request, f"已照填写的确认，请再核对一次。{doubt}", messages.WARNING)

    @transaction.atomic
    def confirm_some(self, request: HttpRequest, pks: list[int]) -> tuple[list[Fact], list[str]]:
        """Confirm drafts: which were, and why the others can't be, in words. Meanwhile nobody else saves them."""
        drafts = self.model.objects.select_for_update(of=("self",)).filter(pk__in=pks, state=FactState.DRAFT)
        sound, refused = [], []
        for fact in drafts.select_related("period", "passage__document__period").with_named():
            fact.state = FactState.DRAFT.next
            try:
                fact.full_clean()
            except ValidationError as error:
                refused.append(f"{quoted(fact)}还不能确认：{''.join(error.messages)}")
            else:
                sound.append(fact)
        save_many(sound, [named_by(fact) for fact in sound], ChangeKind.ENTERED, user=request.user)
        LogEntry.objects.log_actions(request.user.pk, sound, CHANGE, FactState.DRAFT.step)
        return sound, refused
