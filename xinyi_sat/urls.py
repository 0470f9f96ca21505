"""Addresses of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("xinyi_sat.report.urls")),
    path("", include("xinyi_sat.facts.urls")),
    path("achievements/", include("achievements.urls")),
    path("outreach/", include("outreach.urls")),
    path("admin/", admin.site.urls),
]
