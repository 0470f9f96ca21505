"""The admin of drafts: what a program found in a new review, to be entered as facts."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from xinyi_sat.facts.editing.sorting import suggestions
from xinyi_sat.facts.models import DraftFact


@admin.register(DraftFact)
class DraftFactAdmin(admin.ModelAdmin):
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
        draft = get_object_or_404(self.get_queryset(request), pk=unquote(object_id))
        if request.method == "POST" or not self.has_view_permission(request, draft):
            raise PermissionDenied
        offered = [(one, one.url(draft)) for one in suggestions(draft) if may_enter(request, one.kind)]
        context = {
            **self.admin_site.each_context(request),
            "title": f"整理：{draft}",
            "opts": self.opts,
            "draft": draft,
            "suggestions": offered,
            "has_delete_permission": self.has_delete_permission(request, draft),
        }
        return render(request, "facts/admin/draft.html", context)

    @admin.display(description="数字")
    def wordings_shown(self, draft: DraftFact) -> str:
        """The quantities as printed."""
        return "、".join(draft.wordings)

    @admin.display(description="出处", ordering="passage__paragraph")
    def paragraph(self, draft: DraftFact) -> str:
        """The paragraph."""
        return draft.passage.label

    @admin.display(description="原句")
    def sentence(self, draft: DraftFact) -> str:
        """The words, where they are here."""
        return draft.sentence or "—"


def may_enter(request: HttpRequest, kind: type) -> bool:
    """Whether whoever asks may enter facts of a kind."""
    return request.user.has_perm(f"{kind._meta.app_label}.add_{kind._meta.model_name}")
