"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from xinyi_sat.facts.views import IconView

handler400 = "xinyi_sat.facts.views.unreadable"
handler404 = "xinyi_sat.facts.views.missing"
handler500 = "xinyi_sat.facts.failures.failed"

urlpatterns = [
    path("", include("xinyi_sat.report.urls")),
    path("", include("xinyi_sat.facts.urls")),
    path("achievements/", include("achievements.urls")),
    path("outreach/", include("outreach.urls")),
    path("favicon.ico", IconView.as_view(), name="icon"),
    path("admin/upload/", include("xinyi_sat.facts.uploads.urls")),
    path("admin/preview/", include("xinyi_sat.report.preview_urls")),
    path("admin/", admin.site.urls),
]
