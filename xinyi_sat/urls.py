"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

handler400 = "xinyi_sat.pages.error_pages.bad_request"
handler404 = "xinyi_sat.pages.error_pages.page_not_found"
handler500 = "xinyi_sat.facts.error_pages.server_error"

admin.autodiscover()  # here and not at the start: a command that writes no address of the admin loads none of it

urlpatterns = [
    path("", include("xinyi_sat.public_urls")),
    path("admin/preview/", include("xinyi_sat.report.preview_urls")),
    path("admin/upload/", include("xinyi_sat.office.uploads.urls")),
    path("admin/", admin.site.urls),
]
