"""The kinds of fact there are, in the order pages show them."""

from functools import cache

from django.apps import apps

from xinyi_sat.facts.models import Fact


@cache
def fact_kinds() -> list[type[Fact]]:
    """Every model of facts, achievements before outreach."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


@cache
def kind_named(kind: str) -> type[Fact]:
    """The model of a kind such as `enterprise_link`; KeyError if there is none."""
    return {model.kind(): model for model in fact_kinds()}[kind]
