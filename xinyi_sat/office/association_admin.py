"""The admin of the association whose site this is."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from xinyi_sat.accounts.known_addresses import KnownAddresses
from xinyi_sat.facts.models import Association
from xinyi_sat.office.links import page_in_admin
from xinyi_sat.office.unseen_changes import UnseenChangesForm


@admin.register(Association)
class AssociationAdmin(KnownAddresses):
    """The one association: its list leads to it, and there is no second one."""

    form = UnseenChangesForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Association.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Association | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        answer, there = super().changelist_view(request, extra_context), Association.objects.first()
        return redirect(page_in_admin(there)) if there else answer
