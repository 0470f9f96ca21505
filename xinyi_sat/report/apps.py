from django.apps import AppConfig


class ReportConfig(AppConfig):
    """What is made of all facts: home, services, the PDF."""

    name = "xinyi_sat.report"
    label = "report"
    verbose_name = "报告"
