"""Addresses of the site: what everybody reads, and the admin."""

from django.contrib import admin
from django.urls import include, path

handler400 = "xinyi_sat.facts.views.unreadable"
handler404 = "xinyi_sat.facts.views.missing"
handler500 = "xinyi_sat.facts.error_pages.server_error"

admin.autodiscover()

urlpatterns = [
    path("", include("xinyi_sat.public_urls")),
    path("admin/upload/", include("xinyi_sat.facts.uploads.urls")),
    path("admin/preview/", include("xinyi_sat.report.preview_urls")),
    path("admin/", admin.site.urls),
]
