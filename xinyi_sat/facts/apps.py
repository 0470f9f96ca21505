from django.apps import AppConfig


class FactsConfig(AppConfig):
    """What a fact is, from passage to page; knows no kind of fact."""

    name = "xinyi_sat.facts"
    label = "facts"
    verbose_name = "来源"
