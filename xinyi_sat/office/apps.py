from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class OfficeConfig(AppConfig):
    """What is done behind the login: editing, periods, uploads, drafts."""

    name = "xinyi_sat.office"
    label = "office"
    verbose_name = "办公"


class OfficeAdminConfig(SimpleAdminConfig):
    """The admin behind its door; xinyi_sat/urls.py finds its pages, so that a command loads none."""

    default_site = "xinyi_sat.office.site.OfficeSite"
