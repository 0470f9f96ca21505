"""The admin of this association."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from xinyi_sat.accounts.site import GuardedSite
from xinyi_sat.facts.models import Association
from xinyi_sat.office.links import upload_page
from xinyi_sat.office.rights import kinds_for


class OfficeSite(GuardedSite):
    """The guarded admin: named after the association, and with the way to workbooks."""

    site_title = "数据管理"
    index_title = "各类记录"
    empty_value_display = "—"
    enable_nav_sidebar = False  # Lists of figures need the width.

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        header = f"{Association.objects.current().site_name} · {self.site_title}"
        return super().each_context(request) | {"site_header": header}

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        upload_url = upload_page() if kinds_for(request) else ""
        return super().index(request, {"upload_url": upload_url} | (extra_context or {}))
