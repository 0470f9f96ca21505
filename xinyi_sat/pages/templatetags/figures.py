"""Figures in templates."""

from decimal import Decimal

from django import template

from xinyi_sat.facts.models import Organisation
from xinyi_sat.pages.figure_links import figure_link, figure_on_paper, mark_link

register = template.Library()
register.filter("linked", figure_link)
register.filter("marked", mark_link)
register.filter("printed", figure_on_paper)


@register.filter
def bound(number: Decimal | None) -> str:
    """A bound of a figure in plain digits; a dash where it is open."""
    return "—" if number is None else f"{number.normalize():f}"


@register.filter
def is_organisations(value: object) -> bool:
    """Whether a detail of a fact is a list of organisations."""
    return isinstance(value, list) and all(isinstance(one, Organisation) for one in value)
