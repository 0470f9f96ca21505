"""The admin: every record can be found, corrected and entered, in Chinese."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from xinyi_sat.facts.choices import Service
from xinyi_sat.facts.editing.doubts import doubts_of
from xinyi_sat.facts.editing.draft_admin import DraftFactAdmin
from xinyi_sat.facts.editing.drafting import settle_drafts
from xinyi_sat.facts.editing.forms import FactForm
from xinyi_sat.facts.editing.state_admin import FactStateAdmin
from xinyi_sat.facts.editing.tracked_admin import TrackedAdmin
from xinyi_sat.facts.fields import END, START
from xinyi_sat.facts.models import Document, Fact, Organisation, Passage
from xinyi_sat.facts.periods.period_admin import PeriodAdmin
from xinyi_sat.facts.sources import is_named

FIGURE_HELP = "照原文填写数字与单位，如“17期”“4200多名”“5.36万人次”；原文没有的数字留空，不要填 0。"
PLACE_HELP = "数字在段落中的起止字位，从 0 数起，止位不含；已载入原文时，留空会自动查找。"

__all__ = ["DraftFactAdmin", "FactAdmin", "PeriodAdmin"]

admin.site.site_header = "新沂市科协工作回顾 · 数据管理"
admin.site.site_title = "数据管理"
admin.site.index_title = "各类记录"
admin.site.index_template = "facts/admin/index.html"
admin.site.empty_value_display = "—"
admin.site.enable_nav_sidebar = False  # Lists of figures need the width.


class FactAdmin(FactStateAdmin):
    """What the admin of every kind of fact has; behaviour sits here, kinds only name their filters."""

    form = FactForm
    change_list_template = "facts/admin/change_list.html"
    list_filter = ("state", "service", "basis", "is_headline", "period")
    list_per_page = 50
    list_select_related = ("period", "passage__document")
    save_on_top = True

    def get_list_display(self, request: HttpRequest) -> tuple:
        first, figures = self.model.own_names()[:1], self.model.figure_names()
        return ("title", "state", "period", "source", *first, *figures, "basis_shown", "service_shown")

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return [*self.model.text_names(), "slug", *self.model.figure_names()]

    def get_fieldsets(self, request: HttpRequest, obj: Fact | None = None) -> list:
        """The fact, its figures, where each stands, and what it names."""
        model = self.model
        figures = model.figure_names()
        headline = "is_headline" if obj is None or self.has_change_permission(request, obj) else "headline"
        counted = [
            ("数字", {"fields": [*figures, "basis"], "description": FIGURE_HELP}),
            ("数字在段落中的字位", {"fields": [(n + START, n + END) for n in figures], "description": PLACE_HELP}),
        ]
        return [
            (None, {"fields": ["title", "slug", *model.own_names(), *model.organisation_names()]}),
            ("归属与出处", {"fields": ["service", "period", "passage", headline, "state"]}),
            *(counted if figures else []),
            ("说明", {"fields": ["note"]}),
            *self.why_fieldset(request, obj),
        ]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return ["passage", *self.model.organisation_names()]

    def save_related(self, request: HttpRequest, form: FactForm, formsets: list, change: bool) -> None:  # noqa: FBT001
        """Save the fact, and say what looks odd; a draft whose every quantity is recorded now has done its service."""
        super().save_related(request, form, formsets, change)
        settle_drafts(form.instance.passage)
        if form.changed_names:
            for doubt in doubts_of([form.instance])[0]:
                self.message_user(request, f"{doubt}已经照填写的保存。", messages.WARNING)

    @admin.display(description="首页重点")
    def headline(self, fact: Fact) -> str:
        """Whether it is one, for who may only read: the text behind Django's sign is English."""
        return "是" if fact.is_headline else "否"

    @admin.display(description="口径", ordering="basis")
    def basis_shown(self, fact: Fact) -> str:
        """What the figures count; nothing where there is none."""
        return fact.get_basis_display() if any(getattr(fact, name) for name in fact.figure_names()) else "—"

    @admin.display(description="服务", ordering="service")
    def service_shown(self, fact: Fact) -> str:
        """The service in a word: the column is narrow."""
        return Service(fact.service).short

    @admin.display(description="出处", ordering="passage__paragraph")
    def source(self, fact: Fact) -> SafeString:
        """The paragraph, linked to its page."""
        return format_html('<a href="{}">{}</a>', fact.passage.get_absolute_url(), fact.passage.label)


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    """Organisations that facts name."""

    list_display = ("name", "kind", "note")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "note")

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Not while a fact names it: deleting would unlink the fact without a word."""
        return super().has_delete_permission(request, obj) and (obj is None or not is_named(obj))


@admin.register(Document)
class DocumentAdmin(TrackedAdmin):
    """Documents that facts are read from."""

    list_display = ("title", "publisher", "published_on", "period")
    list_filter = ("period",)
    search_fields = ("title", "slug", "note")
    autocomplete_fields = ("publisher", "period")


@admin.register(Passage)
class PassageAdmin(TrackedAdmin):
    """Paragraphs of documents; their words are brought by `load_source`, never typed."""

    list_display = ("paragraph", "document", "role", "service", "length", "begins")
    list_filter = ("document", "role", "service")
    list_select_related = ("document",)
    search_fields = ("document__title", "paragraph", "text")
    autocomplete_fields = ("document",)
    readonly_fields = ("text",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("document")

    @admin.display(description="原文")
    def begins(self, passage: Passage) -> str:
        """Its first words, where they are here."""
        return Truncator(passage.text).chars(30) or "—"
