"""The admin: every record can be found, corrected and entered, in Chinese."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator

from xinyi_sat.facts.models import Document, Organisation, Passage, fact_kinds
from xinyi_sat.office.association_admin import AssociationAdmin
from xinyi_sat.office.draft_admin import DraftFactAdmin
from xinyi_sat.office.fact_admin import FactAdmin
from xinyi_sat.office.periods.period_admin import PeriodAdmin
from xinyi_sat.office.tracked_admin import TrackedAdmin
from xinyi_sat.office.vocabulary_admin import MeasureAdmin, TermAdmin

__all__ = ["AssociationAdmin", "DraftFactAdmin", "MeasureAdmin", "PeriodAdmin", "TermAdmin"]

admin.site.register(fact_kinds(), FactAdmin)


@admin.register(Organisation)
class OrganisationAdmin(TrackedAdmin):
    """Organisations that facts name."""

    list_display = ("name", "kind", "note")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "note")

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        """Not while a fact names it: deleting would unlink the fact without a word."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_named())


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

    @admin.display(description="原文")
    def begins(self, passage: Passage) -> str:
        return Truncator(passage.text).chars(30) or "—"
