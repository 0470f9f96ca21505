"""What templates of the report ask of its records."""

import logging

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from xinyi_sat.facts.tables import figure_link, figure_on_paper
from xinyi_sat.report.prose import MissingFigure, prose_of
from xinyi_sat.report.sections import Section

register = template.Library()
logger = logging.getLogger(__name__)


@register.simple_tag(takes_context=True)
def figure(context: Context, name: str) -> SafeString:
    """A recorded figure in prose, leading to its passage on a page and to its row in the annex on paper."""
    recorded = context["recorded"]
    found = recorded.figure(name)
    if not context["printed"]:
        return figure_link(found)
    if not recorded.scope.holds(found):
        return format_html('<span class="number">{}</span>', figure_on_paper(found))
    return format_html('<a class="number" href="#{}">{}</a>', found.name, figure_on_paper(found))


@register.simple_tag
def printed_prose(section: Section) -> SafeString:
    """The prose of a section on paper; a missing figure stops the printing."""
    return prose_of(section.scope, section.service.value, printed=True)


@register.simple_tag
def prose(section: Section) -> SafeString:
    """The prose of a section on a page; with a missing figure, a word of why it is not shown."""
    try:
        return prose_of(section.scope, section.service.value, printed=False) if section.period else SafeString("")
    except MissingFigure as error:
        logger.warning("%s", error)
        return format_html('<p class="nothing">这里的文字暂不显示：{}</p>', error)
