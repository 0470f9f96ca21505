"""The admin of drafts: what a program found in a new review, to be entered as facts."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.models import DraftFact
from xinyi_sat.office.rights import may
from xinyi_sat.office.suggestions import suggestions


@admin.register(DraftFact)
class DraftFactAdmin(KnownAddresses):
    """Drafts by service and paragraph; each leads to the forms it may be entered in, and is gone once it is entered."""

    list_display = ("wordings_shown", "title", "service", "paragraph", "sentence")
    list_filter = ("period", "service")
    list_per_page = 50
    search_fields = ("title", "passage__text")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("period", "passage__document")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DraftFact | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """The sentence, its quantities, and as what they may be entered."""
        draft = self.get_object(request, unquote(object_id))
        if request.method == "POST" or not self.has_view_permission(request, draft):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"整理：{draft}",
            "opts": self.opts,
            "draft": draft,
            "suggestions": [(one, one.url()) for one in suggestions(draft) if may(request, "add", one.kind)],
            "has_delete_permission": self.has_delete_permission(request, draft),
        }
        return render(request, "office/draft.html", context)

    @admin.display(description="数字")
    def wordings_shown(self, draft: DraftFact) -> str:
        return "、".join(draft.wordings)

    @admin.display(description="出处", ordering="passage__paragraph")
    def paragraph(self, draft: DraftFact) -> str:
        return draft.passage.label

    @admin.display(description="原句")
    def sentence(self, draft: DraftFact) -> str:
        return draft.sentence or "—"
