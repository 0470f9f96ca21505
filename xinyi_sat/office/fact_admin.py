"""The admin of every kind of fact."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.facts.choices import ChangeKind, FactState
from xinyi_sat.facts.drafting import settle_drafts
from xinyi_sat.facts.entry import END, START
from xinyi_sat.facts.models import Fact, Measure, record_change
from xinyi_sat.facts.models.fact import measured
from xinyi_sat.facts.quotation import quoted
from xinyi_sat.facts.search import words_in
from xinyi_sat.office.doubts import doubts_of, in_short
from xinyi_sat.office.fact_form import FactForm, fact_form
from xinyi_sat.office.links import upload_page
from xinyi_sat.office.rights import kinds_for
from xinyi_sat.office.state_admin import StateAdmin
from xinyi_sat.office.tracked_admin import named

FIGURE_HELP = "照原文填写数字与单位，如“17期”“4200多名”“5.36万人次”；原文没有的数字留空，不要填 0。"
PLACE_HELP = "数字在段落中的起止字位，从 0 数起，止位不含；已载入原文时，留空会自动查找。"


class FactAdmin(StateAdmin):
    """A fact, its figures, where each stands, what it names, and its state."""

    form = FactForm
    actions = ("confirm", "delete_selected")
    change_list_template = "office/change_list.html"
    list_filter = ("state", "service", "basis", ("headline_rank", admin.EmptyFieldListFilter), "period")
    list_per_page = 50
    search_fields = ("title",)  # so that there is a field to search by; what is searched is the text kept for it
    save_on_top = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        facts = super().get_queryset(request).with_source().with_figures().with_named()
        for measure in self.model.measures():
            facts = facts.with_measure(measure)
        return facts

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """What readers find too, by title, texts, terms, organisations and figures; and by slug."""
        return queryset.search(words_in(search_term)) | queryset.filter(slug__icontains=search_term.strip()), False

    def get_list_display(self, request: HttpRequest) -> tuple:
        first, figures = self.model.own_names()[:1], [figure_column(one) for one in self.model.measures()]
        return ("title", "state", "period", "source", *first, *figures, "basis_shown", "service_shown")

    def get_list_filter(self, request: HttpRequest) -> tuple:
        return (*self.model.term_names(), *self.list_filter)

    def get_fieldsets(self, request: HttpRequest, obj: Fact | None = None) -> list:
        measures = self.model.measures()
        counted = [
            ("数字", {"fields": [*(one.slug for one in measures), "basis"], "description": FIGURE_HELP}),
            (
                "数字在段落中的字位",
                {"fields": [(one.slug + START, one.slug + END) for one in measures], "description": PLACE_HELP},
            ),
        ]
        if obj is not None and not self.has_change_permission(request, obj):  # nothing is typed into fields here
            counted = [("数字", {"fields": [*(figure_column(one, with_place=True) for one in measures), "basis"]})]
        return [
            (None, {"fields": ["title", "slug", *self.model.own_names(), *self.model.organisation_names()]}),
            ("归属与出处", {"fields": ["service", "period", "passage", "headline_rank", "state"]}),
            *(counted if measures else []),
            ("说明", {"fields": ["note"]}),
            *self.why_fieldset(request, obj),
        ]

    def get_form(self, request: HttpRequest, obj: Fact | None = None, **kwargs: object) -> type[FactForm]:
        return super().get_form(request, obj, **{"form": fact_form(self.model)} | kwargs)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return ["passage", *self.model.organisation_names()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        upload_url = upload_page(kind=self.model.noun()) if self.model in kinds_for(request) else ""
        return super().changelist_view(request, {"upload_url": upload_url} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Fact, form: FactForm, change: bool) -> None:  # noqa: FBT001
        """Save the fact, and say what looks odd; a draft whose every quantity is recorded now has done its service."""
        super().save_model(request, obj, form, change)
        settle_drafts(obj.passage)
        if form.changed_names:
            for doubt in doubts_of(self.get_queryset(request).get(pk=obj.pk)):
                self.message_user(request, f"{doubt}已经照填写的保存。", messages.WARNING)

    @admin.action(description="确认所选的待确认记录（时期已公布的，随即公布）", permissions=["change"])
    @transaction.atomic
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Confirm the drafts; those that break a rule are named, with the rule, and stay drafts."""
        held = self.model.objects.select_for_update().order_by("pk").filter(pk__in=queryset.values("pk"))
        chosen = self.model.objects.filter(pk__in=list(held.values_list("pk", flat=True))).with_source().with_figures()
        drafts = [fact for fact in chosen if fact.state == FactState.DRAFT]
        if others := [fact for fact in chosen if fact not in drafts]:
            self.message_user(request, f"{named(others)}：不是待确认的，没有改动。", messages.WARNING)
        confirmed = [fact for fact in drafts if self.is_confirmed(request, fact)]
        LogEntry.objects.log_actions(request.user.pk, confirmed, CHANGE, FactState.DRAFT.step)
        self.tell_confirmed(request, confirmed)

    def is_confirmed(self, request: HttpRequest, draft: Fact) -> bool:
        """Whether a draft can be confirmed, and was; if not, the reason is told."""
        try:
            draft.go_on()
        except ValidationError as error:
            self.message_user(request, f"{quoted(draft)}还不能确认：{''.join(error.messages)}", messages.ERROR)
            return False
        with record_change(draft, ChangeKind.ENTERED, user=request.user):
            draft.save()
        return True

    def tell_confirmed(self, request: HttpRequest, confirmed: list[Fact]) -> None:
        """How many were confirmed, which of them readers see, and what is odd about them."""
        waiting = sum(fact.period.is_draft for fact in confirmed)
        if waiting:
            said = f"已确认 {waiting} 条，所属时期还是草稿，公布这个时期以后才人人可读。"
            self.message_user(request, said, messages.SUCCESS)
        if public := len(confirmed) - waiting:
            self.message_user(request, f"已确认公布 {public} 条。", messages.SUCCESS)
        for doubt in in_short(confirmed, map(doubts_of, confirmed)):
            self.message_user(request, f"已照填写的确认，请再核对一次。{doubt}", messages.WARNING)

    def may_go_on(self, request: HttpRequest, record: Fact) -> bool:
        """Whether the next state is offered: what readers never saw needs no withdrawal."""
        makes_sense = record.state != FactState.CONFIRMED or record.is_published()
        return makes_sense and super().may_go_on(request, record)

    def before_step(self, record: Fact) -> dict[str, list[str]]:
        """What is odd about a draft, before it is confirmed."""
        return {"doubts": doubts_of(record) if record.state == FactState.DRAFT else []}

    @admin.display(description="口径", ordering="basis")
    def basis_shown(self, fact: Fact) -> str:
        return fact.get_basis_display() if fact.figures.all() else "—"

    @admin.display(description="服务", ordering="service")
    def service_shown(self, fact: Fact) -> str:
        """The service in a word: the column is narrow."""
        return fact.short_service

    @admin.display(description="出处", ordering="passage__paragraph")
    def source(self, fact: Fact) -> SafeString:
        return format_html('<a href="{}">{}</a>', fact.passage.get_absolute_url(), fact.passage.label)


def figure_column(measure: Measure, *, with_place: bool = False) -> Callable[[Fact], str]:
    """A column of the list, sorted by its number; for who may only read, a line of the form with the place too."""

    @admin.display(description=measure.label, ordering=F(f"{measured(measure.slug)}__number"))
    def column(fact: Fact) -> str:
        figure = fact.figure(measure.slug)
        place = f"（第 {figure.place} 字）" if with_place and figure and figure.place else ""
        return f"{figure}{place}" if figure else "—"

    column.__name__ = measure.slug.replace("-", "_")
    return column
