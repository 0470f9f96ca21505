"""What templates ask of facts."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from xinyi_sat.facts.figures import Figure, figures_of
from xinyi_sat.facts.kinds import fact_kinds
from xinyi_sat.facts.models import Fact, Organisation
from xinyi_sat.facts.tables import figure_link, figure_on_paper, mark_link
from xinyi_sat.facts.uploads.rights import kinds_for

register = template.Library()


@register.simple_tag
def kinds() -> list[dict]:
    """Every kind of fact with its list page, for menus."""
    return [
        {"label": kind._meta.verbose_name, "app": kind._meta.app_config.verbose_name, "url": kind.list_url()}
        for kind in fact_kinds()
    ]


@register.filter
def linked(figure: Figure) -> SafeString:
    """A figure as printed, leading to the characters it was read from."""
    return figure_link(figure)


@register.filter
def marked(figure: Figure) -> SafeString:
    """The mark of a figure, leading to its changes; nothing where it is as it was published."""
    return mark_link(figure)


@register.filter
def printed(figure: Figure) -> SafeString:
    """A figure on paper, with its mark."""
    return figure_on_paper(figure)


@register.filter
def bound(number: Decimal | None) -> str:
    """A bound of a figure in plain digits; a dash where it is open."""
    return "—" if number is None else f"{number:f}"


@register.filter
def figures(fact: Fact) -> list[Figure]:
    """The figures of a fact."""
    return figures_of(fact)


@register.filter
def is_organisations(value: object) -> bool:
    """Whether a detail of a fact is a list of organisations."""
    return isinstance(value, list) and all(isinstance(one, Organisation) for one in value)


@register.simple_tag(takes_context=True)
def uploadable(context: template.Context) -> list[str]:
    """The kinds that who looks at the admin may enter and change by workbook."""
    return [kind.kind() for kind in kinds_for(context["request"])]
