from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What readers see: lists, facts, sources, corrections, exports."""

    name = "xinyi_sat.pages"
    label = "pages"
    verbose_name = "页面"
