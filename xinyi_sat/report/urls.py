"""Addresses of what is made of all facts."""

from django.urls import path

from xinyi_sat.report import views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("services/<slug:slug>/", views.ServiceView.as_view(), name="service"),
    path("about/", views.AboutView.as_view(), name="about"),
    path("report.pdf", views.ReportView.as_view(), name="report_pdf"),
]
