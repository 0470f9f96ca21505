"""Addresses of uploads, within the admin."""

from django.contrib import admin
from django.urls import path

from xinyi_sat.office.uploads import views

app_name = "uploads"

urlpatterns = [
    path("", admin.site.admin_view(views.upload), name="upload"),
    path("template/", admin.site.admin_view(views.template), name="template"),
    path("<uuid:key>/", admin.site.admin_view(views.show), name="show"),
]
