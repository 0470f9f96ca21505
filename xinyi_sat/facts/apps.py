from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Documents, facts, figures and their changes; the kinds of fact are apps of their own."""

    name = "xinyi_sat.facts"
    label = "facts"
    verbose_name = "来源"
