"""Addresses of the preview of a draft period, within the admin."""

from django.contrib import admin
from django.urls import path

from xinyi_sat.report.preview import preview

urlpatterns = [
    path("<slug:slug>/", admin.site.admin_view(preview), name="preview"),
    path("<slug:slug>/<slug:service>/", admin.site.admin_view(preview), name="preview_service"),
]
