"""Addresses of what is made of all facts."""

from django.urls import path

from xinyi_sat.report.compare.views import CompareFileView, CompareView
from xinyi_sat.report.editions.views import EditionDetailView, EditionFileView, EditionListView
from xinyi_sat.report.publishing.views import ReportFileView
from xinyi_sat.report.views import AboutView, HomeView, ServiceView

urlpatterns = [
    path("editions/", EditionListView.as_view(), name="editions"),
    path("editions/<slug:period>/<int:number>/", EditionDetailView.as_view(), name="edition"),
    path("editions/<slug:period>/<int:number>/report.<slug:ending>", EditionFileView.as_view(), name="edition_file"),
    path("", HomeView.as_view(), name="home"),
    path("services/<slug:slug>/", ServiceView.as_view(), name="service"),
    path("about/", AboutView.as_view(), name="about"),
    path("compare/", CompareView.as_view(), name="compare"),
    path("compare.csv", CompareFileView.as_view(), name="compare_csv"),
    path("report.pdf", ReportFileView.as_view(file_format="pdf"), name="report_pdf"),
    path("report.xlsx", ReportFileView.as_view(file_format="xlsx"), name="report_xlsx"),
    path("report.docx", ReportFileView.as_view(file_format="docx"), name="report_docx"),
    path("data.zip", ReportFileView.as_view(file_format="zip"), name="data_zip"),
]
